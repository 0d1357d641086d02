"""Menus and footers for tests, and what a visitor is shown of them."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client
from wagtail.models import Site

from navigation.models import Footer, Menu, NavigationSettings


def link(page: Any = None, document: Any = None, address: str = "") -> dict[str, Any]:
    """Return a link as it is stored."""
    return {
        "page": None if page is None else page.pk,
        "document": None if document is None else document.pk,
        "address": address,
    }


def line(title: str, **target: Any) -> dict[str, Any]:
    """Return the value of an entry that is a single link."""
    return {"title": title, "link": link(**target)}


def choose_menu(site: Site, *entries: tuple[str, Any], **fields: Any) -> Menu:
    """Make a menu of ``(type, value)`` entries and show it on a site."""
    data = [{"type": kind, "value": value} for kind, value in entries]
    menu = Menu(name=f"Menu of {site.hostname}", **fields)
    menu.entries = menu.entries.stream_block.to_python(data)
    menu.save()
    _choose(site, menu=menu)
    return menu


def choose_footer(
    site: Site,
    links: list[tuple[str, Any]] | None = None,
    entries: list[tuple[str, Any]] | None = None,
    **fields: Any,
) -> Footer:
    """Make a footer and show it on a site."""
    footer = Footer(name=f"Footer of {site.hostname}", **fields)
    for name, given in (("links", links), ("entries", entries)):
        data = [{"type": kind, "value": value} for kind, value in given or []]
        setattr(footer, name, getattr(footer, name).stream_block.to_python(data))
    footer.save()
    _choose(site, footer=footer)
    return footer


def _choose(site: Site, **parts: Any) -> None:
    NavigationSettings.objects.update_or_create(site=site, defaults=parts)


def soup_of(client: Client, path: str = "/", host: str = "testserver") -> BeautifulSoup:
    """Return the page at a path."""
    response = client.get(path, headers={"host": host})
    assert response.status_code == 200, path
    return BeautifulSoup(response.content, "html5lib")


def menu_of(soup: BeautifulSoup) -> list[Any]:
    """Return the menu as ``(title, href, [(title, href), …])``; text has ``""``."""
    entries = []
    for item in soup.select(".menu__entry"):
        heading = item.select_one(".menu__link")
        entries.append((*_pair(heading), [_pair(child) for child in item.select(".menu__panel a")]))
    return entries


def footer_links(soup: BeautifulSoup, selector: str = "") -> list[tuple[str, str]]:
    """Return the links of a part of the footer."""
    return [_pair(found) for found in soup.select(f".footer {selector} a")]


def crumbs(soup: BeautifulSoup) -> list[tuple[str, str]]:
    """Return the breadcrumb; the current page has no address."""
    return [_pair(item.find("a") or item) for item in soup.select(".breadcrumb li")]


def _pair(found: Tag | None) -> tuple[str, str]:
    assert found is not None
    return found.get_text().strip(), str(found.get("href", ""))
