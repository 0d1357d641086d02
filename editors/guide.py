"""The chapters of the guide for editors, and the pictures in it.

A chapter is a template in ``templates/editors/admin/guide/chapters/``. Pictures are made by
`make guide-pictures` (``tools/guide_pictures.py``), which also notes their sizes, and the words
that they show, in ``guide_pictures.json``; a browser test compares those with the admin of today.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PICTURES = Path(__file__).resolve().parent / "static" / "editors" / "guide"
NOTED = Path(__file__).resolve().parent / "guide_pictures.json"


@dataclass(frozen=True)
class Chapter:
    """One page of the guide. ``page_types`` are the labels of the types that it explains."""

    slug: str
    title: str
    summary: str
    page_types: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        return f"editors/admin/guide/chapters/{self.slug}.html"


CHAPTERS = (
    Chapter(
        "first-change",
        "Changing a page",
        "Find a page, change a sentence, look at it, and have it published.",
        ("content.ContentPage", "content.SectionPage"),
    ),
    Chapter(
        "home-page",
        "The home page",
        "The opening with its highlights, and the sections below it.",
        ("home.HomePage",),
    ),
    Chapter(
        "blocks",
        "Blocks: text, tables, cards and the rest",
        "What a page is made of, and which block is right for what.",
    ),
    Chapter(
        "pictures",
        "Pictures and their words",
        "Add a picture, say what it shows, or that it is decoration.",
    ),
    Chapter(
        "networks",
        "Networks and platforms",
        "The network directory, a network's own page, and the pages of research platforms.",
        ("networks.OverviewPage", "networks.NetworkPage", "platforms.PlatformPage"),
    ),
    Chapter(
        "news",
        "News, circulars and files",
        "Post a text with a date, or a file that people download.",
        (
            "resources.ResourceRoomPage",
            "resources.ResourceCategoryPage",
            "resources.ArticlePage",
            "resources.ResourceLinkPage",
        ),
    ),
    Chapter(
        "contact",
        "The contact page",
        "People, telephone numbers and places.",
        ("content.ContactPage",),
    ),
    Chapter(
        "addresses",
        "Addresses, moving and renaming",
        "Why no link breaks, and how to find a page by its address.",
    ),
    Chapter(
        "approval",
        "Drafts, approval, times and old versions",
        "Who publishes, how to plan a day, and how to go back.",
    ),
    Chapter(
        "around-pages",
        "Menu, footer, notification, identity",
        "What stands around every page, and who may change it.",
    ),
    Chapter(
        "care",
        "The care list",
        "What the site would like you to see to, one click from the place.",
    ),
)


def chapter_for(page_type: Any) -> Chapter | None:
    """Return the chapter that explains a page type (a model), ``None`` if there is none."""
    label = page_type._meta.label
    return next((one for one in CHAPTERS if label in one.page_types), None)


@cache
def noted_pictures() -> Mapping[str, Mapping[str, Any]]:
    """Return ``{name: {"width", "height", "words"}}`` of the guide's pictures."""
    noted: dict[str, dict[str, Any]] = json.loads(NOTED.read_text(encoding="utf-8"))
    return noted
