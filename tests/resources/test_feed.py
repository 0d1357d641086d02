"""The feed of the newest items."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from django.test import Client
from wagtail.models import Page, PageViewRestriction

from content.addresses.paths import address_problem
from resources.views import ENTRIES
from tests.factories import fresh, make_site
from tests.resources.rooms import make_article, make_document, make_link, make_room

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client: Client) -> ET.Element:
    response = client.get("/feed.xml")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(response.content)


def entries(client: Client) -> list[tuple[str, str]]:
    return [
        (entry.findtext(f"{ATOM}title") or "", (entry.find(f"{ATOM}link")).attrib["href"])
        for entry in feed(client).iter(f"{ATOM}entry")
    ]


def test_the_feed_answers_without_items(client: Client, home: Page) -> None:
    assert entries(client) == []
    assert feed(client).findtext(f"{ATOM}updated")


def test_the_feed_lists_the_newest_first_with_full_addresses(client: Client, home: Page) -> None:
    room = make_room(home)
    document = make_document()
    make_article(room.news, "Old & wise", "2020-01-01")
    make_link(room.circulars, "File", "2021-01-01", document=document)
    make_link(room.circulars, "Link", "2022-01-01", external_address="https://example.org/a")
    assert entries(client) == [
        ("Link", "https://example.org/a"),
        ("File", f"http://testserver{document.url}"),
        ("Old & wise", "http://testserver/resources/news-and-events/old-wise/"),
    ]
    entry = next(feed(client).iter(f"{ATOM}entry"))
    assert (entry.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
    assert (entry.findtext(f"{ATOM}updated") or "").startswith("2022-01-01T00:00:00")
    assert entry.find(f"{ATOM}category").attrib["term"] == "Circulars"


def test_an_item_without_a_date_tells_when_it_was_published(client: Client, home: Page) -> None:
    make_article(make_room(home).news, "Undated")
    entry = next(feed(client).iter(f"{ATOM}entry"))
    assert entry.findtext(f"{ATOM}updated")


def test_the_feed_has_an_end(client: Client, home: Page) -> None:
    room = make_room(home)
    for number in range(ENTRIES + 3):
        make_article(room.news, f"Item {number}", "2020-01-01")
    assert len(entries(client)) == ENTRIES


def test_what_is_not_public_is_not_in_the_feed(client: Client, home: Page) -> None:
    room = make_room(home)
    closed = make_article(room.news, "Closed")
    make_link(room.news, "Leads nowhere")
    fresh(make_article(room.news, "Gone")).unpublish()
    make_article(make_room(make_site("other.example.org").root_page).news, "Foreign")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    make_article(room.circulars, "Open")
    assert [title for title, _ in entries(client)] == ["Open"]
    PageViewRestriction.objects.create(page=home, restriction_type="login")
    assert entries(client) == []


def test_no_page_can_take_the_address_of_the_feed() -> None:
    assert "belong to the software" in address_problem("/feed.xml")
