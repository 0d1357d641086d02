"""The breadcrumb, by place and by address (format reference, 4.3)."""

from __future__ import annotations

from django.test import Client
from wagtail.models import Page

from tests.factories import make_page, make_section
from tests.navigation.helpers import crumbs, soup_of

HOME = ("Home", "/")


def test_sections_and_groups_lead_to_their_first_page(client: Client, home: Page) -> None:
    section = make_section(home, "About us")
    make_page(section, "Our role", "/role.html")
    group = make_section(section, "Academy")
    make_page(group, "Courses", "/teaching/courses/")
    make_page(group, "Teachers", "/role/teachers/")
    assert crumbs(soup_of(client, "/role/teachers/")) == [
        HOME,
        ("About us", "/role.html"),
        ("Academy", "/teaching/courses/"),
        ("Teachers", ""),
    ]


def test_a_page_in_no_section_has_the_stations_of_its_address(client: Client, home: Page) -> None:
    make_page(home, "Legal", "/Legal/")
    make_page(home, "Privacy", "/Legal/privacy")
    make_page(home, "Cookies", "/Legal/privacy/more/cookies/")
    make_page(home, "Other", "/legal/other/")
    assert crumbs(soup_of(client, "/Legal/privacy/more/cookies/")) == [
        HOME,
        ("Legal", "/Legal/"),
        ("Privacy", "/Legal/privacy"),
        ("Cookies", ""),
    ]
    assert crumbs(soup_of(client, "/legal/other/")) == [HOME, ("Other", "")]
    assert crumbs(soup_of(client, "/")) == []


def test_drafts_are_no_stations(client: Client, home: Page) -> None:
    make_page(home, "Legal", "/legal/").unpublish()
    make_page(home, "Privacy", "/legal/privacy/")
    assert crumbs(soup_of(client, "/legal/privacy/")) == [HOME, ("Privacy", "")]


def test_a_page_that_menus_do_not_know_has_a_breadcrumb(client: Client, home: Page) -> None:
    section = make_section(home, "About us")
    make_page(section, "Our role")
    draft = make_page(section, "Draft", live=False)
    response = draft.make_preview_request()
    assert b"About us" in response.content.split(b'class="breadcrumb ')[1].split(b"</nav>")[0]
