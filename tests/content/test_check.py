"""What the form names before a page is submitted, and what a new item begins with."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from content.advice import advice
from content.models import ContentPage
from resources.models import ArticlePage, ResourceLinkPage, ResourceRoomPage
from tests.factories import fresh, make_page
from tests.forms import page_form_data

pytestmark = pytest.mark.django_db
NO_LINK = {"page": None, "document": None, "address": ""}


def test_what_is_empty_is_named_with_its_place(home: Page) -> None:
    body = [
        ("embed", {"source": NO_LINK, "title": "", "height": None}),
        ("button", {"text": "", "link": NO_LINK, "style": "primary"}),
        ("card_grid", {"cards": [{"title": "", "text": "<p>Words</p>", "link": NO_LINK}]}),
        ("picture", {"image": None}),
    ]
    page = make_page(home, "Here", body=body, live=False)
    found = [one for one in advice(page) if one.kind == "missing"]
    assert [one.path.rpartition(".")[2] for one in found] == [
        "source",
        "text",
        "link",
        "title",
        "image",
    ]
    assert [one.block_id for one in found[:2]] == [page.body[0].id, page.body[1].id]
    full = make_page(home, "Full", body=[("text", "<p>Words</p>")], live=False)
    assert advice(full) == []


def test_the_form_names_a_missing_date(home: Page, client: Client, superuser) -> None:
    article = make_page(make_page(home, "News", model=ResourceRoomPage), "A", model=ArticlePage)
    client.force_login(superuser)
    form = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert "The page has no date" in form
    assert 'href="#id_date"' in form


@pytest.mark.parametrize("model", [ArticlePage, ResourceLinkPage])
def test_a_new_item_has_the_day_of_today(
    home: Page, client: Client, superuser, model: type[Page]
) -> None:
    room = make_page(home, "News", model=ResourceRoomPage)
    client.force_login(superuser)
    names = [model._meta.app_label, model._meta.model_name, room.pk]
    form = client.get(reverse("wagtailadmin_pages:add", args=names)).context["form"]
    assert form["date"].value() == timezone.localdate()
    assert make_page(room, "Imported", model=model).date is None


def test_the_title_is_one_line(home: Page, client: Client, superuser) -> None:
    client.force_login(superuser)
    form = client.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).context["form"]
    assert str(form["title"]).startswith("<input")


@pytest.mark.parametrize(
    ("old", "target", "asked", "leads_to"),
    [
        ("/old", "/new/", "/old/?page=2", "/new/?page=2"),
        ("/old", "/new/?a=1#there", "/old/?b=2", "/new/?a=1&b=2#there"),
        ("/old?page=2", "/new/", "/old/?page=2", "/new/"),
        ("/old", "https://www.example.org/", "/old/?q=x%20y", "https://www.example.org/?q=x%20y"),
        ("/old", "/new/", "/old/", "/new/"),
    ],
)
def test_a_redirect_keeps_the_query(
    site: Site, client: Client, old: str, target: str, asked: str, leads_to: str
) -> None:
    Redirect.objects.create(old_path=Redirect.normalise_path(old), redirect_link=target)
    assert client.get(asked)["Location"] == leads_to


def test_a_page_whose_time_is_over_can_be_corrected(home: Page, client: Client, superuser) -> None:
    over = timezone.now().replace(second=0, microsecond=0) - datetime.timedelta(days=3)
    page: ContentPage = make_page(home, "Over", expire_at=over)
    client.force_login(superuser)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = page_form_data(page) | {"title": "Corrected"}
    answer = client.post(url, data)
    assert answer.status_code == 302, answer.context["form"].errors
    draft = fresh(page).get_latest_revision_as_object()
    assert (draft.title, draft.expire_at) == ("Corrected", over)
    yesterday = timezone.localtime() - datetime.timedelta(days=1)
    refused = client.post(url, data | {"expire_at": yesterday.strftime("%Y-%m-%d %H:%M")})
    assert "expire_at" in refused.context["form"].errors
