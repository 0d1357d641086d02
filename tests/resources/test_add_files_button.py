"""Where the way to add files stands in the admin."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from resources.models import ResourceRoomPage
from tests.factories import make_page


def test_a_list_offers_it_in_the_menu_of_the_row(admin_client: Client, home: Page) -> None:
    """Wagtail gives buttons beside a title no size for their picture."""
    room = make_page(home, "News", model=ResourceRoomPage)
    answer = admin_client.get(reverse("wagtailadmin_explore", args=[home.pk]))
    row = answer.content.decode().split("More options for &#x27;News&#x27;")
    assert len(row) == 2
    address = reverse("resources_add_files", args=[room.pk])
    assert address not in row[0]
    assert address in row[1]
