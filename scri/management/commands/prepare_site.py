"""``manage.py prepare_site``: make a new database ready to look at."""

from __future__ import annotations

import secrets
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from wagtail.models import Site

from home.models import HomePage

USERNAME = "admin"

DESCRIPTION = """\
Make a new database ready to look at. Run `manage.py migrate` first.

* If there is no home page yet, the demo site (the folder demo/) is imported.
* If nobody can log in as an administrator yet, the user "admin" is made, with a
  random password that is shown this once and stored nowhere in readable form.

Run it again at any time: what is there stays as it is.
"""


class Command(BaseCommand):
    help = DESCRIPTION

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--port", type=int, default=8000, help="port on which the demo will be served"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if HomePage.objects.exists():
            self.stdout.write("The site has a home page; nothing was imported.")
        else:
            self.stdout.write("The site is empty. Importing the demo ...")
            demo = Path(settings.BASE_DIR) / "demo"
            call_command("import_isomer", str(demo), verbosity=options["verbosity"])
            # Addresses in full (canonical links, the sitemap) name the host on which
            # `make run` serves; a real host name is set in the admin under Settings, Sites.
            Site.objects.filter(is_default_site=True, hostname="localhost").update(
                hostname="127.0.0.1", port=options["port"]
            )
            Site.clear_site_root_paths_cache()
        self._prepare_login()

    def _prepare_login(self) -> None:
        users = get_user_model().objects
        superusers = users.filter(is_superuser=True, is_active=True).order_by("pk")
        administrator = superusers.filter(username=USERNAME).first() or superusers.first()
        if administrator is not None:
            name = administrator.get_username()
            self.stdout.write(
                f"The admin is at /admin/, the user is {name}. Forgotten the password?"
                f" Set a new one: {_manage()} changepassword {name}"
            )
        elif users.filter(username=USERNAME).exists():
            # Somebody took its rights away on purpose; that is not ours to undo.
            self.stdout.write(
                f"The user {USERNAME} is there but is no administrator."
                f" Make another: {_manage()} createsuperuser"
            )
        else:
            password = secrets.token_urlsafe(12)
            users.create_superuser(USERNAME, password=password)
            self.stdout.write(
                self.style.SUCCESS(
                    f"\nThe admin is at /admin/\n  user      {USERNAME}\n  password  {password}\n"
                    "This is shown once. To set another password later:\n"
                    f"  {_manage()} changepassword {USERNAME}\n"
                )
            )


def _manage() -> str:
    """Return how to call manage.py from the project's folder."""
    in_venv = (Path(settings.BASE_DIR) / ".venv" / "bin" / "python").exists()
    return ".venv/bin/python manage.py" if in_venv else "python manage.py"
