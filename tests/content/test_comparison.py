"""A comparison of two revisions: each block and entry apart, nothing where nothing is."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail import blocks
from wagtail.models import Page, Revision

from content.editing.comparison import compared, lines_of, read, rows_of, words_of
from content.page_data.mending import mended
from tests.blocks import by_definition, chosen_blocks, reachable_blocks
from tests.factories import edit, make_page
from tests.stored_values import stored_values

BLOCKS = reachable_blocks()
STREAMS = {n: b for n, b in BLOCKS.items() if isinstance(b, blocks.BaseStreamBlock)}
ALL = by_definition(BLOCKS, BLOCKS)
CHOSEN = by_definition(chosen_blocks(BLOCKS), BLOCKS)
LINK = {"page": None, "document": None, "address": ""}
CARD = {"image": None, "alt": "", "title": "", "text": "", "link": LINK, "link_text": ""}


def cell(client: Client, page: Page, label: str = "Body") -> Any:
    """Return what the comparison of the first and the last revision shows of a field."""
    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"])
    answer = client.get(url)
    assert answer.status_code == 200
    for row in BeautifulSoup(answer.content, "html.parser").select("tbody tr"):
        if row.select_one(".title-wrapper").get_text(strip=True) == f"{label}:":
            return row.select_one(".comparison")
    raise AssertionError(f"no difference of {label}")


def lines(tag: Tag) -> list[str]:
    return [line.strip() for line in tag.get_text("\n").split("\n") if line.strip()]


def entry(kind: str, value: Any, key: str) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": key}


def item(value: Any, key: str) -> dict[str, Any]:
    return entry("item", value, key)


@pytest.fixture
def admin(client: Client, superuser: User) -> Client:
    client.force_login(superuser)
    return client


def test_blocks_and_entries_stand_apart_and_empty_fields_are_left_out(
    home: Page, admin: Client
) -> None:
    cards = [item({**CARD, "title": title}, title) for title in ("One", "Two")]
    listed = {"start": 3, "numbering": "a", "items": [
        item([entry("text", f"<p>{word}</p>", word)], word) for word in ("First", "Second")
    ]}  # fmt: skip
    before = [
        entry("text", "<p>A</p><p>B</p>", "t"),
        entry("card_grid", {"cards": cards}, "c"),
        entry("numbered_list", listed, "n"),
        entry("picture", {"image": None, "alt": "", "caption": "Ward", "width": None}, "p"),
    ]
    page = make_page(home, "Page", body=before)
    edit(page, body=[before[0] | {"value": "<p>A</p><p>C</p>"}, *before[1:]])
    shown = cell(admin, page)
    assert "None" not in shown.get_text()
    top = shown.select(":scope > .comparison__child-object")
    assert [lines(one)[0] for one in top] == ["Text", "Cards", "Numbered list", "Picture"]
    assert lines(top[0]) == ["Text", "A", "B", "C"]
    assert [one.get_text() for one in top[0].select(".deletion, .addition")] == ["B", "C"]
    assert [lines(one) for one in top[1].select(".comparison__child-object")] == [
        ["Card", "Title", "One"], ["Card", "Title", "Two"]
    ]  # fmt: skip
    assert "a, b, c" in lines(top[2])
    entries = top[2].select("dd > .comparison__child-object")
    assert [lines(one)[-1] for one in entries] == ["First", "Second"]
    assert lines(top[3])[1:] == ["Caption", "Ward"]


def test_what_was_added_removed_and_moved_is_said_in_words(home: Page, admin: Client) -> None:
    one, two, three, four = (entry("text", f"<p>{word}</p>", word) for word in "abcd")
    page = make_page(home, "Page", body=[one, two, three])
    edit(page, body=[three, one, four])
    found = cell(admin, page).select(".comparison__child-object")
    assert [lines(each) for each in found] == [
        ["Text", "(moved)", "c"], ["Text", "a"],
        ["Text", "(removed)", "b"], ["Text", "(added)", "d"],
    ]  # fmt: skip
    assert "deletion" in found[2]["class"]
    assert "addition" in found[3]["class"]


def test_fields_that_were_or_became_empty(home: Page, admin: Client) -> None:
    picture = {"image": None, "alt": "A ward", "caption": "", "width": None, "link": LINK}
    page = make_page(home, "Page", body=[entry("picture", picture, "p")])
    full = picture | {"alt": "", "caption": "By us", "width": 50, "decorative": True}
    full["link"] = LINK | {"address": "/there/"}
    edit(page, body=[entry("picture", full, "p")])
    shown = cell(admin, page)
    assert "None" not in shown.get_text()
    assert {one.get_text() for one in shown.select("span.addition")} >= {"By us", "50", "Yes"}
    assert {one.get_text() for one in shown.select("span.deletion")} == {"A ward"}
    assert lines(shown.select_one(".comparison__child-object.addition"))[-1] == "/there/"


def test_lines_are_compared_with_lines(home: Page, admin: Client) -> None:
    html = "<p>Bring your letter{}.</p><ul>{}<li>Medicines</li></ul>"
    page = make_page(home, "Page", body=[entry("text", html.format("", "<li>Letter</li>"), "t")])
    edit(page, body=[entry("text", html.format(" of invitation", ""), "t")])
    shown = cell(admin, page)
    assert [one.get_text() for one in shown.select("span.deletion")] == ["• Letter"]
    assert [one.get_text() for one in shown.select("span.addition")] == [" of invitation"]


def test_a_change_behind_the_same_words_is_said(home: Page, admin: Client) -> None:
    page = make_page(home, "Page", body=[entry("text", "<p>Word</p>", "t")])
    edit(page, body=[entry("text", "<p><b>Word</b></p>", "t")])
    assert "Reads the same" in cell(admin, page).get_text()


def test_what_only_the_editor_rewrites_is_no_change(home: Page, admin: Client) -> None:
    page = make_page(home, "Page", body=[entry("text", "<p>Word</p>", "t")])
    edit(page, body=[entry("text", '<p data-block-key="abcde">Word</p>', "t")])
    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"])
    assert "There are no differences" in admin.get(url).content.decode()


def test_ordinary_fields_show_words(home: Page, admin: Client) -> None:
    page = make_page(home, "Page")
    day = datetime.datetime(2026, 3, 4, 5, 6, tzinfo=datetime.UTC)
    edit(page, publish=False, go_live_at=day, show_in_menus=not page.show_in_menus)
    at = cell(admin, page, "Go live date/time")
    assert "None" not in at.get_text()
    assert "2026" in at.get_text()
    assert set(lines(cell(admin, page, "Show in menus"))) == {"Yes", "No"}


def test_markup_of_a_page_is_never_markup_of_the_comparison(home: Page, admin: Client) -> None:
    bad = "<script>alert(1)</script>"
    code = {"html": f"{bad}<img src=x onerror=alert(1)>", "pattern": bad}
    page = make_page(home, "Page", body=[entry("imported_html", code, "h")])
    edit(page, body=[entry("imported_html", code | {"pattern": ""}, "h"),
                     entry("text", "<p>&lt;script&gt;</p>", "t")])  # fmt: skip
    shown = cell(admin, page)
    assert not shown.select("script, img")
    assert bad in shown.get_text()


def test_values_in_words() -> None:
    assert [words_of(one) for one in (None, "", True, False, 0, 1.5)] == [
        "", "", "Yes", "No", "0", "1.5"
    ]  # fmt: skip
    assert words_of(datetime.date(2026, 3, 4)) == "4 Mar 2026"
    html = '<h2>A &amp; B</h2><ul><li>one</li><li>two</li></ul><embed alt="W" id="1"/>'
    assert lines_of(html) == "A & B\n• one\n• two\n[picture: W]"
    table = (
        "<table><tr><th>A</th><th></th></tr><tr><td><p>1</p><p>2</p></td><td>3</td></tr></table>"
    )
    assert rows_of(table) == "A | \n1 2 | 3"
    assert rows_of("<table><tr><td></td></tr></table>") == ""


@pytest.mark.django_db
def test_no_block_shows_a_value_that_is_not_there() -> None:
    for name, block in ALL.items():
        part = read(block, block.get_default())
        html = compared(part, part) + compared(read(block, None), part)
        assert not re.search(r"\bNone\b", html), name


@pytest.mark.django_db
def test_every_block_stands_apart_with_its_words() -> None:
    for name, block in CHOSEN.items():
        stream = STREAMS[name.rpartition(".")[0]]
        sample = (block.name, block.get_preview_value())
        two = read(stream, stream.normalize([sample, sample]))
        shown = BeautifulSoup(compared(read(stream, None), two), "html.parser")
        top = shown.find_all("div", recursive=False)
        assert len(top) == 2, name
        assert all(lines(one)[:2] == [str(block.label), "(added)"] for one in top), name
        assert all(len(lines(one)) > 2 for one in top) or block.name == "divider", name


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_is_stored_is_compared(data: st.DataObject) -> None:
    stream = STREAMS[data.draw(st.sampled_from(["ContentPage.body", "HomePage.sections"]))]
    parts = [
        read(stream, stream.to_python(mended(stream, data.draw(stored_values(stream)))))
        for _ in range(2)
    ]
    assert not re.search(r"\bNone\b", compared(parts[0], parts[1]))


def test_menus_are_compared_in_the_same_way(home: Page, admin: Client) -> None:
    from navigation.models import Menu

    menu = Menu.objects.create(name="Main")
    for title in ("One", "Two"):
        link = {"title": title, "link": LINK | {"page": home.pk}}
        menu.entries = menu._meta.get_field("entries").to_python([entry("link", link, "a")])
        menu.save_revision()
    url = reverse(
        "wagtailsnippets_navigation_menu:revisions_compare", args=[menu.pk, "earliest", "latest"]
    )
    shown = BeautifulSoup(admin.get(url).content, "html.parser").select_one(".comparison")
    assert shown is not None
    assert lines(shown) == ["Link", "Title", "One", "Two", "Link", "Page", "Home"]
    assert Revision.objects.count() >= 2
