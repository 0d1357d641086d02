"""What a room lists, in which order, and how a visitor finds their way through it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from resources.listing import ITEMS_ON_A_PAGE, latest_items
from tests.factories import fresh, make_page, make_site
from tests.resources.rooms import (
    make_article,
    make_document,
    make_link,
    make_room,
    soup_of,
    titles,
)

# Order


def test_newest_first_and_those_without_a_date_last(client: Client, home: Page) -> None:
    room = make_room(home)
    make_article(room.news, "Undated")
    make_article(room.news, "Old", "2019-05-02")
    make_link(room.circulars, "New", "2026-04-15", external_address="https://example.org/")
    make_article(room.page, "Between", "2021-12-17")
    assert titles(client, "/resources/") == ["New", "Between", "Old", "Undated"]


def test_of_one_day_the_item_added_last_comes_first(client: Client, home: Page) -> None:
    """As the old site, which turned the order of its files around."""
    room = make_room(home)
    for title in ("Addition", "Baby cots", "Suspension"):
        make_article(room.news, title, "2025-11-10")
    assert titles(client, "/resources/") == ["Suspension", "Baby cots", "Addition"]


def test_a_category_lists_its_own_items(client: Client, home: Page) -> None:
    room = make_room(home)
    make_article(room.news, "Ours", "2020-01-01")
    make_article(room.circulars, "Theirs", "2020-01-01")
    assert titles(client, "/resources/news-and-events/") == ["Ours"]
    assert not soup_of(client, "/resources/news-and-events/").select(".choices")


def test_a_room_lives_at_any_address(client: Client, home: Page) -> None:
    room = make_room(home, "/News/")
    make_article(room.news, "Ours", "2020-01-01", address="/elsewhere/ours.html")
    soup = soup_of(client, "/News/")
    assert soup.select_one(".card a")["href"] == "/elsewhere/ours.html"
    assert client.get("/elsewhere/ours.html").status_code == 200


# Cards


def card(client: Client, path: str = "/resources/") -> Any:
    return soup_of(client, path).select_one(".card")


def test_a_card_says_category_title_and_date_in_this_order(client: Client, home: Page) -> None:
    room = make_room(home)
    make_article(room.news, "Trial & error", "2021-03-04")
    found = card(client)
    assert found.get_text(" ", strip=True) == "News Trial & error 4 March 2021"
    assert found.select_one("time")["datetime"] == "2021-03-04"


def test_a_category_has_one_colour_everywhere(client: Client, home: Page) -> None:
    room = make_room(home)
    make_article(room.circulars, "Ours", "2020-01-02")
    make_article(room.news, "Theirs", "2020-01-01")
    ours, theirs = soup_of(client, "/resources/").select(".card")
    assert ours["class"] != theirs["class"]
    assert card(client, "/resources/circulars/")["class"] == ours["class"]
    assert card(client, "/resources/news-and-events/")["class"] == theirs["class"]


def test_a_card_without_category_or_date_shows_no_hole(client: Client, home: Page) -> None:
    make_article(make_room(home).page, "Alone")
    found = card(client)
    assert found.get_text(" ", strip=True) == "Alone"
    assert len(found.find_all("p")) == 0


def test_a_card_of_a_file_says_type_and_size(client: Client, home: Page) -> None:
    room = make_room(home)
    document = make_document()
    make_link(room.circulars, "Report", document=document)
    found = card(client)
    assert found.a["href"] == document.url
    tag = found.select_one("[data-interface]")
    assert tag.get_text(strip=True).replace("\xa0", " ") == "PDF · 1.2 MB"


def test_a_file_of_unknown_size_says_its_type(client: Client, home: Page) -> None:
    document = make_document()
    type(document).objects.update(file_size=None)
    make_link(make_room(home).circulars, "Report", document=document)
    assert card(client).select_one("[data-interface]").get_text(strip=True) == "PDF"


@pytest.mark.parametrize(
    ("address", "tag"),
    [
        ("https://www.example.org/a/", "example.org"),
        ("https://example.org/report.pdf", "example.org"),
        ("/files/lost report.xlsx", "XLSX"),
        ("/somewhere/page.html", None),
        ("/somewhere/", None),
        ("http://testserver/somewhere/", None),
    ],
)
def test_a_card_of_an_address_says_where_it_leads(
    client: Client, home: Page, address: str, tag: str | None
) -> None:
    make_link(make_room(home).circulars, "Link", external_address=address)
    found = card(client)
    assert found.a["href"] == address
    said = found.select_one("[data-interface]")
    assert (None if said is None else said.get_text(strip=True)) == tag
    assert ("external" in found.a["class"]) is (tag == "example.org")


def test_a_card_of_a_page_follows_the_page(client: Client, home: Page) -> None:
    target = make_page(home, "Target", "/old/place/")
    make_link(make_room(home).circulars, "Link", target_page=target)
    assert card(client).a["href"] == "/old/place/"


def test_of_several_targets_the_old_themes_order_decides(client: Client, home: Page) -> None:
    """External address, then file, then page (format reference, 1.4)."""
    document, target = make_document(), make_page(home, "Target")
    room = make_room(home)
    link = make_link(
        room.circulars,
        "Link",
        document=document,
        target_page=target,
        external_address="https://example.org/",
    )
    assert card(client).a["href"] == "https://example.org/"
    link.external_address = ""
    link.save_revision().publish()
    assert card(client).a["href"] == document.url


def test_a_card_whose_target_is_gone_keeps_its_words(client: Client, home: Page) -> None:
    target = make_page(home, "Target")
    room = make_room(home)
    make_link(room.circulars, "Link", target_page=target)
    fresh(target).unpublish()
    assert titles(client, "/resources/") == ["Link"]
    assert card(client).a is None


# What is not shown


def test_drafts_and_other_sites_are_not_listed(client: Client, home: Page) -> None:
    room = make_room(home)
    make_page(room.news, "Draft", live=False, model=type(make_article(room.news, "Live")))
    other = make_site("other.example.org")
    make_article(make_room(other.root_page).news, "Foreign")
    assert titles(client, "/resources/") == ["Live"]


def test_private_items_and_categories_are_not_listed(client: Client, home: Page) -> None:
    room = make_room(home)
    make_article(room.news, "Open")
    closed = make_article(room.news, "Closed")
    make_article(room.circulars, "In a closed category")
    for page in (closed, room.circulars):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert titles(client, "/resources/") == ["Open"]
    assert [entry.title for entry in latest_items(home, 9, None)] == ["Open"]
    assert "Circulars" not in soup_of(client, "/resources/").main.get_text()


def test_who_may_enter_a_private_room_sees_its_items(
    client: Client, home: Page, superuser: User
) -> None:
    room = make_room(home)
    make_article(room.news, "Inside")
    PageViewRestriction.objects.create(page=room.page, restriction_type="login")
    assert client.get("/resources/").status_code == 302
    client.force_login(superuser)
    assert titles(client, "/resources/") == ["Inside"]
    assert latest_items(home, 9, None) == []


def test_an_empty_room_says_so(client: Client, home: Page) -> None:
    make_room(home)
    main = soup_of(client, "/resources/").main
    assert main.select_one("p[data-interface]").get_text() == "There is nothing here yet."
    assert not main.select(".choices, .card")


# Filter and paging


def fill(home: Page, number: int) -> None:
    room = make_room(home)
    for count in range(number):
        parent = room.news if count % 2 else room.circulars
        make_article(parent, f"Item {count:03}", f"2020-01-{count % 28 + 1:02}")


def test_the_filter_is_links_in_alphabetical_order(client: Client, home: Page) -> None:
    fill(home, 4)
    links = soup_of(client, "/resources/").select(".choices a")
    assert [(link.get_text(), link["href"]) for link in links] == [
        ("All", "/resources/"),
        ("Circulars", "?category=circulars"),
        ("News", "?category=news-and-events"),
    ]
    assert titles(client, "/resources/?category=circulars") == ["Item 002", "Item 000"]
    chosen = soup_of(client, "/resources/?category=circulars").select(".choices [aria-current]")
    assert [link.get_text() for link in chosen] == ["Circulars"]


def test_paging_reaches_every_item_once(client: Client, home: Page) -> None:
    fill(home, 30)
    found: list[str] = []
    path = "/resources/"
    while path:
        found += titles(client, path)
        following = soup_of(client, path).select_one('.pages a[rel="next"]')
        path = f"/resources/{following['href']}" if following else ""
    assert len(found) == len(set(found)) == 30
    assert len(titles(client, "/resources/")) == ITEMS_ON_A_PAGE


def test_paging_keeps_the_category(client: Client, home: Page) -> None:
    fill(home, 30)
    soup = soup_of(client, "/resources/?category=circulars")
    following = soup.select_one('.pages a[rel="next"]')["href"]
    assert following == "?category=circulars&page=2"
    assert len(titles(client, f"/resources/{following}")) == 3


def test_paging_stands_outside_the_main_part(client: Client, home: Page) -> None:
    fill(home, 14)
    soup = soup_of(client, "/resources/")
    assert soup.select(".pages")
    assert not soup.main.select(".pages")


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=abc",
        "page=" + "9" * 5000,
        "page=1.5",
        "page=%00",
        "category=%00",
        "category=nothing-like-it",
        "category=",
        "category=circulars&category=news-and-events",
        "page=&category=%F0%9F%92%A9",
        "page=99",
    ],
)
def test_nonsense_in_the_query_is_no_error(client: Client, home: Page, query: str) -> None:
    fill(home, 14)
    assert titles(client, f"/resources/?{query}")


# Cost


def test_three_hundred_items_cost_no_more_queries_than_thirty(client: Client, home: Page) -> None:
    fill(home, 30)
    link = make_link(fresh(home).get_children().get(slug="resources"), "File")
    link.document = make_document()
    link.save_revision().publish()
    client.get("/resources/")
    with CaptureQueriesContext(connection) as few:
        client.get("/resources/")
    room = fresh(home).get_children().get(slug="resources")
    model = type(make_article(room, "One more"))
    for count in range(300):
        room.add_child(instance=model(title=f"More {count}", slug=f"more-{count}"))
    client.get("/resources/")
    with CaptureQueriesContext(connection) as many:
        client.get("/resources/")
    assert len(many) <= len(few) <= 20


# For the home page


def test_latest_items_are_cards(home: Page) -> None:
    room = make_room(home)
    for day in (1, 2, 3):
        make_article(room.news, f"Day {day}", f"2024-02-0{day}")
    request = RequestFactory().get("/", headers={"host": "testserver"})
    cards = latest_items(home, 2, request)
    assert [(card.title, card.category, card.url) for card in cards] == [
        ("Day 3", "News", "/resources/news-and-events/day-3/"),
        ("Day 2", "News", "/resources/news-and-events/day-2/"),
    ]
    assert latest_items(make_room(home, "/empty/").page, 2, request) == []
