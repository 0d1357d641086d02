"""The day of the last change: of a change, not of a save."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from tests.factories import fresh, make_page
from tests.forms import page_form_data

DAY = datetime.date(2024, 5, 31)
BODY = [{"type": "text", "value": "<p>Some <b>words</b></p><p>more</p>"}]


def save(client: Client, page: Page, **changes: str) -> None:
    data = page_form_data(page) | {"action-publish": "action-publish"} | changes
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert response.status_code == 302


@pytest.mark.parametrize("live", [True, False])
def test_a_change_in_the_admin_gives_its_own_day(
    home: Page, superuser: User, client: Client, live: bool
) -> None:
    client.force_login(superuser)
    page = make_page(home, "Words", body=BODY, last_updated=DAY, live=live)
    save(client, page)
    assert fresh(page).last_updated == DAY, "nothing was changed"
    save(client, page, slug="other-words", show_in_menus="on")
    assert fresh(page).last_updated == DAY, "where a page is says nothing new"
    save(client, page, title="Other words")
    assert fresh(page).last_updated == timezone.localdate()


def test_a_page_made_in_the_admin_has_the_day_on_which_it_was_made(
    home: Page, superuser: User
) -> None:
    page = make_page(home, "Words", body=BODY, live=False)
    assert fresh(page).last_updated is None
    page.title = "New words"
    page.save_revision(user=superuser).publish()
    assert fresh(page).last_updated == timezone.localdate()


def test_visitors_see_the_day_outside_the_main_part(home: Page) -> None:
    make_page(home, "Words", body=BODY, last_updated=DAY)
    html = Client().get("/words/").content.decode()
    main, after = html.split("<main")[1].split("</main>")
    assert "31 May 2024" in after
    assert "31 May 2024" not in main
    make_page(home, "Undated", body=BODY)
    assert "Last updated" not in Client().get("/undated/").content.decode()
