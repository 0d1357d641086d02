"""The home page of the theme's first generation (format reference, section 3.3)."""

from __future__ import annotations

from typing import Any

from isomer.convert.front_matter.homepage_v1 import v1_home_sections
from isomer.convert.text.values import Block


def converted(data: dict[str, Any]) -> tuple[list[Block], list[tuple[str, str, str]]]:
    notes: list[tuple[str, str, str]] = []
    return v1_home_sections(data, lambda *note: notes.append(note)), notes


def test_a_whole_home_page():
    blocks, notes = converted(
        {
            "agency-logo": "/images/logo.png",
            "favicon": "/images/favicon.ico",
            "hero-title": "Innovate",
            "hero-subtitle": "Together",
            "hero-banner": "/images/hero.png",
            "button": [{"text": "Join", "url": "/join/"}],
            "key-highlights": [{"title": "A", "description": "a", "url": "/a/"}],
            "info-sections": [
                {
                    "section-title": "With picture",
                    "section-subtitle": "S",
                    "section-description": "Words<br>more",
                    "section-more-button": "Read",
                    "section-more-button-url": "/read/",
                    "section-image-path": "/images/i.png",
                },
                {"section-title": "Without", "section-description": "x", "section-image-path": ""},
            ],
            "resources-title": "News",
            "resources-subtitle": "Fresh",
            "resources-more-button": "All",
            "resources-more-button-url": "/news/",
        }
    )
    assert notes == []
    assert [block.type for block in blocks] == ["hero", "infopic", "infobar", "resources"]
    hero, picture, bar, resources = (block.value for block in blocks)
    assert (hero["title"], hero["background"].path) == ("Innovate", "/images/hero.png")
    assert (hero["button"]["text"], hero["button"]["link"].address) == ("Join", "/join/")
    assert hero["key_highlights"][0]["link"].address == "/a/"
    assert picture["image"].path == "/images/i.png"
    assert picture["button"]["link"].address == "/read/"
    assert bar["title"] == "Without"
    assert resources["button"]["link"].address == "/news/"


def test_several_buttons_become_a_list():
    [hero], notes = converted(
        {"button": [{"text": "A", "url": "/a/"}, {"text": "B", "url": "/b/"}]}
    )
    assert notes == []
    options = hero.value["dropdown"]["options"]
    assert [(o["title"], o["link"].address) for o in options] == [("A", "/a/"), ("B", "/b/")]


def test_nothing_is_lost_silently():
    blocks, notes = converted(
        {
            "hero-title": ["listed"],
            "button": "words",
            "key-highlights": "flat",
            "info-sections": {"section-title": "mapped"},
            "colour": "unknown",
        }
    )
    assert [block.type for block in blocks] == ["hero"]
    for lost in ("listed", "words", "flat", "mapped", "unknown"):
        assert any(lost in text for _, text, _ in notes), lost


def test_an_empty_file():
    assert converted({}) == ([], [])
