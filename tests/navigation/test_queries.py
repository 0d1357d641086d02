"""A longer menu costs no more queries."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from content.models import SiteDocument
from tests.factories import make_page, make_section
from tests.navigation.helpers import choose_footer, choose_menu, line, link


def queries(client: Client) -> int:
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/").status_code == 200
    return len(captured)


def fill(site: Site, home: Page, number: int) -> None:
    entries: list[tuple[str, Any]] = []
    links = []
    for count in range(number):
        section = make_section(home, f"Section {number} {count}")
        group = make_section(section, "Group")
        page = make_page(group, "Page")
        draft = make_page(section, "Draft", live=False)
        file = SiteDocument.objects.create(title="File", file=ContentFile(b"x", "file.pdf"))
        items = [line("", page=page), line("", page=draft), line("", document=file)]
        entries += [
            ("section", {"title": "", "page": section.pk}),
            ("resource_room", {"title": "", "page": section.pk}),
            ("links", {"title": "Links", "link": link(page=page), "entries": items}),
        ]
        links.append(("other", line("", page=page)))
    choose_menu(site, *entries)
    choose_footer(site, links=links, entries=entries)


def test_a_longer_menu_costs_no_more_queries(client: Client, site: Site, home: Page) -> None:
    without = queries(client)
    fill(site, home, 2)
    few = queries(client)
    fill(site, home, 6)
    assert queries(client) == few
    # Pages outside the tree, documents and their protection, categories with their labels.
    assert few - without <= 9


def test_a_menu_of_sections_and_links_costs_none(client: Client, site: Site, home: Page) -> None:
    section = make_section(home, "About us")
    page = make_page(section, "Our role")
    without = queries(client)
    choose_menu(
        site,
        ("section", {"title": "", "page": section.pk}),
        ("link", line("Role", page=page)),
        ("link", line("There", address="https://www.example.org/")),
    )
    choose_footer(site, links=[("contact_us", link(page=page))])
    assert queries(client) == without
