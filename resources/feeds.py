"""Where the feed of a listing is."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.models import Page

from content.addresses.index import page_url

FEED_FILE = "feed.xml"


def feed_url(page: Page, request: HttpRequest | None) -> str:
    """Return the URL of a listing's own feed, ``""`` if the page has none: the page's, and a file
    name below it."""
    url = page_url(page, request)
    return f"{url.rstrip('/')}/{FEED_FILE}" if url else ""
