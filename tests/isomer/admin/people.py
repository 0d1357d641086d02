"""People with different permissions, and a small site to sign off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import Site

from isomer.review.sign_off import imported_pages
from isomer.verify.run import verify_run
from tests.isomer.importing import run_import, write_documents

ROLES: dict[str, tuple[str, ...]] = {
    "anonymous": (),
    "editor": (),
    "officer": ("view_signoff", "view_runrequest", "view_importrun", "view_importmessage"),
    "signer": ("sign_off_pages",),
    "starter": ("start_import",),
    "administrator": (),
}
HOSTILE = "<script>alert(1)</script>"
DOCUMENTS = {
    "home__md": "---\nlayout: homepage\ntitle: Home\npermalink: /\n---\n",
    "first__md": "---\ntitle: First\npermalink: /work/first/\n---\nOne two [three](/nowhere/).\n",
    "second__md": f"---\ntitle: '{HOSTILE} Second'\npermalink: /work/second/\n---\n<b>Words</b>.\n",
    "third__md": "---\ntitle: Third\npermalink: /other/third/\n---\nA text.\n",
}


def make_person(role: str) -> Any:
    """Return a person of a role; nobody for ``"anonymous"``."""
    users = get_user_model().objects
    if role == "anonymous":
        return None
    if role == "administrator":
        return users.create_superuser("admin", "a@example.org", "x")
    person = users.create_user(role, f"{role}@example.org", "x", first_name=role.title())
    person.groups.add(Group.objects.get(name="Editors"))
    names = ROLES[role]
    found = Permission.objects.filter(content_type__app_label="isomer", codename__in=names)
    assert found.count() == len(names)
    person.user_permissions.add(*found)
    return person


def log_in(client: Any, role: str) -> Any:
    person = make_person(role)
    if person is not None:
        client.force_login(person)
    return person


def make_site(folder: Path, documents: dict[str, str] = DOCUMENTS, verify: bool = True) -> Any:
    """Import a small site, verify it, and return its site."""
    write_documents(folder, **documents)
    run_import(folder)
    if verify:
        verify_run()
    return Site.objects.get(is_default_site=True)


def row_of(site: Site, source: str) -> Any:
    """Return the row of a document's page, with its states."""
    return imported_pages(site).get(source_path__endswith=source)
