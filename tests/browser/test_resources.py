"""Resource rooms and the contact page as a visitor's browser shows them."""

from __future__ import annotations

import pytest
from wagtail.models import Site

from content.models import ContactPage
from tests.browser.test_public import check
from tests.content.test_contact import contact, location
from tests.factories import make_home, make_page
from tests.resources.rooms import make_article, make_document, make_link, make_room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATHS = [
    "/resources/",
    "/resources/?page=2",
    "/resources/?category=circulars",
    "/resources/circulars/",
    "/empty/",
    "/resources/news-and-events/article-0/",
    "/contact-us/",
]


@pytest.fixture
def address(tree_root, live_server) -> str:
    """A site with a full room, an empty one and a contact page; its address."""
    site = Site.objects.get()
    welcome, site.root_page = site.root_page, make_home("Home")
    site.save()
    welcome.delete()
    home = site.root_page
    room, document = make_room(home), make_document()
    body = [{"type": "text", "value": "<p>Words of the article.</p>", "id": "b1"}]
    for number in range(40):
        make_article(room.news, f"Article {number}", "2024-01-02", body=body)
    make_link(room.circulars, "A report " + "of great length " * 6, "2024-02-01", document=document)
    make_link(room.circulars, "Elsewhere", external_address="https://www.example.org/long/" * 3)
    make_room(home, "/empty/")
    hours = [{"days": "Monday to Friday", "time": "8.30am - 5.00pm", "description": "Not today"}]
    make_page(
        home,
        "Contact us",
        model=ContactPage,
        agency_name="the Office of Trials",
        locations=location(
            title="Main office", address="10 Road\nSingapore", hours=hours, map_link=""
        )
        + location(title="", address="11 Road", map_link="https://maps.example.org/"),
        contacts=[
            contact("Enquiries", ("phone", "1800 325 8282"), ("other", "<p>A note.</p>")),
            contact("Writing", ("email", "a.long.mailbox.name@department.agency.example.org")),
        ],
        feedback_address="https://form.example.org/",
    )
    return str(live_server.url)


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_rooms_and_contact_page_are_accessible(context, address, width):
    check(context, address, PATHS, width)


def test_a_room_is_read_without_javascript(browser, address):
    opened = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = opened.new_page()
    page.goto(f"{address}/resources/")
    page.locator(".pages").get_by_role("link", name="Next").click()
    page.wait_for_url("**/resources/?page=2")
    page.locator(".choices").get_by_role("link", name="News").click()
    page.wait_for_url("**/resources/?category=news-and-events")
    # The whole card leads there, not the words alone.
    page.locator(".card").first.click(position={"x": 8, "y": 8})
    page.wait_for_url("**/resources/news-and-events/article-39/")
    assert page.get_by_text("Words of the article.").is_visible()
    opened.close()
