"""The list follows what happens to pages."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve as resolve_path

from care.actions import dismiss
from care.items import update_all, update_pages, updates_off
from care.models import CareItem, LinkUse
from tests.care.sites import NO_LINK, page_with, stream
from tests.factories import edit, fresh, make_page, make_section

pytestmark = pytest.mark.django_db


def kinds(page):
    return list(CareItem.objects.filter(page=page.pk).values_list("kind", flat=True))


def linked(home, title, target):
    return page_with(
        home, title, ("text", f'<p><a linktype="page" id="{target.pk}">Trials</a></p>')
    )


def test_saving_and_mending(home):
    page = make_page(home, "A page")
    assert kinds(page) == ["description-missing"]
    edit(page, publish=False, search_description="Now there.")
    assert kinds(page) == []
    edit(page, publish=True, search_description="")
    assert kinds(page) == ["description-missing"]


def test_unpublishing_and_publishing_the_target(home):
    target = page_with(home, "Target")
    page, path = (
        linked(home, "Page", target),
        page_with(home, "Path", ("text", '<p><a href="/target/">Trials</a></p>')),
    )
    assert kinds(page) == kinds(path) == []
    target.unpublish()
    assert kinds(page) == kinds(path) == ["link-nowhere"]
    fresh(target).get_latest_revision().publish()
    assert kinds(page) == kinds(path) == []


def test_deleting_the_target_and_what_is_below_it(home):
    section = make_section(home, "Section")
    target = page_with(section, "Target")
    page = linked(home, "Page", target)
    path = page_with(home, "Path", ("text", '<p><a href="/section/target/">Trials</a></p>'))
    fresh(section).delete()
    assert kinds(page) == kinds(path) == ["link-nowhere"]
    texts = set(CareItem.objects.exclude(kind="description-missing").values_list("text", flat=True))
    assert texts == {
        "“Trials” leads to a page that is not there any more.",
        "“Trials” leads to /section/target/, where nothing is.",
    }


def test_moving_keeps_links_that_redirects_carry(home):
    section = make_section(home, "Section")
    target = page_with(home, "Target")
    page = linked(home, "Page", target)
    path = page_with(home, "Path", ("text", '<p><a href="/target/">Trials</a></p>'))
    fresh(target).move(section, pos="last-child")
    assert kinds(page) == kinds(path) == []


def test_a_new_page_mends_links_to_its_path(home):
    path = page_with(home, "Path", ("text", '<p><a href="/later/">Trials</a></p>'))
    assert kinds(path) == ["link-nowhere"]
    page_with(home, "Later")
    assert kinds(path) == []


def test_drafts_leave_the_links_of_other_pages_alone(home):
    """The editor saves drafts by itself, every few seconds."""
    path = page_with(home, "Path", ("text", '<p><a href="/later/">Trials</a></p>'))
    page = make_page(home, "A page")
    with patch("care.items.follow_links") as follow:
        edit(page, publish=False, slug="later", search_description="Now there.")
        assert not follow.called
    assert kinds(page) == []
    assert kinds(path) == ["link-nowhere"]
    fresh(page).get_latest_revision().publish()
    assert kinds(path) == []


def test_the_software_is_asked_only_about_what_would_be_reported(home):
    target = page_with(home, "Target")
    markup = '<p><a href="/target/">Trials</a> <a href="/admin/login/">Log in</a></p>'
    with patch("care.links.resolve", wraps=resolve_path) as asked_for:
        page = page_with(home, "Page", ("text", markup))
    assert kinds(page) == []
    asked = {call.args[0].strip("/") for call in asked_for.call_args_list}
    assert asked == {"admin/login"}
    target.unpublish()
    assert kinds(page) == ["link-nowhere"]


def test_dismissed_stays_dismissed_until_it_is_something_else(home, superuser):
    body = stream(("text", "<p>TBC</p>"))
    page = page_with(home, "Page", ("text", "<p>TBC</p>"))
    dismiss(CareItem.objects.all(), superuser, "It is the name of a protein.")
    edit(page, title="Renamed")
    assert CareItem.objects.get().state == "dismissed"
    body[0]["value"] = "<p>XXX</p>"
    edit(page, body=page.body.stream_block.to_python(body))
    assert CareItem.objects.get().state == "open"


def test_off_means_off(home):
    with updates_off():
        page = make_page(home, "A page")
    assert kinds(page) == []
    update_pages([page.pk])
    assert kinds(page) == ["description-missing"]


def test_queries_do_not_grow_with_the_number_of_pages(home):
    def pages(number):
        button = {"text": "Trials", "link": {**NO_LINK, "address": "/nowhere/"}, "style": "primary"}
        with updates_off():
            for one in range(number):
                page_with(home, f"Page {number} {one}", ("button", button))

    def queries():
        CareItem.objects.all().delete()
        LinkUse.objects.all().delete()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            update_all()
        return len(captured)

    pages(2)
    few = queries()
    pages(40)
    assert queries() == few <= 30
