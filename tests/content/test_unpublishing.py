"""Unpublishing a page offers a redirect, which goes when the page comes back."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from tests.editors.people import client_of
from tests.factories import edit, fresh, make_page, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(home: Page) -> Client:
    return client_of("publisher")


def url_for(page: Page) -> str:
    return reverse("wagtailadmin_pages:unpublish", args=[page.pk])


def test_the_screen_offers_a_redirect(home: Page, publisher: Client) -> None:
    page = make_page(home, "Going", "/going.html")
    screen = publisher.get(url_for(page))
    form = screen.context["lead_on"]
    assert [value for value, _ in form.fields["lead_to"].choices] == ["", "parent", "page"]
    assert "is led to the page above, “Home”" in screen.content.decode()
    assert screen.content.count(b'name="lead_page"') == 1
    assert "page-chooser" in screen.content.decode()


@pytest.mark.parametrize("lead_to", ["parent", "page"])
def test_its_addresses_lead_where_somebody_chose(
    home: Page, publisher: Client, client: Client, lead_to: str
) -> None:
    other = make_page(home, "Other")
    page = edit(make_page(home, "Going", "/old name (1).html"), address="/going/now.html")
    data = {"lead_to": lead_to, "lead_page": str(other.pk)}
    answer = publisher.post(url_for(page), data, follow=True)
    target = home if lead_to == "parent" else other
    assert f"Its address leads to “{target.title}” now" in answer.content.decode()
    assert not fresh(page).live
    for address in ("/going/now.html", "/old%20name%20(1).html", "/going/now.html?page=2"):
        led = client.get(address)
        query = "?page=2" if "?" in address else ""
        assert (led.status_code, led["Location"]) == (302, f"{target.url}{query}"), address
    fresh(page).save_revision().publish()
    assert client.get("/going/now.html").status_code == 200
    assert not Redirect.objects.exists()


def test_none_is_made_unless_somebody_chose(home: Page, publisher: Client, client: Client) -> None:
    page = make_page(home, "Going")
    address = page.url
    answer = publisher.post(url_for(page), follow=True)
    assert "Visitors are told that there is no such page." in answer.content.decode()
    assert not Redirect.objects.exists()
    assert client.get(address).status_code == 404


def test_a_page_that_can_not_be_led_to_is_refused(home: Page, publisher: Client) -> None:
    section = make_section(home, "Section")
    below = make_page(section, "Below")
    draft = make_page(home, "Draft", live=False)
    data = {"lead_to": "page", "include_descendants": "on"}
    for chosen, says in [
        ("", "Choose the page to which"),
        (draft.pk, "is not public"),
        (section.pk, "is unpublished, too"),
        (below.pk, "is unpublished, too"),
        (999999, "Select a valid choice"),
    ]:
        refused = publisher.post(url_for(section), data | {"lead_page": str(chosen)})
        assert says in refused.content.decode()
        assert fresh(section).live
    assert not Redirect.objects.exists()


def test_pages_below_that_go_lead_on_as_well(home: Page, publisher: Client, client: Client) -> None:
    section = make_section(home, "Section")
    below = make_page(section, "Below")
    address = below.url
    publisher.post(url_for(section), {"lead_to": "parent"})
    assert client.get(address).status_code == 200
    fresh(section).save_revision().publish()
    publisher.post(url_for(section), {"lead_to": "parent", "include_descendants": "on"})
    assert client.get(address)["Location"] == home.url


def test_a_redirect_that_somebody_made_stays(home: Page, publisher: Client) -> None:
    other = make_page(home, "Other")
    page = make_page(home, "Going", "/going/")
    Redirect.objects.create(old_path="/going", site=home.get_site(), redirect_page=other)
    publisher.post(url_for(page), {"lead_to": "parent"})
    fresh(page).save_revision().publish()
    assert Redirect.objects.get().redirect_page.specific == home


def test_editors_can_not_unpublish(home: Page) -> None:
    page = make_page(home, "Going")
    client_of("editor").post(url_for(page), {"lead_to": "parent"})
    assert fresh(page).live
    assert not Redirect.objects.exists()
