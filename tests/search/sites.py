"""Pages to search, and what a search shows."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Collection, Page

from content.models import SiteDocument
from tests.factories import make_page


def text(words: str) -> list[dict[str, Any]]:
    """Return a body that says the words."""
    return [{"type": "text", "value": f"<p>{words}</p>"}]


def page_saying(parent: Page, title: str, words: str = "", **fields: Any) -> Any:
    return make_page(parent, title, body=text(words) if words else [], **fields)


def make_file(title: str, name: str = "plan.pdf", collection: Collection | None = None) -> Any:
    root = collection or Collection.get_first_root_node()
    document = SiteDocument(title=title, collection=root, file_size=2048)
    document.file.save(name, ContentFile(b"%PDF-1.4"), save=True)
    return document


def soup(client: Client, query: str, **options: str) -> Any:
    response = client.get("/search/", {"q": query, **options})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(client: Client, query: str, **options: str) -> list[str]:
    """Return the titles of the results."""
    return titles_in(soup(client, query, **options))


def titles_in(found: Any) -> list[str]:
    """Return the titles of the results in a parsed page."""
    return [" ".join(title.get_text().split()) for title in found.select("ol .result h2")]


def suggested(client: Client, typed: str) -> list[str]:
    response = client.get("/-/suggestions/", {"q": typed})
    assert response.status_code == 200
    return [page["title"] for page in response.json()["suggestions"]]
