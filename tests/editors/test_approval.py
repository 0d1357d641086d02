"""Who approves publishes, whichever way and whatever the page holds, and is told so."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, TaskState, WorkflowState, WorkflowTask

from tests.care.sites import make_image
from tests.editors.people import client_of, page_data, save
from tests.factories import edit, fresh, make_page
from tests.forms import page_form_data
from tests.isomer.importing import DEMO, run_import

SUBMIT = {"action-submit": "action-submit"}
APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}
COMMENT = {"workflow-action-extra-data": json.dumps({"comment": "Good to go"})}
LIST = {"start": 3, "numbering": "a", "items": [[{"type": "text", "value": "<p>One</p>"}]]}


@pytest.fixture
def editor(db: None) -> Client:
    return client_of("editor")


@pytest.fixture
def publisher(db: None) -> Client:
    return client_of("publisher")


@pytest.fixture
def page(home: Page) -> Page:
    """A page with blocks whose optional parts are empty."""
    picture = {"image": make_image("Ward"), "alt": "A ward"}
    return make_page(home, "Our work", body=[("picture", picture), ("numbered_list", LIST)])


def by_form(client: Client, page: Page, **changes: Any) -> Any:
    return save(client, page, **APPROVE, **changes)


def by_form_with_comment(client: Client, page: Page) -> Any:
    return save(client, page, **APPROVE, **COMMENT)


def act(client: Client, page: Page, action: str = "approve", comment: str = "") -> Any:
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(url, {"comment": comment})


def by_first_page_with_comment(client: Client, page: Page) -> Any:
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    header = {"X-Requested-With": "XMLHttpRequest"}
    assert client.get(url, headers=header).json()["step"] == "action"
    return client.post(url, {"comment": "Good to go"}, headers=header)


def by_list(client: Client, page: Page) -> Any:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{url}?id={page.pk}", {"include_descendants": ""})


def by_menu_of_the_list(client: Client, page: Page) -> Any:
    (way,) = ways_in_the_list(client, page)
    assert way.get_text(strip=True) == "Approve and publish"
    shown = BeautifulSoup(client.get(way["href"]).content, "html5lib")
    assert [one.get_text(strip=True) for one in shown.select("main form button")] == [
        way.text.strip()
    ]
    return client.post(way["href"])


def ways_in_the_list(client: Client, page: Page) -> list[Any]:
    """Return the links with which the menu of a page in the list offers to approve it."""
    html = client.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).content
    return BeautifulSoup(html, "html5lib").select(f'a[href*="/pages/workflow/action/{page.pk}/"]')


def messages_of(client: Client) -> str:
    """Return what the admin tells a person next."""
    answer = client.get(reverse("wagtailadmin_home"))
    return " ".join(str(message) for message in answer.context["messages"])


WAYS = [
    by_form, by_form_with_comment, act, by_first_page_with_comment, by_list, by_menu_of_the_list,
]  # fmt: skip


@pytest.mark.parametrize("is_corrected", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_approve_publishes(
    editor: Client, publisher: Client, page: Page, way: Any, is_corrected: bool
) -> None:
    save(editor, page, title="Our work today", **SUBMIT)
    if is_corrected:
        save(publisher, page, title="Our work, today")
    messages_of(publisher)
    way(publisher, page)
    page = fresh(page)
    assert page.title == ("Our work, today" if is_corrected else "Our work today")
    assert not page.has_unpublished_changes
    assert not page.workflow_in_progress
    assert TaskState.objects.count() == 1
    assert "published" in messages_of(publisher)


def test_the_list_offers_it_to_those_who_may(editor: Client, publisher: Client, page: Page) -> None:
    assert ways_in_the_list(publisher, page) == []
    save(editor, page, title="First", **SUBMIT)
    assert ways_in_the_list(editor, page) == []
    (way,) = ways_in_the_list(publisher, page)
    assert "next=" in way["href"]
    assert editor.get(way["href"]).status_code == 302
    assert fresh(page).title == "Our work"
    # What somebody else changed is looked at first.
    save(client_of("publisher", "Second"), page, title="Half a sentence")
    answer = publisher.get(way["href"])
    assert answer.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "changed it after it was submitted" in messages_of(publisher)


def test_approving_with_a_correction_in_the_same_form(
    editor: Client, publisher: Client, page: Page
) -> None:
    save(editor, page, title="Our wrok", **SUBMIT)
    by_form(publisher, page, title="Our work again")
    assert (fresh(page).title, fresh(page).workflow_in_progress) == ("Our work again", False)


def test_an_unchanged_approval_adds_no_version(
    editor: Client, publisher: Client, page: Page
) -> None:
    save(editor, page, title="Our work today", **SUBMIT)
    before = page.revisions.count()
    by_form(publisher, page)
    assert page.revisions.count() == before


def test_every_page_of_an_import_is_approved_at_once(db: None) -> None:
    run_import(DEMO)
    editor, publisher = client_of("editor"), client_of("publisher")
    pages = [page for page in Page.objects.filter(depth__gt=1).specific() if page.live]
    for page in pages:
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        for client, action in ((editor, SUBMIT), (publisher, APPROVE)):
            draft = page.get_latest_revision_as_object()
            answer = client.post(url, page_form_data(draft) | action)
            assert answer.status_code == 302, answer.context["form"].errors
        assert not fresh(page).workflow_in_progress, page.title
    assert WorkflowState.objects.filter(status="approved").count() == len(pages)
    assert TaskState.objects.count() == len(pages)


def test_what_another_person_changed_meanwhile_is_looked_at_first(
    editor: Client, publisher: Client, page: Page
) -> None:
    save(editor, page, title="First", **SUBMIT)
    save(client_of("publisher", "Second"), page, title="Half a sen")
    answer = act(publisher, page)
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "Second changed it after it was submitted" in messages_of(publisher)
    assert (fresh(page).title, fresh(page).workflow_in_progress) == ("Our work", True)
    by_form(publisher, page, title="Half a sentence")
    assert (fresh(page).title, fresh(page).workflow_in_progress) == ("Half a sentence", False)


def test_a_change_by_an_import_is_looked_at_first(
    editor: Client, publisher: Client, page: Page
) -> None:
    save(editor, page, title="First", **SUBMIT)
    edit(page, publish=False, title="Imported")
    act(publisher, page)
    assert "An import changed it" in messages_of(publisher)
    assert fresh(page).workflow_in_progress


def test_what_was_decided_meanwhile_is_said(editor: Client, publisher: Client, page: Page) -> None:
    save(editor, page, title="First", **SUBMIT)
    state = TaskState.objects.get()
    act(publisher, page)
    messages_of(publisher)
    # Submitted once more: the decision about the first time is no decision about this one.
    save(editor, page, title="Second", **SUBMIT)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    assert publisher.post(url, {"comment": ""}).status_code == 302
    assert "Somebody else decided" in messages_of(publisher)
    act(publisher, page)
    messages_of(publisher)
    save(publisher, page, title="Third", **APPROVE)
    assert "no longer waits for approval" in messages_of(publisher)
    assert fresh(page).title == "Second"


def test_the_decision_about_one_page_is_none_about_another(
    editor: Client, publisher: Client, home: Page, page: Page
) -> None:
    other = make_page(home, "Other")
    save(editor, page, title="First", **SUBMIT)
    state = TaskState.objects.get()
    save(editor, other, title="Not looked at", **SUBMIT)
    url = reverse("wagtailadmin_pages:workflow_action", args=[other.pk, "approve", state.pk])
    publisher.post(url, {"comment": ""})
    assert fresh(page).workflow_in_progress
    assert fresh(other).workflow_in_progress


@pytest.mark.parametrize("is_form", [True, False])
def test_a_page_that_goes_back(
    editor: Client, publisher: Client, page: Page, is_form: bool
) -> None:
    save(editor, page, title="First", **SUBMIT)
    if is_form:
        save(publisher, page, **APPROVE | {"workflow-action-name": "reject"}, **COMMENT)
    else:
        act(publisher, page, "reject", "A slip")
    assert "went back to Editor for changes" in messages_of(publisher)


def test_a_draft_of_a_page_that_waits(editor: Client, publisher: Client, page: Page) -> None:
    save(editor, page, title="First", **SUBMIT)
    save(publisher, page, title="Second")
    assert "It still waits for approval" in messages_of(publisher)


def test_a_page_with_a_day(editor: Client, publisher: Client, page: Page) -> None:
    day = timezone.localtime() + datetime.timedelta(days=3)
    save(editor, page, title="First", go_live_at=day.strftime("%Y-%m-%d %H:%M"), **SUBMIT)
    assert main_button(publisher, page) == "Approve and schedule"
    act(publisher, page)
    assert "It will be published on" in messages_of(publisher)
    assert fresh(page).title == "Our work"


def test_a_workflow_of_two_steps(editor: Client, publisher: Client, page: Page) -> None:
    task = GroupApprovalTask.objects.create(name="The director")
    task.groups.add(Group.objects.get(name="Publishers"))
    workflow = page.get_workflow()
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=2)
    save(editor, page, title="First", **SUBMIT)
    assert main_button(publisher, page) == "Approve"
    by_form(publisher, page, title="Corrected")
    assert "Next it waits for “The director”" in messages_of(publisher)
    assert main_button(publisher, page) == "Approve and publish"
    by_form(publisher, page)
    assert fresh(page).title == "Corrected"


def main_button(client: Client, page: Page) -> str:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return str(client.get(url).context["action_menu"].default_item.label)


def test_the_main_button_is_for_those_who_may(
    editor: Client, publisher: Client, page: Page
) -> None:
    assert main_button(publisher, page) == "Save Draft"
    save(editor, page, title="First", **SUBMIT)
    assert main_button(publisher, page) == "Approve and publish"
    menu = publisher.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["action_menu"]
    names = [item.label for item in menu.menu_items]
    assert names[0] == "Approve and publish, with a comment"
    assert "Publish" not in names
    assert main_button(editor, page) == "Cancel workflow "
    # Whoever may publish without being asked still can.
    data = page_data(page, title="At once") | {"action-publish": "action-publish"}
    publisher.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert fresh(page).title == "At once"
    assert "had a review. It has ended with this" in messages_of(publisher)
