"""Rooms with categories and items, and what a listing shows of them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Page

from content.models import SiteDocument
from resources.models import (
    ArticlePage,
    ResourceCategoryPage,
    ResourceLinkPage,
    ResourceRoomPage,
)
from tests.factories import make_page


@dataclass(frozen=True)
class Room:
    """A room with two categories."""

    page: ResourceRoomPage
    news: ResourceCategoryPage
    circulars: ResourceCategoryPage


def make_room(home: Page, address: str = "/resources/") -> Room:
    room = make_page(home, "Resources", address, model=ResourceRoomPage)
    news = make_page(room, "News and events", model=ResourceCategoryPage, menu_title="News")
    circulars = make_page(room, "Circulars", model=ResourceCategoryPage)
    return Room(room, news, circulars)


def make_article(parent: Page, title: str, day: str = "", **fields: Any) -> ArticlePage:
    """Return a published article; ``day`` is an ISO date."""
    return make_page(parent, title, model=ArticlePage, date=date_of(day), **fields)


def make_link(parent: Page, title: str, day: str = "", **fields: Any) -> ResourceLinkPage:
    return make_page(parent, title, model=ResourceLinkPage, date=date_of(day), **fields)


def make_document(name: str = "report.pdf", size: int = 1_258_291) -> SiteDocument:
    document = SiteDocument(title=name, file_size=size)
    document.file.save(name, ContentFile(b"%PDF-1.4"), save=True)
    return document


def date_of(day: str) -> datetime.date | None:
    return datetime.date.fromisoformat(day) if day else None


def soup_of(client: Client, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200, f"{path} answers {response.status_code}"
    return BeautifulSoup(response.content, "html5lib")


def titles(client: Client, path: str) -> list[str]:
    """Return the titles of the cards of a listing, in order."""
    return [heading.get_text(strip=True) for heading in soup_of(client, path).select(".card h2")]
