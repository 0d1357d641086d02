"""docs/roles.md is true in every line of its table: each right is tried as each group."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, Site, Task

from care.models import CareItem
from content.models import EmbedHost, SiteDocument, SiteImage
from isomer.models import RunRequest
from isomer.runs import requests
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


FILES = ((SiteImage, "wagtailimages", "png"), (SiteDocument, "wagtaildocs", "pdf"))


def content_of(kind: str, name: str) -> ContentFile:
    """Return another file of a kind at each call."""
    if kind == "png":
        return ContentFile(picture(), f"{name}.png")
    return ContentFile(f"%PDF-1.4 {name}".encode(), f"{name}.pdf")


def add_files(one: Try) -> str:
    root = Collection.get_first_root_node().pk
    for _, views, kind in FILES:
        one.posts(f"{views}:add", title="Mine", file=content_of(kind, "mine"), collection=root)
    made = (model.objects.filter(title="Mine").exists() for model, *_ in FILES)
    return YES if together(*made) else NOTHING


def look_after_files(one: Try) -> str:
    owner = make_person("administrator", "owner")
    done = []
    for model, views, kind in FILES:
        other = model.objects.create(
            title="Other", file=content_of(kind, "other"), uploaded_by_user=owner
        )
        edit = reverse(f"{views}:edit", args=[other.pk])
        listed = one.client.get(reverse(f"{views}:index")).content.decode()
        choosable = one.client.get(reverse(f"{views}_chooser:choose_results")).content.decode()
        done += [edit in listed, reverse(f"{views}_chooser:chosen", args=[other.pk]) in choosable]
        focus = dict.fromkeys(("focal_point_width", "focal_point_height"), "4")
        focus |= dict.fromkeys(("focal_point_x", "focal_point_y"), "3")
        one.posts(f"{views}:edit", other.pk, title="Better", tags="ward", **focus)
        other.refresh_from_db()
        done += [other.title == "Better", list(other.tags.names()) == ["ward"]]
        if isinstance(other, SiteImage):
            done.append(other.focal_point_x == 3)
    return "all" if together(*done) else NOTHING


def replace_files(one: Try) -> str:
    person = User.objects.get(pk=one.client.session["_auth_user_id"])
    own = together(*_replaced(one, person))
    others = together(*_replaced(one, make_person("administrator", "owner")))
    if others:
        assert own
        return "all"
    return "their own" if own else NOTHING


def _replaced(one: Try, owner: Any) -> Iterator[bool]:
    """Tell for each way to replace, move and delete what ``owner`` added whether it worked."""
    root = Collection.get_first_root_node()
    folder = root.add_child(name=f"Of {owner}")
    for model, views, kind in FILES:
        name = f"of-{owner}"
        made = model.objects.create(
            title=name, file=content_of(kind, name), uploaded_by_user=owner, collection=root
        )
        before = made.file.name
        new = content_of(kind, f"new-{name}")
        one.posts(f"{views}:edit", made.pk, title=name, file=new, collection=folder.pk)
        made.refresh_from_db()
        yield made.file.name != before
        yield made.collection_id == folder.pk
        label = model._meta.model_name
        move = reverse("wagtail_bulk_action", args=["content", label, "add_to_collection"])
        there = root if made.collection_id == folder.pk else folder
        one.client.post(f"{move}?id={made.pk}", {"collection": there.pk})
        made.refresh_from_db()
        yield made.collection_id == there.pk
        one.posts(f"{views}:delete", made.pk)
        yield not model.objects.filter(pk=made.pk).exists()


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
        "wagtailredirects:add", old_path="/old", redirect_link="/search/", redirect_page="", site=""
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
    "pictures and files: find and choose, title, focal point, tags": look_after_files,
    "pictures and files: add": add_files,
    "pictures and files: replace, move, delete": replace_files,
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
