"""The contact page: what it shows of each part, and what it leaves out."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from content.blocks.contact import email_url, phone_url
from content.models import ContactPage, SiteImage
from tests.factories import edit, fresh, make_page
from tests.forms import page_form_data


def location(**value: Any) -> list[dict[str, Any]]:
    hours = [
        {"type": "item", "value": row, "id": f"h{number}"}
        for number, row in enumerate(value.pop("hours", []))
    ]
    return [{"type": "location", "value": value | {"hours": hours}, "id": "l1"}]


def contact(title: str, *rows: tuple[str, str]) -> dict[str, Any]:
    stream = [{"type": kind, "value": text, "id": f"r{n}"} for n, (kind, text) in enumerate(rows)]
    return {"type": "contact", "value": {"title": title, "rows": stream}, "id": f"c-{title}"}


def make_contact(home: Page, **fields: Any) -> ContactPage:
    page: ContactPage = make_page(home, "Contact us", model=ContactPage, **fields)
    return page


def soup_of(client: Client) -> Any:
    response = client.get("/contact-us/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html5lib")


def source_words(soup: Any) -> str:
    """Return the text of the main part without the words of the interface."""
    for interface in soup.main.select("[data-interface], h1"):
        interface.decompose()
    return " ".join(soup.main.get_text(" ").split())


def test_an_empty_page_shows_its_title_and_nothing_else(client: Client, home: Page) -> None:
    make_contact(home)
    assert soup_of(client).main.get_text(" ", strip=True) == "Contact us"


def test_the_agency_is_named_in_the_heading(client: Client, home: Page) -> None:
    make_contact(home, agency_name="the Office of Trials & Errors")
    soup = soup_of(client)
    assert soup.h1.get_text() == "Get in touch with the Office of Trials & Errors"
    assert soup.title.get_text().startswith("Contact us")


def test_a_location_shows_address_hours_and_map(client: Client, home: Page) -> None:
    hours = [
        {"days": "Mon - Fri", "time": "8.30am - 5.00pm", "description": "Closed on holidays"},
        {"days": "", "time": "", "description": ""},
        {"days": "Sat", "time": "", "description": ""},
        {"days": "", "time": "9am", "description": ""},
    ]
    make_contact(
        home,
        locations=location(
            title="Main office",
            address="10 Hoe Chiang Road\n#08-08\n\nSingapore 089315",
            hours=hours,
            map_link="https://maps.example.org/x",
        ),
    )
    soup = soup_of(client)
    link = soup.select_one(".location__map a")
    assert link["href"] == "https://maps.example.org/x"
    assert link.get_text() == "View map of Main office"
    assert source_words(soup) == (
        "Main office 10 Hoe Chiang Road #08-08 Singapore 089315 "
        "Mon - Fri: 8.30am - 5.00pm Closed on holidays Sat 9am"
    )
    assert soup.select_one(".location__map a") is not None, "the link itself is content"


def test_a_location_without_a_map_link_leads_to_a_search(client: Client, home: Page) -> None:
    make_contact(home, locations=location(title="", address="10 Road #08\nSingapore", map_link=""))
    link = soup_of(client).select_one(".location__map a")
    assert link["href"] == (
        "https://www.google.com/maps/search/?api=1&query=10+Road+%2308+Singapore"
    )
    assert link.get_text() == "View map"


def test_empty_parts_of_a_location_vanish(client: Client, home: Page) -> None:
    make_contact(home, locations=location(title="Office", address=" \n ", map_link=""))
    soup = soup_of(client)
    assert not soup.select(".location__map, .location__hours, .location__address")
    empty = location(title="", address="", map_link="")
    edit(ContactPage.objects.get(), locations=empty, contacts=[contact("")])
    assert not soup_of(client).select(".location, .contact__person")


def test_contacts_are_links_a_phone_understands(client: Client, home: Page) -> None:
    make_contact(
        home,
        contacts=[
            contact(
                "General Enquiries & Feedback",
                ("phone", "1800 325 8282"),
                ("email", "ask@example.org"),
                ("other", '<p>Note:<br/>see <a href="https://example.org/">hours</a>.</p>'),
            ),
            contact("Overseas", ("phone", "+65 6325 8282"), ("phone", "")),
        ],
    )
    soup = soup_of(client)
    links = [(a.get_text(), a["href"]) for a in soup.main.select("a")]
    assert links == [
        ("1800 325 8282", "tel:18003258282"),
        ("ask@example.org", "mailto:ask@example.org"),
        ("hours", "https://example.org/"),
        ("+65 6325 8282", "tel:+6563258282"),
    ]
    assert [h.get_text() for h in soup.main.select("h2")] == [
        "General Enquiries & Feedback",
        "Overseas",
    ]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("+65 6412 7218", "tel:+6564127218"),
        ("(65) 6412-7218", "tel:6564127218"),
        ("1800-CALL or 6412 7218 / 6412 7219", "tel:1800"),
        ("995", "tel:995"),
        ("open 24 hours: 6412 7218", "tel:64127218"),
        ("ask at the desk", ""),
        ("", ""),
    ],
)
def test_phone_url(text: str, url: str) -> None:
    assert phone_url(text) == url


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("a@example.org", "mailto:a@example.org"),
        (" a@example.org ", "mailto:a@example.org"),
        ("https://form.gov.sg/x", "https://form.gov.sg/x"),
        ("javascript:alert(1)", ""),
        ("ask at the desk", ""),
        ("", ""),
    ],
)
def test_email_url(text: str, url: str) -> None:
    assert email_url(text) == url


def test_feedback_is_in_the_old_themes_words(client: Client, home: Page) -> None:
    make_contact(home, feedback_address="/feedback/")
    soup = soup_of(client)
    assert soup.select_one(".contact__feedback a")["href"] == "/feedback/"
    assert source_words(soup) == ""


def test_the_picture_comes_last_with_its_words(client: Client, home: Page) -> None:
    image = SiteImage.objects.create(title="x", file=get_test_image_file())
    make_contact(home, image=image, image_alt="Our building", feedback_address="/feedback/")
    assert soup_of(client).select_one(".contact > :last-child img")["alt"] == "Our building"


def test_the_page_is_found_by_what_it_holds(client: Client, home: Page) -> None:
    make_contact(home, contacts=[contact("Dispensary", ("phone", "995"))])
    found = client.get("/search/?q=dispensary").content.decode()
    assert 'href="/contact-us/"' in found


def test_the_form_saved_untouched_changes_nothing(
    client: Client, home: Page, superuser: User
) -> None:
    page = make_contact(
        home,
        agency_name="the Office",
        feedback_address="/feedback/",
        locations=location(
            title="Main",
            address="One\nTwo",
            hours=[{"days": "Mon", "time": "9", "description": ""}],
            map_link="",
        ),
        contacts=[
            contact("A", ("phone", "call us"), ("email", "no address"), ("other", "<p>Note</p>"))
        ],
    )
    client.force_login(superuser)
    before = fresh(page)
    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        page_form_data(before) | {"action-publish": "action-publish"},
    )
    assert response.status_code == 302, response.context["form"].errors
    after = fresh(page)
    assert list(after.locations.raw_data) == list(before.locations.raw_data)
    assert _without_keys(after.contacts) == _without_keys(before.contacts)
    for name in ("title", "agency_name", "feedback_address", "image_alt", "image_id", "address"):
        assert getattr(after, name) == getattr(before, name)


def _without_keys(stream: Any) -> str:
    # Sorted: PostgreSQL keeps the keys of an object in an order of its own.
    prepared = json.dumps(stream.stream_block.get_prep_value(stream), sort_keys=True, default=str)
    return re.sub(r' data-block-key=\\"[^"]*\\"', "", prepared)
