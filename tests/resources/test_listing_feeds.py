"""The feed of each room and category, and what all feeds hold to."""

from __future__ import annotations

import datetime
import html
from xml.etree import ElementTree as ET

from django.test import Client
from wagtail.models import Page, PageViewRestriction, Site

from navigation.models import SiteIdentity
from resources.models import ArticlePage
from tests.factories import edit, make_page, make_section
from tests.resources.rooms import make_article, make_link, make_room, soup_of
from tests.resources.test_feed import ATOM

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(client: Client, path: str) -> ET.Element:
    response = client.get(path)
    assert response.status_code == 200, path
    return ET.fromstring(response.content)


def titles(client: Client, path: str) -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in feed(client, path).iter(f"{ATOM}entry")]


def links(root: ET.Element) -> dict[str, str]:
    return {link.attrib["rel"]: link.attrib["href"] for link in root.findall(f"{ATOM}link")}


def test_a_room_and_each_category_have_a_feed(client: Client, home: Page) -> None:
    room = make_room(home, "/News-Room/")
    make_article(room.news, "Talk", "2024-01-01")
    make_link(room.circulars, "Circular", "2024-02-01", external_address="https://example.org/a")
    assert titles(client, "/News-Room/feed.xml") == ["Circular", "Talk"]
    assert titles(client, "/resources/news-and-events/feed.xml") == ["Talk"]
    SiteIdentity.objects.update_or_create(site=Site.objects.get(), defaults={"name": "The Office"})
    root = feed(client, "/resources/circulars/feed.xml")
    assert root.findtext(f"{ATOM}title") == "Circulars – The Office"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "The Office"
    assert links(root) == {
        "alternate": "http://testserver/resources/circulars/",
        "self": "http://testserver/resources/circulars/feed.xml",
    }


def test_listings_and_the_home_page_name_their_feed(client: Client, home: Page) -> None:
    make_room(home, "/News-Room/")
    for path, url in [
        ("/", "/feed.xml"),
        ("/News-Room/", "/News-Room/feed.xml"),
        ("/resources/circulars/", "/resources/circulars/feed.xml"),
    ]:
        soup = soup_of(client, path)
        found = soup.select('link[rel="alternate"][type="application/atom+xml"]')
        assert [link["href"] for link in found] == [url]
        assert [link["href"] for link in soup.select(".feed a")] == ([] if path == "/" else [url])


def test_only_a_public_listing_has_a_feed_and_at_one_address(client: Client, home: Page) -> None:
    room = make_room(home, "/News-Room/")
    make_page(make_section(home, "About"), "Plain", "/plain/")
    for path in ("/plain/feed.xml", "/nowhere/feed.xml", "/about/feed.xml"):
        assert client.get(path).status_code == 404
    response = client.get("/resources/feed.xml")
    assert (response.status_code, response["Location"]) == (301, "/News-Room/feed.xml")
    PageViewRestriction.objects.create(page=room.circulars, restriction_type="login")
    assert client.get("/resources/circulars/feed.xml").status_code == 404


def test_a_page_at_the_address_of_a_feed_comes_first(client: Client, home: Page) -> None:
    make_room(home)
    make_page(home, "An old feed", "/resources/feed.xml")
    assert b"An old feed" in client.get("/resources/feed.xml").content


def test_words_that_xml_can_not_hold_break_no_feed(client: Client, home: Page) -> None:
    room = make_room(home)
    bad = "A \x0b\x1b<b>&amp;\ufffe \U0001f600 ]]> title"
    article = make_article(room.news, "Title", "2024-01-01", search_description=f"About {bad}")
    ArticlePage.objects.filter(pk=article.pk).update(title=bad)
    Page.objects.filter(pk=room.news.pk).update(title=bad)
    type(room.news).objects.filter(pk=room.news.pk).update(menu_title=bad)
    good = "A <b>&amp; \U0001f600 ]]> title"
    for path in ("/feed.xml", "/resources/news-and-events/feed.xml"):
        entry = next(feed(client, path).iter(f"{ATOM}entry"))
        assert entry.findtext(f"{ATOM}title") == good
        # A reader takes it for HTML.
        assert html.unescape(entry.findtext(f"{ATOM}summary") or "") == f"About {good}"
        assert "<b>" not in (entry.findtext(f"{ATOM}summary") or "")
        assert entry.find(f"{ATOM}category").attrib["term"] == good  # type: ignore[union-attr]


def test_an_entry_keeps_its_id_and_tells_its_changes(client: Client, home: Page) -> None:
    room = make_room(home)
    article = make_article(
        room.news, "Talk", "2024-01-01", language="ta", last_updated=datetime.date(2024, 3, 5)
    )
    path = "/resources/news-and-events/feed.xml"
    before = next(feed(client, path).iter(f"{ATOM}entry"))
    assert (before.findtext(f"{ATOM}updated") or "").startswith("2024-03-05")
    assert (before.findtext(f"{ATOM}published") or "").startswith("2024-01-01")
    assert before.attrib == {XML_LANG: "ta"}
    assert before.find(f"{ATOM}summary") is None
    edit(article, slug="elsewhere", address="/talks/one/")
    after = next(feed(client, path).iter(f"{ATOM}entry"))
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    assert feed(client, path).attrib[XML_LANG] == "en"


def test_a_feed_of_nothing_is_whole(client: Client, home: Page) -> None:
    make_room(home)
    root = feed(client, "/resources/feed.xml")
    assert root.findtext(f"{ATOM}updated")
    assert root.findtext(f"{ATOM}author/{ATOM}name")
