"""``manage.py prepare_site``: make a new database ready to look at."""

from __future__ import annotations

import datetime
import secrets
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site

from care.items import DRAFT_DAYS, update_pages
from care.models import DAYS_UNTIL_BROKEN, LinkCheck, LinkUse
from content.commands import PlainCommand, called_by
from home.models import HomePage

USERNAME = "admin"
# Where `make run` serves.
HOST = "127.0.0.1"
# A host of the demo; names that end so are kept free for examples.
NEVER_ANSWERS = "https://registry.demo.example/"

DESCRIPTION = """\
Make a new database ready to look at. Run `manage.py migrate` first.

* If there is no home page yet, the demo site (the folder demo/) is imported.
* If nobody can log in as an administrator yet, the user "admin" is made, with a
  random password that is shown this once and stored nowhere in readable form.

Run it again at any time: what is there stays as it is, but that a site that has no
host name of its own yet is known by the port on which it is served now.
"""


class Command(PlainCommand):
    help = DESCRIPTION

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--port", type=int, default=8000, help="port on which the site will be served"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if HomePage.objects.exists():
            self.stdout.write("The site has a home page; nothing was imported.")
            Site.objects.filter(is_default_site=True, hostname=HOST).exclude(
                port=options["port"]
            ).update(port=options["port"])
        elif not apps.is_installed("isomer"):
            self.stdout.write("The site is empty. Add a home page in the admin, under Pages.")
        else:
            self.stdout.write("The site is empty. Importing the demo ...")
            demo = Path(settings.BASE_DIR) / "demo"
            call_command("import_isomer", str(demo), verbosity=options["verbosity"])
            # Addresses in full (canonical links, the sitemap) name the host on which
            # `make run` serves; a real host name is set in the admin under Settings, Sites.
            Site.objects.filter(is_default_site=True, hostname="localhost").update(
                hostname=HOST, port=options["port"]
            )
            self._let_time_pass()
        Site.clear_site_root_paths_cache()
        self._prepare_login()

    def _let_time_pass(self) -> None:
        """Give the care list what only time brings, on the demo's page for that: a draft that
        nobody goes on with, and a link to a host that can never answer."""
        link = LinkUse.objects.filter(address__startswith=NEVER_ANSWERS).first()
        if link is None:
            return
        today = timezone.localdate()
        LinkCheck.objects.create(
            key=link.external,
            address=link.address,
            outcome=LinkCheck.Outcome.FAILED,
            problem="The host was not found",
            checked_at=timezone.now(),
            failed_days=DAYS_UNTIL_BROKEN,
            first_failed_on=today - datetime.timedelta(days=1),
            last_failed_on=today,
        )
        long_ago = timezone.now() - datetime.timedelta(days=2 * DRAFT_DAYS)
        Page.objects.filter(pk=link.page_id).update(latest_revision_created_at=long_ago)
        update_pages([link.page_id])

    def _prepare_login(self) -> None:
        users, admin = get_user_model().objects, reverse("wagtailadmin_home")
        superusers = users.filter(is_superuser=True, is_active=True).order_by("pk")
        administrator = superusers.filter(username=USERNAME).first() or superusers.first()
        if administrator is not None:
            name = administrator.get_username()
            self.stdout.write(
                f"The admin is at {admin}, the user is {name}. Forgotten the password?"
                f" Set a new one: {called_by()} changepassword {name}"
            )
        elif users.filter(username=USERNAME).exists():
            # Somebody took its rights away on purpose; that is not ours to undo.
            self.stdout.write(
                f"The user {USERNAME} is there but is no administrator."
                f" Make another: {called_by()} createsuperuser"
            )
        else:
            password = secrets.token_urlsafe(12)
            users.create_superuser(USERNAME, password=password)
            self.stdout.write(
                self.style.SUCCESS(
                    f"\nThe admin is at {admin}\n  user      {USERNAME}\n  password  {password}\n"
                    "This is shown once. To set another password later:\n"
                    f"  {called_by()} changepassword {USERNAME}\n"
                )
            )
