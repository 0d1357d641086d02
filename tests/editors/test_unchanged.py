"""A form that came back as it was shown holds no change, whatever the page is made of."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models

from content.fields import StreamField as OwnStreamField
from content.models import ContentPage
from tests.factories import make_page
from tests.forms import page_form_data
from tests.isomer.importing import DEMO, SEEDS, run_import

pytestmark = pytest.mark.django_db


def posted(page: Page, **changes: str) -> Any:
    """Return the form of a page as a browser sends it back, with some fields changed."""
    data = QueryDict(mutable=True)
    for name, value in (page_form_data(page) | changes).items():
        data[name] = value
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(data, instance=page, parent_page=page.get_parent())
    # As for a draft: a new block may still be empty.
    form.defer_required_fields()
    assert form.is_valid(), form.errors
    return form


def streams() -> Iterator[tuple[type[Page], Any]]:
    """Yield each type of page with each of its fields of blocks."""
    for model in get_page_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                yield model, field


def samples_of(block: blocks.Block) -> Iterator[Any]:
    """Yield the stored values of a block: new, as its sample shows it, and as an old version or
    another program may have stored it, with neither ids nor what is empty."""
    for value in (block.get_default(), block.normalize(block.get_preview_value())):
        stored = block.get_prep_value(value)
        yield stored
        yield bare(stored)


def bare(stored: Any) -> Any:
    """Return a stored value without the ids of blocks and without empty parts of structs."""
    if isinstance(stored, list):
        return [bare(each) for each in stored]
    if not isinstance(stored, dict):
        return stored
    if {"type", "value"} <= stored.keys():
        # Wagtail knows the entries of a list by their ids.
        ids = {"id": stored["id"]} if stored["type"] == "item" else {}
        return {"type": stored["type"], "value": bare(stored["value"])} | ids
    return {name: bare(each) for name, each in stored.items() if each not in (None, "")}


FIELDS = [pytest.param(*each, id=f"{each[0].__name__}-{each[1].name}") for each in streams()]


@pytest.mark.parametrize(("model", "field"), FIELDS)
def test_every_block_of_every_page(home: Page, model: type[Page], field: Any) -> None:
    assert isinstance(field, OwnStreamField)
    found, page = {}, make_page(home, "Sample", model=model, live=False)
    for name, block in field.stream_block.child_blocks.items():
        for number, value in enumerate(samples_of(block)):
            setattr(page, field.name, field.to_python([{"type": name, "value": value}]))
            if changed := posted(page).changed_data:
                found[f"{name} {number}"] = changed
    assert found == {}


@pytest.mark.parametrize(
    "folder",
    [pytest.param(SEEDS, marks=pytest.mark.shared, id="seeds"), pytest.param(DEMO, id="demo")],
)
def test_whatever_an_import_brings(folder: Any) -> None:
    run_import(folder)
    pages = [page.get_latest_revision_as_object() for page in Page.objects.filter(depth__gt=1)]
    assert {page.title: changed for page in pages if (changed := posted(page).changed_data)} == {}


NUMBERED = {"start": 3, "numbering": "a", "items": [[{"type": "text", "value": "<p>One</p>"}]]}


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"},
        {"search_description": "One\r\nthree"},
        {"body-0-value-start": "4"},
        {"body-0-value-start": ""},
        {"body-0-value-numbering": "i"},
        {"body-0-value-items-0-deleted": "1"},
        {"body-0-value-items-count": "0"},
        {"body-count": "0"},
        {"show_in_menus": "on"},
        {"go_live_at": "2030-01-01 10:00"},
    ],
)
def test_a_change_is_one(home: Page, change: dict[str, str]) -> None:
    page = make_page(home, "Here", body=[("numbered_list", NUMBERED)])
    page.search_description = "One\ntwo"
    assert posted(page).changed_data == []
    [(name, _)] = change.items()
    assert posted(page, **change).changed_data == [name.partition("-")[0]]


def test_what_the_form_does_not_show_is_unchanged(home: Page) -> None:
    page: ContentPage = make_page(home, "Here", live=False)
    page.title = "Here "
    page.go_live_at = timezone.now() + datetime.timedelta(days=9, seconds=33)
    assert posted(page).changed_data == []


def test_rich_text_that_the_editor_spells_in_another_way_is_unchanged(home: Page) -> None:
    text = "<h2>Why</h2><p><strong>One</strong><br/>two &amp; <em>three</em></p><ul><li>A</li></ul>"
    page = make_page(home, "Here", body=[("text", text)])
    assert posted(page).changed_data == []
    other = page_form_data(make_page(home, "There", body=[("text", text.replace("two", "2"))]))
    changes = {"body-0-value": other["body-0-value"]}
    assert posted(page, **changes).changed_data == ["body"]


def test_line_ends_are_stored_as_an_import_stores_them(home: Page) -> None:
    page = make_page(home, "Here", body=[("code", {"text": "a\nb"})])
    form = posted(page, search_description="One\r\ntwo")
    saved = form.save(commit=False)
    assert saved.search_description == "One\ntwo"
    assert "\r" not in str(saved.body.get_prep_value())
