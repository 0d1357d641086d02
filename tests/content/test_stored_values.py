"""No stored value makes a public page, or the form of a page, answer 500."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from wagtail import fields
from wagtail.models import Page, Site, get_page_models

from content.models import ContentPage, SiteDocument, SiteImage
from content.page_data.mending import broken_references, mended_rich_text
from navigation.models import Notification
from tests.factories import make_home, make_page, make_section
from tests.navigation.helpers import choose_footer, choose_menu
from tests.pictures import picture
from tests.stored_values import ENTITIES, IDS, stored_values

ODD_LINKS = [one for one in ENTITIES if "linktype" in one or "embedtype" in one]


def streams_of(model: Any) -> list[Any]:
    return [one for one in model._meta.get_fields() if isinstance(one, fields.StreamField)]


PAGE_TYPES = [model for model in get_page_models() if streams_of(model)]


def store(instance: Any, name: str, data: Any) -> None:
    """Write a value past every form and field, as a script would."""
    table, key = instance._meta.db_table, instance._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {name} = %s WHERE {key} = %s", [json.dumps(data), instance.pk]
        )


def made(model: Any, home: Page) -> Page:
    if model.__name__ == "HomePage":
        return make_home("Second", "second")
    page = model(title="Odd", slug="odd", live=True)
    for field in model._meta.get_fields():
        if getattr(field, "name", "") == "date":
            page.date = timezone.localdate()
    above: Page = make_section(home, "Above", slug="above")
    above.add_child(instance=page)
    return page


def test_rich_text_is_served_and_can_be_opened(home: Page, superuser: User, client: Client) -> None:
    page = make_page(home, "Odd")
    for markup in ODD_LINKS:
        store(page, "body", [{"type": "text", "value": f"<p>Before</p>{markup}", "id": "a"}])
        answer = client.get(page.url)
        assert answer.status_code == 200
        assert "Before" in answer.content.decode()
    every = [{"type": "text", "value": markup, "id": markup} for markup in ODD_LINKS]
    store(page, "body", every)
    assert client.get(page.url).status_code == 200
    client.force_login(superuser)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_a_notification_is_served(site: Site, client: Client) -> None:
    notice = Notification.for_site(site)
    notice.on_all_pages, notice.text = True, "<p>Before</p>"
    notice.save()
    for markup in ODD_LINKS:
        with connection.cursor() as cursor:
            text = f"<p>Before</p>{markup}"
            cursor.execute("UPDATE navigation_notification SET text = %s", [text])
        answer = client.get("/")
        assert answer.status_code == 200
        assert "Before" in answer.content.decode()


def test_words_of_a_reference_that_leads_nowhere_stay() -> None:
    for one in IDS:
        if one == "9" * 18:
            continue
        for kind in ("page", "document"):
            assert mended_rich_text(f'<a linktype="{kind}" id="{one}">w</a>') == "<a>w</a>"
    good = '<p><a linktype="page" id="3">w</a><embed embedtype="image" id="4" format="half"/></p>'
    assert mended_rich_text(good) == good
    assert broken_references(good) == []


@pytest.mark.parametrize("name", ["abc", "99999999999999999999", "-1"])
def test_a_reference_to_nothing_is_refused_when_saving(
    name: str, home: Page, superuser: User, client: Client
) -> None:
    from tests.editors.people import page_data

    page = make_page(home, "Odd")
    client.force_login(superuser)
    state = {
        "blocks": [
            {"key": "a", "text": "words", "type": "unstyled", "depth": 0,
             "inlineStyleRanges": [], "entityRanges": [{"key": 0, "offset": 0, "length": 5}]}
        ],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": name}}},
    }  # fmt: skip
    body = {
        "body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "text",
        "body-0-id": "", "body-0-value": json.dumps(state),
    }  # fmt: skip
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), page_data(page) | body)
    assert answer.status_code == 200
    assert f"names “{name}”" in answer.content.decode()
    assert (
        Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object().body.get_prep_value()
        == []
    )


def test_a_stream_of_another_form_is_an_empty_one(home: Page, client: Client) -> None:
    page = make_page(home, "Odd")
    streams: tuple[Any, ...] = (
        0, True, "x", {}, [1], [None], [{}], [{"type": 1}], [{"type": []}], [{"type": "text"}],
        [[]], "[1]", "{}",
    )  # fmt: skip
    for stream in streams:
        store(page, "body", stream)
        assert client.get(page.url).status_code == 200


@pytest.fixture
def things(site: Site, home: Page) -> None:
    """What ids 1 to 3 may name."""
    SiteImage.objects.create(title="One", file=ContentFile(picture(), "one.png"))
    SiteDocument.objects.create(title="Report", file=ContentFile(b"x", "report.pdf"))


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_any_stored_stream_is_served(model: Any, things: None, home: Page) -> None:
    page = made(model, home)
    site = Site.objects.get(is_default_site=True)
    if model.__name__ == "HomePage":
        site.root_page = page
        site.save()
    client = Client()
    url = page.get_url() or "/"

    @settings(
        max_examples=12,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(st.data())
    def served(data: st.DataObject) -> None:
        for field in streams_of(model):
            store(page, field.name, data.draw(stored_values(field.stream_block)))
        with transaction.atomic():
            assert client.get(url).status_code == 200
            # Searches and the care list read the same values; so does saving it again.
            fresh = Page.objects.get(pk=page.pk).specific
            fresh.save_revision()
            transaction.set_rollback(True)

    served()


@pytest.mark.parametrize("part", ["menu", "footer"])
def test_any_stored_menu_and_footer_is_served(part: str, things: None, site: Site) -> None:
    chosen = choose_menu(site) if part == "menu" else choose_footer(site)
    client = Client()

    @settings(
        max_examples=12,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(st.data())
    def served(data: st.DataObject) -> None:
        for field in streams_of(type(chosen)):
            store(chosen, field.name, data.draw(stored_values(field.stream_block)))
        assert client.get("/").status_code == 200

    served()


def test_every_type_with_a_stream_is_tried() -> None:
    assert ContentPage in PAGE_TYPES
    assert len(PAGE_TYPES) >= 6
