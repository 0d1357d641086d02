"""Pictures in the care list: seen beside their text, with their other uses, one text for all."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from wagtail.models import GroupPagePermission, Page, Site

from care.models import CareItem, PictureUse
from content.models import MediaPath, SiteImage
from tests.care.sites import make_image, page_with, picture
from tests.editors.people import client_of
from tests.factories import fresh

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/care/"
KIND = "alt-text-missing"


def in_cells(image: SiteImage, *texts: str) -> tuple[str, Any]:
    """Return a table with one picture in each cell."""
    cells = "".join(
        f'<td><embed embedtype="image" id="{image.pk}" alt="{text}" format="fullwidth"/></td>'
        for text in texts
    )
    table = f"<table><tbody><tr>{cells}</tr></tbody></table>"
    return "table", {"caption": "", "table": table}


def in_kept_markup(path: str) -> tuple[str, Any]:
    html = f'<dl><dt>A</dt><dd><img src="{path}" alt=""> <img src="{path}" alt="Kept"></dd></dl>'
    return "imported_html", {"html": html, "pattern": "a list"}


@pytest.fixture
def image(home: Page) -> SiteImage:
    made = make_image("Nurses")
    MediaPath.objects.create(site=Site.objects.get(), path="/images/a b.png", image=made)
    return made


@pytest.fixture
def pages(home: Page, image: SiteImage) -> dict[str, Any]:
    """The picture in a block, in two cells, in kept markup, and once with words."""
    return {
        "block": page_with(home, "Block", picture(image)),
        "cells": page_with(home, "Cells", in_cells(image, "", "Nurses on a ward", "")),
        "kept": page_with(home, "Kept", in_kept_markup("/images/a%20b.png")),
    }


def item_of(page: Any, **more: Any) -> CareItem:
    found: CareItem = CareItem.objects.filter(page=page, kind=KIND, **more).earliest("pk")
    return found


def rows(client: Client) -> dict[int, Any]:
    context = client.get(REPORT, {"kind": KIND}).context
    return {row.item.pk: row for row in context["rows"]}


def test_every_use_is_known_wherever_it_stands(pages: dict[str, Any], image: SiteImage) -> None:
    found = PictureUse.objects.filter(image=image.pk).values_list("page__title", "words")
    assert sorted(found) == [
        ("Block", ""), ("Cells", ""), ("Cells", ""), ("Cells", "Nurses on a ward"),
        ("Kept", ""), ("Kept", "Kept"),
    ]  # fmt: skip
    assert CareItem.objects.filter(kind=KIND, detail__image=image.pk).count() == 4


def test_a_row_shows_the_picture_and_where_else_it_is(pages: dict[str, Any]) -> None:
    client = client_of("editor")
    found = rows(client)
    assert len(found) == 4
    for row in found.values():
        assert row.thumbnail.url
        assert (len(row.uses), row.more_uses, row.wordless) == (3, 2, 3)
        assert row.writable
    block = found[item_of(pages["block"]).pk]
    assert [(one.title, one.words) for one in block.uses] == [
        ("Cells", ""), ("Cells", "Nurses on a ward"), ("Cells", ""),
    ]  # fmt: skip
    html = client.get(REPORT, {"kind": KIND}).content.decode()
    assert html.count('class="care-picture"') == 4
    assert "also at the 3 other places" in html


def test_one_text_for_all_places(pages: dict[str, Any]) -> None:
    client, item = client_of("editor"), item_of(pages["block"])
    typed = 'Two "nurses" & <a doctor>'
    data = {"action": "write", f"text-{item.pk}": typed, "everywhere": [item.pk]}
    answer = client.post(REPORT, data, follow=True)
    assert "4 items dealt with. 3 pages saved as draft." in answer.content.decode()
    assert not CareItem.objects.filter(kind=KIND).exists()
    words = PictureUse.objects.order_by("pk").values_list("words", flat=True)
    assert sorted(words) == ["Kept", "Nurses on a ward", typed, typed, typed, typed]
    for page in pages.values():
        draft = fresh(page).get_latest_revision_as_object()
        stored = draft.body.get_prep_value()
        draft.full_clean()
        # Cleaned again, nothing differs: the text is stored as the editor writes it.
        assert draft.body.get_prep_value() == stored


def test_only_where_it_was_typed(pages: dict[str, Any]) -> None:
    client, item = client_of("editor"), item_of(pages["kept"])
    client.post(REPORT, {"action": "write", f"text-{item.pk}": "A ward"})
    draft = fresh(pages["kept"]).get_latest_revision_as_object()
    assert '<img src="/images/a%20b.png" alt="A ward">' in draft.body[0].value["html"]
    assert CareItem.objects.filter(kind=KIND).count() == 3


def test_pages_of_others_are_neither_named_nor_written(
    home: Page, pages: dict[str, Any], client: Client
) -> None:
    only_one = Group.objects.create(name="Editors of one page")
    only_one.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=only_one,
        page=pages["block"],
        permission=Permission.objects.get(
            codename="change_page", content_type__app_label="wagtailcore"
        ),
    )
    person = User.objects.create_user("one", "one@example.org", "x")
    person.groups.add(only_one)
    client.force_login(person)
    found, item = rows(client), item_of(pages["block"])
    assert set(found) == {item.pk}
    assert (found[item.pk].uses, found[item.pk].more_uses, found[item.pk].wordless) == ([], 0, 0)
    client.post(REPORT, {"action": "write", f"text-{item.pk}": "Theirs", "everywhere": [item.pk]})
    assert [one.page_id for one in PictureUse.objects.filter(words="Theirs")] == [item.page_id]


def test_a_missing_file_shows_a_sign(pages: dict[str, Any], image: SiteImage) -> None:
    image.file.storage.delete(image.file.name)
    answer = client_of("editor").get(REPORT, {"kind": KIND})
    assert answer.status_code == 200
    assert "not-found" in answer.content.decode()


def test_an_oversized_picture_counts_once(home: Page, image: SiteImage) -> None:
    SiteImage.objects.update(file_size=9_000_000)
    first = page_with(home, "First", picture(image, "A"), picture(image, "B"))
    page_with(home, "Second", picture(image, "A"))
    client = client_of("editor")
    context = client.get(REPORT, {"kind": "picture-large"}).context
    assert [row.item.page_id for row in context["rows"]] == [first.pk]
    counts = client.get(REPORT).context["counts"]
    assert {one.kind.code: one.number for one in counts}["picture-large"] == 1
    item = context["rows"][0].item
    client.post(REPORT, {"action": "dismiss", "item": [item.pk], "reason": "A poster."})
    assert not CareItem.objects.filter(kind="picture-large", state="open").exists()
    dismissed = client.get(REPORT, {"kind": "picture-large", "state": "dismissed"}).context
    assert len(dismissed["rows"]) == 1
