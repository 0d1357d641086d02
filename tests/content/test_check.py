"""What the form names before a page is submitted, and what a new item begins with."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from content.models import ContentPage
from content.page_data.advice import advice
from resources.models import ArticlePage, ResourceLinkPage, ResourceRoomPage
from tests.factories import fresh, make_page
from tests.forms import page_form_data, rich_text_data

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
    (said,) = [str(one) for one in get_messages(answer.wsgi_request) if "ended on" in str(one)]
    assert said.startswith("The time of “Corrected” ended on")
    assert "Edit schedule" in said
    draft = fresh(page).get_latest_revision_as_object()
    assert (draft.title, draft.expire_at) == ("Corrected", over)
    yesterday = timezone.localtime() - datetime.timedelta(days=1)
    refused = client.post(url, data | {"expire_at": yesterday.strftime("%Y-%m-%d %H:%M")})
    assert "expire_at" in refused.context["form"].errors


@pytest.mark.parametrize(
    ("name", "value", "paths"),
    [
        ("accordion", {"entries": [{"title": "", "open": False, "body": []}]}, ["title", "body"]),
        ("quote", {"text": "<p></p>"}, ["text"]),
    ],
)
def test_titled_and_required_parts_are_named(
    home: Page, name: str, value: dict[str, Any], paths: list[str]
) -> None:
    page = make_page(home, "Here", body=[(name, value)], live=False)
    found = [one.path.rpartition(".")[2] for one in advice(page) if one.kind == "missing"]
    assert found == paths


def test_a_section_of_the_home_page_without_title_is_named(home: Page) -> None:
    home.sections = [("infobar", {"title": ""}), ("hero", {"title": "A title"})]
    (found,) = [one for one in advice(home) if one.kind == "missing"]
    assert found.text == "“Text band”: “Title” is empty. Fill it in, or remove the block."


def test_the_panel_is_there_on_a_new_page(home: Page, client: Client, superuser) -> None:
    client.force_login(superuser)
    names = ["content", "contentpage", home.pk]
    form = client.get(reverse("wagtailadmin_pages:add", args=names)).content.decode()
    assert "What to check before submitting" in form
    assert "Nothing to check" not in form, "nothing was looked at yet"
    room = make_page(home, "News", model=ResourceRoomPage)
    names = ["resources", "articlepage", room.pk]
    assert (
        "page-advice-found"
        in client.get(reverse("wagtailadmin_pages:add", args=names)).content.decode()
    )


def test_an_autosave_brings_what_to_check(home: Page, client: Client, superuser) -> None:
    page = make_page(home, "Here", body=[("text", "<p>Words</p>")])
    client.force_login(superuser)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = page_form_data(page) | {
        "body-0-value": rich_text_data("<h2>A</h2><h5>B</h5>", ["h2", "h5"])
    }
    answer = client.post(url, data, headers={"Accept": "application/json"}).json()
    assert answer["success"]
    assert "1 thing to check before submitting" in answer["html"]
    assert "Choose heading 3" in answer["html"]
