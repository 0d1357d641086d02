"""What visitors see of a home page's sections (visual brief, Home)."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page

from home.blocks.shared import DescriptionBlock
from tests.home.helpers import bands_of, make_picture, with_sections

TO = {"page": None, "address": "/there/"}
ELSEWHERE = {"page": None, "address": "https://www.example.org/"}
pytestmark = pytest.mark.django_db


def main_of(client: Client, path: str = "/") -> Any:
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html5lib").main


def test_bands_alternate_after_every_section_but_the_hero(home: Page) -> None:
    page = with_sections(
        home,
        ("hero", {"title": "H"}),
        ("infobar", {"title": "1"}),
        ("textcards", {"title": "2"}),
        ("infobar", {"title": "3"}),
        ("carousel", {"slides": [{"title": "4"}]}),
        ("infobar", {"title": "5"}),
        ("infobar", {"title": "6"}),
    )
    assert [band.tinted for band in bands_of(page)] == [
        False,
        False,
        True,
        False,
        True,
        True,
        False,
    ]


def test_infopics_count_among_themselves(home: Page) -> None:
    picture = make_picture().pk
    page = with_sections(
        home,
        ("infopic", {"title": "1", "image": picture}),
        ("infobar", {"title": "between"}),
        ("infopic", {"title": "2", "image": picture}),
        ("infopic", {}),
        ("infopic", {"title": "4"}),
    )
    sides = [(band.kind, band.sections[0].side) for band in bands_of(page)]
    assert sides == [("infopic", "left"), ("infobar", ""), ("infopic", "right"), ("notes", "right")]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("infobar", {"button": {"text": "Go", "link": {"page": None, "address": ""}}}),
        ("infopic", {"alt": "of nothing"}),
        ("textcards", {"cards": [{"link": TO}]}),
        ("infocols", {"boxes": [{"title": ""}]}),
        ("announcements", {}),
        ("resources", {}),
        ("carousel", {"slides": [{"alt": "x"}]}),
        ("listing", {"entries": []}),
        ("hero", {"variant": "side"}),
    ],
)
def test_an_absent_part_takes_no_space(
    home: Page, client: Client, kind: str, value: dict[str, Any]
) -> None:
    page = with_sections(home, (kind, value))
    assert bands_of(page) == []
    main = main_of(client)
    assert main.get_text(strip=True) == page.title
    assert main.select(".band, .hero, .highlights") == []


def test_one_h1_whatever_the_hero(home: Page, client: Client) -> None:
    picture = make_picture().pk
    for sections, words in (
        ([], "Home"),
        ([("hero", {"subtitle": "S"})], "Home"),
        ([("hero", {"title": "T"})], "T"),
        ([("hero", {"title": "T", "background": picture, "variant": "image"})], "T"),
    ):
        with_sections(home, *sections)
        assert [h1.get_text() for h1 in main_of(client).find_all("h1")] == [words]


@pytest.mark.parametrize("variant", ["center", "side", "floating", "image"])
def test_hero_variants(home: Page, client: Client, variant: str) -> None:
    options = [
        {"title": "Help", "link": TO},
        {"title": "", "link": TO},
        {"title": "No link", "link": {"page": None, "address": ""}},
    ]
    with_sections(
        home,
        (
            "hero",
            {
                "title": "T",
                "subtitle": "S",
                "background": make_picture().pk,
                "variant": variant,
                "box_colour": "gray",
                "size": "sm",
                "alignment": "right",
                "button": {"text": "Instead", "link": TO},
                "dropdown": {"title": "", "options": options},
                "key_highlights": [{"title": "Highlight", "link": ELSEWHERE}],
            },
        ),
    )
    main = main_of(client)
    [hero] = main.select(f".hero.hero--{variant}")
    assert ("hero--gray" in hero["class"]) == (variant in ("side", "floating"))
    assert [a.get_text() for a in hero.select("details a")] == ["Help"]
    assert hero.select_one("summary").get_text() == "I want to…"
    assert "Instead" not in hero.get_text()
    assert ("S" in [p.get_text() for p in hero.find_all("p")]) == (variant != "image")
    assert main.select_one(".highlights a")["href"] == "https://www.example.org/"


def test_a_hero_without_its_picture_is_plain(home: Page, client: Client) -> None:
    with_sections(home, ("hero", {"title": "T", "subtitle": "S", "variant": "image"}))
    hero = main_of(client).select_one(".hero--plain")
    assert "S" in hero.get_text()
    assert hero.find("img") is None


def test_a_card_has_one_link_of_its_own(home: Page, client: Client) -> None:
    def link_texts(**card: Any) -> list[str]:
        with_sections(home, ("textcards", {"title": "Cards", "cards": [card]}))
        return [a.get_text(strip=True) for a in main_of(client).select(".cell a")]

    assert link_texts(title="T", description="<p>D</p>", link_text="Go", link=TO) == ["T"]
    assert link_texts(description="<p>D</p>", link_text="Go", link=TO) == ["Go"]
    assert link_texts(description="<p>D</p>", link=TO) == ["D"]
    assert link_texts(title="T", description="<p>D</p>", link_text="Go") == []
    inner = '<p><a href="https://www.example.org/">in</a></p>'
    assert link_texts(title="T", description=inner, link=TO) == ["T", "in"]
    assert link_texts(description=inner, link=TO) == ["in"]


def test_headings_never_skip_a_level(home: Page, client: Client) -> None:
    cards = [{"title": "Card"}]
    with_sections(home, ("textcards", {"title": "", "cards": cards}))
    assert main_of(client).find("h2").get_text(strip=True) == "Card"
    with_sections(home, ("textcards", {"title": "Cards", "cards": cards}))
    assert main_of(client).find("h3").get_text(strip=True) == "Card"


def test_latest_items_without_a_resource_room(home: Page, client: Client) -> None:
    with_sections(home, ("resources", {"title": "News", "button": {"text": "All"}}))
    main = main_of(client)
    assert main.find("h2").get_text() == "News"
    assert main.find("a") is None


def test_the_row_of_pictures_can_be_reached_and_has_a_name(home: Page, client: Client) -> None:
    slide = {"title": "S", "image": make_picture().pk, "alt": "A picture"}
    with_sections(home, ("carousel", {"slides": [slide, slide]}))
    region = main_of(client).select_one("[role=region]")
    assert region["tabindex"] == "0"
    assert region["aria-label"]
    assert [img["alt"] for img in region.find_all("img")] == ["A picture", "A picture"]


def test_a_logo_without_a_name_is_called_by_its_host(home: Page, client: Client) -> None:
    entries = [{"picture": make_picture().pk, "link": ELSEWHERE}]
    with_sections(home, ("listing", {"title": "Partners", "entries": entries}))
    assert main_of(client).find("a")["aria-label"] == "www.example.org"


def test_further_content_stands_below_the_description(home: Page, client: Client) -> None:
    more = [{"type": "quote", "value": {"text": "<p>Later</p>"}}]
    with_sections(home, ("infobar", {"description": "<p>First</p>", "more": more}))
    assert main_of(client).select_one(".infobar").get_text(" ", strip=True) == "First Later"


def test_descriptions_of_earlier_versions_were_plain_text() -> None:
    block = DescriptionBlock()
    assert block.to_python("a & b\nc\n\nd").source == "<p>a &amp; b<br/>c</p><p>d</p>"
    assert block.to_python("<p>a</p>").source == "<p>a</p>"
    assert block.to_python("").source == ""
