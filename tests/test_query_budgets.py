"""What a page costs in database queries, by page type. A budget is a promise: lower it freely,
raise it only with a reason.

Each holds five queries for the menu and footer that a site has chosen: the choice itself; for a
file in the menu the private folders and the file; for a resource room which pages are private
and which categories hold something."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Page, Site

from content.models import ContactPage
from tests.factories import make_page
from tests.isomer.importing import DEMO, run_import
from tests.resources.rooms import make_article, make_document, make_link, make_room

# The home page lists the newest items, which asks for items, categories, files and the room, and
# leads to a page type more; all sizes of all its pictures are one query. A search asks once for
# everything, reads ten results, each page type by itself, and asks for what is private,
# recommended, and led to by items.
BUDGETS = {
    "/": 26,
    "/clinical-research-networks/overview/": 17,
    "/clinical-research-networks/ahcc/": 18,
    "/platform-1/cancer-clinical-trials-and-investigational-medicine-units/": 16,
    "/about-us/our-role/": 19,
    "/study-teams/": 22,
    "/search/?q=cancer": 26,
    "/no-such-page/": 15,
    "/favicon.ico": 2,
}


@pytest.mark.django_db
def test_pages_stay_within_their_budgets(django_assert_max_num_queries):
    run_import(DEMO)
    client = Client(HTTP_HOST="localhost")
    for path, budget in BUDGETS.items():
        # Renditions are made on the first visit, and the roots of sites are remembered.
        client.get(path)
        with django_assert_max_num_queries(budget, info=path):
            client.get(path)


# A listing asks for its restrictions, categories, items and cards, and for the documents and
# pages that its links lead to, besides the frame.
ROOM_BUDGETS = {
    "/resources/": 18,
    "/resources/?category=circulars&page=2": 18,
    "/resources/circulars/": 21,
    "/resources/news-and-events/article-0/": 17,
    "/resources/circulars/link-0/": 13,
    "/feed.xml": 11,
    "/contact-us/": 13,
}


def fill_room(home: Page, number: int) -> None:
    """Put a contact page and a room with that many articles and links on a site."""
    make_page(home, "Contact us", model=ContactPage, agency_name="the Office")
    room, document = make_room(home), make_document()
    for count in range(number):
        make_article(room.news, f"Article {count}", "2024-01-02")
        target = {"document": document} if count % 2 else {"target_page": home}
        make_link(room.circulars, f"Link {count}", "2024-01-02", **target)


@pytest.mark.django_db
def test_rooms_stay_within_their_budgets(home: Page, django_assert_max_num_queries):
    fill_room(home, 14)
    client = Client()
    for path, budget in ROOM_BUDGETS.items():
        client.get(path)
        with django_assert_max_num_queries(budget, info=path):
            assert client.get(path).status_code in (200, 301)


@pytest.mark.django_db
def test_more_entries_and_pages_cost_no_more_queries(django_assert_num_queries):
    """The directory with twelve entries, and again after every network page was copied."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from networks.models import NetworkPage

    run_import(DEMO)
    client = Client(HTTP_HOST="localhost")
    path = "/clinical-research-networks/overview/"
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    before = len(captured)
    for page in list(NetworkPage.objects.all()):
        page.copy(update_attrs={"slug": f"{page.slug}-copy", "title": f"{page.title} again"})
    assert Site.objects.get().root_page.get_descendants().count() > 40
    client.get(path)
    with django_assert_num_queries(before):
        client.get(path)
