"""What a person may not read is in no answer of ours, whatever its address says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import GroupPagePermission, Page, PageViewRestriction, Site

from content.models import SiteDocument, SiteImage
from isomer.models import Certificate, ImportedObject, ImportMessage
from tests.editors.people import client_of
from tests.isomer.admin.people import make_site, row_of

SECRET = "Quokka"
DOCUMENTS = {
    "home__md": "---\nlayout: homepage\ntitle: Home\npermalink: /\n---\n",
    "ours__md": "---\ntitle: Ours\npermalink: /ours/\n---\nWombat.\n",
    "theirs__md": f"---\ntitle: Theirs\npermalink: /theirs/\n---\n{SECRET} and numbats.\n",
}
HIDDEN = ("login", "password", "groups", "draft")


@pytest.fixture
def site(tmp_path: Path, db: None) -> Site:
    """A site whose page “Theirs” was found to differ, and has a message that quotes it."""
    made: Site = make_site(tmp_path / "source", DOCUMENTS)
    row = row_of(made, "theirs.md")
    page = Page.objects.get(pk=row.object_id)
    difference = {
        "kind": "word", "was": SECRET, "now": "", "before": SECRET, "rule": "", "line": 1,
        "count": 1,
    }  # fmt: skip
    Certificate.objects.filter(page=page).update(
        state=Certificate.State.FAILED, differences=[difference], note=f"{SECRET} differs"
    )
    ImportMessage.objects.create(
        run=Certificate.objects.get(page=page).run, level="warning", rule="link-target-missing",
        source_path="theirs.md", text=f"The link “{SECRET}” leads nowhere", page=page,
    )  # fmt: skip
    return made


@pytest.fixture
def theirs(site: Site) -> Any:
    return Page.objects.get(title="Theirs").specific


@pytest.fixture
def officer(site: Site) -> Client:
    """Somebody who edits “Ours” alone, and may look at and judge all imports."""
    person = User.objects.create_user("officer", "officer@example.org", "x")
    group = Group.objects.create(name="Editors of one section")
    names = ("access_admin", "sign_off_pages", "view_signoff", "view_runrequest")
    models = [
        f"view_{name}" for name in ("importrun", "importmessage", "certificate", "importedobject")
    ]
    group.permissions.set(Permission.objects.filter(codename__in=[*names, *models]))
    for name in ("add_page", "change_page"):
        GroupPagePermission.objects.create(
            group=group,
            page=Page.objects.get(title="Ours"),
            permission=Permission.objects.get(codename=name, content_type__app_label="wagtailcore"),
        )
    person.groups.add(group)
    client = Client(HTTP_HOST="localhost")
    client.force_login(person)
    return client


def hide(page: Any, kind: str) -> None:
    if kind == "draft":
        page.unpublish()
        return
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=kind, password="x" if kind == "password" else ""
    )
    if kind == "groups":
        restriction.groups.add(Group.objects.create(name="Board"))


def answers(client: Client, page: Page, site: Site) -> dict[str, str]:
    """What each of our addresses that could tell something of a page answers, by its name; the
    word that was searched for is left out."""
    imported = ImportedObject.objects.get(kind="page", object_id=page.pk)
    rows = {
        "importmessage": ImportMessage.objects.filter(page=page).latest("pk").pk,
        "certificate": Certificate.objects.get(page=page).pk,
        "importedobject": imported.pk,
    }
    urls = {
        "sign-off": reverse("isomer_sign_off_page", args=[imported.pk]),
        "list": reverse("isomer_sign_off"),
        "record": reverse("isomer_sign_off_record"),
        "data": reverse("isomer_sign_off_record_json"),
        "edit": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "history": reverse("wagtailadmin_pages:history", args=[page.pk]),
        "draft": reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
        "public": page.url,
        "search": f"{reverse('search')}?q={SECRET}",
        "suggestions": f"{reverse('search-suggestions')}?q={SECRET}",
        "first page": reverse("wagtailadmin_home"),
    }
    for model, pk in rows.items():
        urls[f"{model} listing"] = reverse(f"isomer_{model}_modeladmin_index")
        urls[f"{model} inspect"] = reverse(f"isomer_{model}_modeladmin_inspect", args=[pk])
    return {
        name: client.get(url).content.decode().replace(f'value="{SECRET}"', "")
        for name, url in urls.items()
    }


def telling(found: dict[str, str]) -> set[str]:
    """Return the names of answers with the words of the page; the search names what was asked."""
    return {
        name for name, text in found.items() if ("numbats" if name == "search" else SECRET) in text
    }


READING = {
    "sign-off", "importmessage listing", "importmessage inspect", "certificate listing",
    "certificate inspect", "public", "search",
}  # fmt: skip


def test_a_public_page_of_another_section_is_read_but_not_edited(
    officer: Client, theirs: Any, site: Site
) -> None:
    found = telling(answers(officer, theirs, site))
    assert READING - found == set()
    assert not found & {"edit", "history", "draft"}


@pytest.mark.parametrize("kind", HIDDEN)
def test_nothing_of_ours_tells_the_words_of_a_page_that_is_not_public(
    officer: Client, theirs: Any, site: Site, kind: str
) -> None:
    hide(theirs, kind)
    found = answers(officer, theirs, site)
    # Who is logged in may read what asks for nothing but that, at its own address.
    assert telling(found) == ({"public"} if kind == "login" else set())
    assert "Not shown: the page is not public" in found["importmessage listing"]
    assert "Not shown: the page is not public" in found["certificate listing"]
    assert "Not shown: the page is not public" in found["sign-off"]


@pytest.mark.parametrize("kind", HIDDEN)
@pytest.mark.parametrize("role", ["manager", "administrator"])
def test_who_may_edit_it_reads_all_of_it(theirs: Any, site: Site, kind: str, role: str) -> None:
    hide(theirs, kind)
    client = client_of(role)
    if role == "manager":
        User.objects.get(username=role).groups.add(Group.objects.get(name="Editors"))
    found = answers(client, theirs, site)
    for name in ("importmessage inspect", "certificate listing", "certificate inspect", "sign-off"):
        assert SECRET in found[name], name


@pytest.mark.parametrize("kind", ["login", "draft"])
def test_a_site_manager_who_edits_no_pages_reads_none_of_it(
    theirs: Any, site: Site, kind: str
) -> None:
    hide(theirs, kind)
    found = answers(client_of("manager"), theirs, site)
    assert telling(found) == ({"public"} if kind == "login" else set())


def test_editors_delete_their_own_files_and_publishers_all(db: None) -> None:
    client, publisher = client_of("editor"), client_of("publisher")
    editor = User.objects.get(username="editor")
    for owner, status in ((editor, 200), (None, 302)):
        picture = SiteImage.objects.create(
            title="P", file=get_test_image_file(), uploaded_by_user=owner
        )
        document = SiteDocument.objects.create(
            title="D", file=ContentFile(b"x", "d.pdf"), uploaded_by_user=owner
        )
        for url in (
            reverse("wagtailimages:delete", args=[picture.pk]),
            reverse("wagtaildocs:delete", args=[document.pk]),
        ):
            assert client.get(url).status_code == status
            assert publisher.get(url).status_code == 200


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("visitor", 302),
        ("editor", 302),
        ("publisher", 302),
        ("manager", 302),
        ("administrator", 200),
    ],
)
@pytest.mark.parametrize(
    "name", ["wagtailusers_users:add", "wagtailusers_groups:add", "wagtailsites:add"]
)
def test_accounts_and_hosts_are_for_administrators(
    db: None, role: str, expected: int, name: str
) -> None:
    assert client_of(role).get(reverse(name)).status_code == expected
