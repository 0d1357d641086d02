"""docs/roles.md is true in every line of its table: each right is tried as each group."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, Site, Task

from care.models import CareItem
from content.models import EmbedHost, SiteDocument, SiteImage
from isomer import requests
from isomer.models import RunRequest
from navigation.models import Footer, Menu, NavigationSettings
from tests.editors.people import client_of, make_person, save
from tests.factories import fresh, make_page, make_section
from tests.pictures import picture

pytestmark = pytest.mark.django_db
GROUPS = {"editor": "Editors", "publisher": "Publishers", "manager": "Site managers"}
NOTHING, ALL, YES = "", "all pages", "yes"


def table() -> dict[str, dict[str, str]]:
    """Return the table: what may be done, and what each group has there."""
    text = (Path(settings.BASE_DIR) / "docs" / "roles.md").read_text(encoding="utf-8")
    lines = re.search(r"^\| may \|.*?\n\n", text, re.MULTILINE | re.DOTALL)
    assert lines is not None
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[0].splitlines()]
    head, _, *body = [row for row in rows if row != [""]]
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in body}


@dataclass
class Try:
    """Somebody of a group at the admin, and what is there."""

    client: Client
    home: Page
    section: Page
    page: Page

    def sees(self, view: str, *arguments: Any) -> bool:
        answer = self.client.get(
            reverse(view, args=arguments), headers={"x-requested-with": "XMLHttpRequest"}
        )
        assert answer.status_code in (200, 403), answer.status_code
        return bool(answer.status_code == 200)

    def posts(self, view: str, *arguments: Any, **data: Any) -> Any:
        return self.client.post(
            reverse(view, args=arguments), data, headers={"x-requested-with": "XMLHttpRequest"}
        )


@pytest.fixture
def trying(home: Page) -> Callable[[str], Try]:
    section = make_section(home, "About us")
    page = make_page(section, "History")
    return lambda role: Try(client_of(role), home, section, page)


def together(*found: bool) -> bool:
    """Return what all agree on."""
    assert len(set(found)) == 1, found
    return found[0]


def write_and_submit(one: Try) -> str:
    answer = one.client.get(reverse("wagtailadmin_pages:edit", args=[one.page.pk]))
    if answer.status_code != 200:
        return NOTHING
    save(one.client, one.page, **{"title": "A draft", "action-submit": "1"})
    page = fresh(one.page)
    assert page.draft_title == "A draft"
    assert page.current_workflow_state is not None
    return ALL


def publish_and_delete(one: Try) -> str:
    one.posts("wagtailadmin_pages:unpublish", one.page.pk)
    unpublished = not fresh(one.page).live
    one.posts("wagtailadmin_pages:lock", one.page.pk)
    locked = fresh(one.page).locked
    one.posts("wagtailadmin_pages:unlock", one.page.pk)
    writer = client_of("administrator")
    other = make_page(one.section, "Another")
    save(writer, other, **{"title": "Approved", "action-submit": "1"})
    state = fresh(other).current_workflow_task_state
    one.posts("wagtailadmin_pages:workflow_action", other.pk, "approve", state.pk)
    approved = fresh(other).title == "Approved"
    editable = one.client.get(reverse("wagtailadmin_pages:edit", args=[one.page.pk]))
    if editable.status_code == 200:
        save(one.client, one.page, **{"title": "Published", "action-publish": "1"})
    published = fresh(one.page).title == "Published"
    leaf = make_page(one.home, "Leaf")
    one.posts("wagtailadmin_pages:delete", leaf.pk)
    one.posts("wagtailadmin_pages:delete", one.section.pk)
    gone = not Page.objects.filter(pk=leaf.pk).exists()
    with_pages = not Page.objects.filter(pk__in=[one.section.pk, one.page.pk]).exists()
    done = together(unpublished, locked, approved, published, gone, with_pages)
    return ALL if done else NOTHING


def files(one: Try) -> str:
    collection = Collection.get_first_root_node().pk
    image = SimpleUploadedFile("mine.png", picture(), "image/png")
    pdf = SimpleUploadedFile("mine.pdf", b"%PDF-1.4 mine")
    one.posts("wagtailimages:add", title="Mine", file=image, collection=collection)
    one.posts("wagtaildocs:add", title="Mine", file=pdf, collection=collection)
    owner = make_person("administrator", "owner")
    others = (
        SiteImage.objects.create(
            title="Other", file=ContentFile(picture(colour="red"), "o.png"), uploaded_by_user=owner
        ),
        SiteDocument.objects.create(
            title="Other", file=ContentFile(b"%PDF-1.4 other", "o.pdf"), uploaded_by_user=owner
        ),
    )
    mine = [model.objects.filter(title="Mine").first() for model in (SiteImage, SiteDocument)]
    names = ("wagtailimages:edit", "wagtaildocs:edit")
    if not together(*(made is not None for made in mine)):
        return NOTHING
    own = together(*(one.sees(name, made.pk) for name, made in zip(names, mine, strict=True)))
    all_of_them = together(
        *(one.sees(name, other.pk) for name, other in zip(names, others, strict=True))
    )
    assert own
    return f"add; change {'all' if all_of_them else 'their own'}"


def setting(name: str) -> Callable[[Try], str]:
    def look(one: Try) -> str:
        site = Site.objects.get().pk
        return YES if one.sees("wagtailsettings:edit", "navigation", name, site) else NOTHING

    return look


def promotions(one: Try) -> str:
    return YES if one.sees("wagtailsearchpromotions:add") else NOTHING


def menus(one: Try) -> str:
    data = {"name": "New", "entries-count": "0", "action-publish": "1"}
    one.posts("wagtailsnippets_navigation_menu:add", **data)
    made = Menu.objects.filter(name="New", live=True).exists()
    footer = one.sees("wagtailsnippets_navigation_footer:add")
    chosen = setting("navigationsettings")(one) == YES
    return "yes, published at once" if together(made, footer, chosen) else NOTHING


def hosts_and_redirects(one: Try) -> str:
    one.posts(
        "wagtailredirects:add", old_path="/old", redirect_link="/x/", redirect_page="", site=""
    )
    host = EmbedHost.objects.create(host="a.example.org")
    sees_host = one.sees("wagtailsnippets_content_embedhost:edit", host.pk)
    return YES if together(Redirect.objects.exists(), sees_host) else NOTHING


def imports(one: Try) -> str:
    looks = one.sees("isomer_importrun_modeladmin_index")
    signs = one.posts("isomer_sign_off").status_code != 403
    one.posts("isomer_requests", source="agency", site=Site.objects.get().pk)
    return YES if together(looks, signs, RunRequest.objects.exists()) else NOTHING


def new_site(one: Try) -> str:
    site = Site.objects.get().pk
    one.posts("isomer_requests", source="agency", site=site, new_hostname="new.example.org")
    return YES if RunRequest.objects.filter(new_hostname="new.example.org").exists() else NOTHING


def care_of_pages(one: Try) -> str:
    if not one.sees("care_list"):
        return NOTHING
    assert CareItem.objects.filter(page=one.page.pk).exists()
    shown = one.client.get(reverse("care_list")).content.decode()
    return ALL if f"/admin/pages/{one.page.pk}/edit/" in shown else NOTHING


def care_of_footers(one: Try) -> str:
    chosen = NavigationSettings.for_site(Site.objects.get())
    chosen.footer = Footer.objects.create(name="Below")
    chosen.save()
    if not one.sees("care_list"):
        return NOTHING
    shown = one.client.get(reverse("care_list")).content.decode()
    return YES if "“Privacy Statement” is not there" in shown else NOTHING


TRIES: dict[str, Callable[[Try], str]] = {
    "write pages as drafts, submit them": write_and_submit,
    "publish, approve, unpublish, lock, delete, a section with its pages, too": publish_and_delete,
    "pictures and files": files,
    "announcement above the header": setting("notification"),
    "promoted search results": promotions,
    "menus and footers, and which a site shows": menus,
    "name, logo, colours, language, statistics": setting("siteidentity"),
    "hosts of embedded content, redirects": hosts_and_redirects,
    "imports: look, sign off, start": imports,
    "a new site for an import": new_site,
    "care list: what pages need": care_of_pages,
    "care list: required links that a footer lacks": care_of_footers,
}


def test_every_line_of_the_table_is_tried() -> None:
    assert list(table()) == list(TRIES)
    assert all(set(cells) == set(GROUPS.values()) for cells in table().values())


@pytest.mark.parametrize("role", GROUPS)
@pytest.mark.parametrize("line", TRIES)
def test_each_group_may_do_what_the_table_says(
    line: str, role: str, trying: Callable[[str], Try], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ISOMER_SOURCES", {"agency": "/nowhere"})
    monkeypatch.setattr(requests, "start_process", lambda request: None)
    assert TRIES[line](trying(role)) == table()[line][GROUPS[role]]


@pytest.mark.parametrize("role", GROUPS)
def test_what_only_administrators_manage(role: str, home: Page) -> None:
    names = (
        "wagtailusers_users:index", "wagtailusers_groups:index", "wagtailsites:index",
        "wagtailsites:add", "wagtailadmin_collections:index", "wagtailadmin_workflows:index",
        "wagtailsearchpromotions:search_terms",
    )  # fmt: skip
    one = Try(client_of(role), home, home, home)
    assert not any(one.sees(name) for name in names)
    assert Task.objects.exists()
