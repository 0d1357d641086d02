"""What the pages of an imported case look like to visitors' browsers and to editors."""

from __future__ import annotations

import time
from typing import Any

from bs4 import BeautifulSoup

# Where an element names an address that a browser loads or follows.
ADDRESSES = ("action", "data", "data-src", "formaction", "href", "poster", "src", "srcset")
UNSAFE = ("javascript:", "vbscript:", "data:text")


def served() -> dict[str, Any]:
    """Return how many pages answer, those that don't, and unsafe markup by page."""
    from django.test import Client
    from wagtail.models import Page

    client = Client(HTTP_HOST="127.0.0.1")
    answered, failed, unsafe = 0, {}, {}
    for page in Page.objects.live().filter(depth__gt=1).order_by("path"):
        response = client.get(page.relative_url(page.get_site()))
        if response.status_code in (301, 302):
            continue
        if response.status_code != 200:
            failed[page.title] = response.status_code
            continue
        answered += 1
        if found := unsafe_markup(response.content.decode()):
            unsafe[page.title] = found
    return {"answered": answered, "failed": failed, "unsafe": unsafe}


def unsafe_markup(html: str) -> list[str]:
    """Return the scripts, styles, handlers and addresses of a page that are not the site's own."""
    found: list[str] = []
    for tag in BeautifulSoup(html, "html5lib").find_all(True):
        # Structured data for search engines is not run.
        is_own = str(tag.get("src", "")).startswith("/-/static/")
        if tag.name == "script" and not is_own and tag.get("type") != "application/ld+json":
            found.append(f"script: {str(tag)[:80]}")
        if tag.name == "style" or tag.has_attr("style"):
            found.append(f"style: {str(tag)[:80]}")
        if tag.name in ("base", "embed", "object") or (tag.name == "iframe" and tag.get("src")):
            found.append(f"{tag.name}: {str(tag)[:80]}")
        for name, value in tag.attrs.items():
            is_address = name in ADDRESSES and isinstance(value, str)
            bare = "".join(str(value).split()).lower()
            if name.startswith("on") or (is_address and bare.startswith(UNSAFE)):
                found.append(f"{name}: {str(value)[:80]}")
    return found


def largest_form() -> dict[str, Any]:
    """Return the fields and the seconds of the edit view with the most fields."""
    from django.contrib.auth import get_user_model
    from django.db import transaction
    from django.test import Client
    from django.urls import reverse
    from wagtail.models import Page

    from tests.forms import page_form_data

    pages = Page.objects.filter(depth__gt=1).order_by("path").specific()
    page = max(pages, key=lambda one: len(page_form_data(one)))
    with transaction.atomic():
        officer = get_user_model().objects.create_superuser("officer-of-time")
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(officer)
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        # The first request of a process also loads templates and settings.
        client.get(reverse("wagtailadmin_home"))
        begun = time.perf_counter()
        assert client.get(address).status_code == 200
        seconds = time.perf_counter() - begun
        transaction.set_rollback(True)
    return {"title": page.title, "fields": len(page_form_data(page)), "seconds": round(seconds, 2)}
