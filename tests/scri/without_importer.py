"""Settings and a run of a site from which the importer was taken out; a process of its own.

``TEST_FOLDER`` holds the database ``site.sqlite3``, from a time when the importer was there.
"""

from __future__ import annotations

import os

from scri.settings.test import *  # noqa: F403
from scri.settings.test import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [name for name in INSTALLED_APPS if name not in ("isomer", "wagtail_modeladmin")]
TEST_FOLDER = os.environ["TEST_FOLDER"]
MEDIA_ROOT = f"{TEST_FOLDER}/media"
DATABASES["default"]["NAME"] = f"{TEST_FOLDER}/site.sqlite3"


def run() -> None:
    """Migrate, edit, publish, paste and search; fail at the first thing that is not there."""
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone
    from wagtail.models import Site

    from care.models import CareItem
    from tests.care.sites import stream
    from tests.factories import edit, fresh, make_home, make_page

    call_command("migrate", verbosity=0)
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    call_command("check", fail_level="WARNING", verbosity=0)
    site = Site.objects.get(is_default_site=True)
    site.root_page = home = make_home()
    site.save()
    page = make_page(home, "Studies", body=stream(("text", "<p>Ask your doctor.</p>")))
    # What the importer had told is there until the list is brought up to date.
    CareItem.objects.create(page=page, kind="import-message", text="Told", found_at=timezone.now())

    client = Client()
    client.force_login(User.objects.create_superuser("one"))
    for name, *key in (("wagtailadmin_home",), ("wagtailadmin_pages:edit", page.pk),
                       ("wagtailadmin_pages:add", "content", "contentpage", home.pk),
                       ("care_list",)):  # fmt: skip
        assert client.get(reverse(name, args=key)).status_code == 200, name
    pasted = SimpleUploadedFile("html", b"<h2>One</h2><p>two</p>")
    answer = client.post(reverse("editors_paste"), {"html": pasted})
    assert [one["type"] for one in answer.json()["blocks"]] == ["text"]
    call_command("update_care_list", verbosity=0)
    assert not CareItem.objects.filter(kind="import-message").exists()
    edit(page, title="New studies")
    assert fresh(page).title == "New studies"
    visitor = Client()
    for address, words in (("/", "Home"), ("/studies/", "Ask your doctor"),
                           ("/search/?q=doctor", "New studies"),
                           ("/sitemap.xml", "/studies/")):  # fmt: skip
        assert words in visitor.get(address).content.decode(), address


if __name__ == "__main__":
    run()
