"""The list of all pages for people."""

from __future__ import annotations

from django.test import Client
from wagtail.models import Page, PageViewRestriction, Site

from navigation.models import SiteIdentity
from tests.factories import fresh, make_page, make_section
from tests.navigation.helpers import soup_of
from tests.resources.rooms import make_article, make_room


def listed(client: Client) -> list[tuple[str, str]]:
    return [(a.get_text(), str(a["href"])) for a in soup_of(client, "/sitemap/").select("main a")]


def test_it_lists_the_tree(client: Client, site: Site, home: Page) -> None:
    SiteIdentity.objects.update_or_create(site=site, defaults={"name": "The Office"})
    section = make_section(home, "About us")
    make_page(section, "History", "/Our-past/")
    closed = make_page(section, "Closed")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    make_page(section, "Draft", live=False)
    make_section(home, "Empty")
    room = make_room(home)
    make_article(room.news, "Talk", "2024-01-01")
    assert listed(client) == [
        ("Home", "/"),
        ("History", "/Our-past/"),
        ("Resources", "/resources/"),
        ("News and events", "/resources/news-and-events/"),
        ("Circulars", "/resources/circulars/"),
    ]
    soup = soup_of(client, "/sitemap/")
    assert [found.get_text() for found in soup.select(".tree__section")] == ["About us"]
    assert soup.title is not None
    assert soup.title.string == "All pages of this website – The Office"
    (canonical,) = soup.select('link[rel="canonical"]')
    assert canonical["href"] == "http://testserver/sitemap/"


def test_a_page_of_the_site_comes_first(client: Client, site: Site, home: Page) -> None:
    response = client.get("/sitemap")
    assert (response.status_code, response["Location"]) == (301, "/sitemap/")
    page = make_page(home, "Our own list", "/sitemap")
    assert b"Our own list" in client.get("/sitemap").content
    response = client.get("/sitemap/")
    assert (response.status_code, response["Location"]) == (301, "/sitemap")
    fresh(page).unpublish()
    assert listed(client) == [("Home", "/")]
    make_page(home, "In the tree", slug="sitemap")
    assert b"In the tree" in client.get("/sitemap/").content
