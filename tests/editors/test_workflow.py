"""An editor submits, a publisher approves or returns with a comment, and both are told."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, TaskState, WorkflowState

from editors.checks import check_mail
from tests.editors.people import client_of, make_person, page_data, save
from tests.factories import make_page

SUBMIT = {"action-submit": "action-submit"}


@pytest.fixture
def page(home: Page) -> Page:
    return make_page(home, "Our work")


@pytest.fixture
def editor(db: None) -> Client:
    return client_of("editor")


@pytest.fixture
def publisher(db: None) -> Client:
    return client_of("publisher")


def decide(client: Client, page: Page, action: str, comment: str = "") -> None:
    """Approve (``"approve"``) or return (``"reject"``) a page that waits."""
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    assert client.post(url, {"comment": comment}).status_code == 302


def state_of(page: Page) -> str:
    return str(WorkflowState.objects.for_instance(page).latest("created_at").status)


def addressed(start: int = 0) -> list[list[str]]:
    return [message.to for message in mail.outbox[start:]]


def test_submit_and_approve(editor: Client, publisher: Client, page: Page) -> None:
    make_person("administrator")
    save(editor, page, title="Our work today", **SUBMIT)
    page.refresh_from_db()
    assert (page.title, state_of(page)) == ("Our work", WorkflowState.STATUS_IN_PROGRESS)
    # Those who approve are told, nobody else.
    assert addressed() == [["publisher@example.org"]]
    assert "Our work today" in mail.outbox[0].subject
    assert f"/admin/pages/{page.pk}/edit/" in mail.outbox[0].body
    decide(publisher, page, "approve", "Good to go")
    page.refresh_from_db()
    assert (page.title, page.live) == ("Our work today", True)
    assert addressed(1) == [["editor@example.org"]]
    assert TaskState.objects.get().comment == "Good to go"


def test_return_with_a_comment(editor: Client, publisher: Client, page: Page) -> None:
    save(editor, page, title="Our wrok", **SUBMIT)
    decide(publisher, page, "reject", "There is a slip in the title")
    page.refresh_from_db()
    assert (page.title, state_of(page)) == ("Our work", WorkflowState.STATUS_NEEDS_CHANGES)
    assert addressed(1) == [["editor@example.org"]]
    assert "There is a slip in the title" in mail.outbox[1].body


@pytest.mark.parametrize("role", ["editor", "manager", "visitor"])
def test_who_may_not_publish_can_neither_publish_nor_approve(
    role: str, editor: Client, page: Page
) -> None:
    save(editor, page, title="Waits", **SUBMIT)
    other = client_of(role, "other")
    state = TaskState.objects.get()
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    other.post(url, {"comment": ""})
    data = page_data(page, title="Mine") | {"action-publish": "action-publish"}
    for name in ("edit", "unpublish", "delete"):
        other.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]), data)
    page.refresh_from_db()
    assert (page.title, page.live) == ("Our work", True)
    assert state_of(page) == WorkflowState.STATUS_IN_PROGRESS


def test_the_first_page_of_the_admin_names_what_waits(
    editor: Client, publisher: Client, page: Page
) -> None:
    save(editor, page, title="Please look", **SUBMIT)
    assert "Please look" in publisher.get(reverse("wagtailadmin_home")).content.decode()


def test_a_page_below_every_site_has_the_workflow(page: Page) -> None:
    assert page.get_workflow().name == "Publishing"


def test_a_mail_server_that_is_down_holds_nobody_up(
    editor: Client, publisher: Client, page: Page, settings: pytest.FixtureRequest
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    save(editor, page, title="Waits", **SUBMIT)
    assert state_of(page) == WorkflowState.STATUS_IN_PROGRESS


@pytest.mark.parametrize(("backend", "ids"), [("dummy", ["editors.W001"]), ("smtp", [])])
def test_mail_that_goes_nowhere_is_named(
    backend: str, ids: list[str], settings: pytest.FixtureRequest
) -> None:
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"  # type: ignore[attr-defined]
    assert [message.id for message in check_mail()] == ids
