"""What is done to many pages at once: reviews are kept, and addresses lead on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupApprovalTask, Page, TaskState, Workflow, WorkflowState, WorkflowTask

from tests.editors.people import client_of, save
from tests.factories import edit, fresh, make_page, make_section, make_site

pytestmark = pytest.mark.django_db
SUBMIT = {"action-submit": "action-submit"}


def url_for(action: str, *pages: Page) -> str:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    back = reverse("wagtailadmin_explore_root")
    return f"{url}?next={back}&{'&'.join(f'id={page.pk}' for page in pages)}"


def do(client: Client, action: str, *pages: Page, **data: Any) -> str:
    """Confirm a bulk action and return all that the admin says then."""
    answer = client.post(url_for(action, *pages), data, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.fixture
def publisher(home: Page) -> Client:
    return client_of("publisher")


@pytest.fixture
def director(home: Page) -> GroupApprovalTask:
    """A step that is for others than publishers."""
    task = GroupApprovalTask.objects.create(name="The director")
    task.groups.add(Group.objects.create(name="Directors"))
    return task


class TestPublishing:
    def test_a_page_that_waits_is_approved(self, home: Page, publisher: Client) -> None:
        page, other = make_page(home, "Waits"), make_page(home, "Other")
        save(client_of("editor"), page, title="Waits <now>", **SUBMIT)
        edit(other, publish=False, title="Other now")
        shown = publisher.get(url_for("publish", page, other)).content.decode()
        assert "“Waits &lt;now&gt;” waits for approval. Publishing it here approves it" in shown
        said = do(publisher, "publish", page, other)
        assert "“Waits &lt;now&gt;” is approved and published" in said
        assert "1 page has been published" in said
        assert fresh(page).title == "Waits <now>"
        assert fresh(other).title == "Other now"
        assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED
        assert TaskState.objects.get().finished_by.username == "publisher"

    def test_a_page_of_a_later_day_is_not_called_published(
        self, home: Page, publisher: Client
    ) -> None:
        later = timezone.now() + timedelta(days=3)
        page = edit(make_page(home, "Later", live=False), publish=False, go_live_at=later)
        said = do(publisher, "publish", page)
        assert "“Later” waits for its day: it will be published on" in said
        assert "has been published" not in said
        assert not fresh(page).live

    def test_who_is_not_asked_ends_no_review(
        self, home: Page, publisher: Client, director: GroupApprovalTask
    ) -> None:
        WorkflowTask.objects.all().delete()
        WorkflowTask.objects.create(workflow=Workflow.objects.get(), task=director, sort_order=1)
        section = make_section(home, "Section")
        page, below = make_page(home, "Waits"), make_page(section, "Below", live=False)
        for one in (page, below):
            save(client_of("editor", f"E{one.pk}"), one, title=f"{one.title} now", **SUBMIT)
        shown = publisher.get(url_for("publish", page)).content.decode()
        assert "It waits for “The director”, where you are not asked" in shown
        assert "Yes, publish" not in shown
        do(publisher, "publish", page)
        said = do(publisher, "publish", section, include_descendants="on")
        assert "“Below now” is not published. It waits for “The director”" in said
        for one in (page, below):
            assert fresh(one).workflow_in_progress
        assert fresh(page).title == "Waits"
        assert not fresh(below).live

    def test_a_first_step_of_two_leads_to_the_next(
        self, home: Page, publisher: Client, director: GroupApprovalTask
    ) -> None:
        WorkflowTask.objects.create(workflow=Workflow.objects.get(), task=director, sort_order=2)
        page = make_page(home, "Waits")
        save(client_of("editor"), page, title="Waits now", **SUBMIT)
        said = do(publisher, "publish", page)
        assert "is approved here. Next it waits for “The director”" in said
        assert "has been published" not in said
        assert (fresh(page).title, fresh(page).workflow_in_progress) == ("Waits", True)

    def test_what_somebody_changed_meanwhile_is_looked_at_first(
        self, home: Page, publisher: Client
    ) -> None:
        page = make_page(home, "Waits")
        save(client_of("editor"), page, title="First", **SUBMIT)
        save(client_of("publisher", "Second"), page, title="Half a sen")
        shown = publisher.get(url_for("publish", page)).content.decode()
        assert "Second changed it after it was submitted" in shown
        do(publisher, "publish", page)
        assert (fresh(page).title, fresh(page).workflow_in_progress) == ("Waits", True)

    def test_the_end_of_a_review_is_said(self, home: Page, publisher: Client) -> None:
        page = make_page(home, "Waits")
        save(client_of("editor"), page, title="First", **SUBMIT)
        state = TaskState.objects.get()
        url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.pk])
        publisher.post(url, {"comment": "A slip"})
        assert (
            "Publishing it here ends its review"
            in publisher.get(url_for("publish", page)).content.decode()
        )
        said = do(publisher, "publish", page)
        assert "“First” had gone back for changes. Its review has ended" in said
        assert fresh(page).title == "First"

    def test_pages_below_that_wait_are_approved(self, home: Page, publisher: Client) -> None:
        section = make_section(home, "Section")
        below = make_page(section, "Below", live=False)
        save(client_of("editor"), below, **SUBMIT)
        said = do(publisher, "publish", section, include_descendants="on")
        assert "“Below” is approved and published" in said
        assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED


class TestLeadingOn:
    @pytest.mark.parametrize("action", ["unpublish", "delete"])
    def test_addresses_lead_to_the_page_above_each(
        self, home: Page, publisher: Client, client: Client, action: str
    ) -> None:
        section = make_section(home, "Section")
        make_page(section, "First", "/first/")
        going = [make_page(home, "One", "/one (1).html"), make_page(section, "Two", "/two/")]
        shown = publisher.get(url_for(action, *going)).content.decode()
        assert "is led to the page above each" in shown
        assert shown.count('name="lead_page"') == 1
        said = do(publisher, action, *going, lead_to="parent")
        assert "The addresses of 2 pages lead to the pages above them now" in said
        assert client.get("/one%20(1).html")["Location"] == home.url
        assert client.get("/two/")["Location"] == fresh(section).url

    @pytest.mark.parametrize("action", ["unpublish", "delete"])
    def test_whole_sections_lead_to_what_stays(
        self, home: Page, publisher: Client, client: Client, action: str
    ) -> None:
        section = make_section(home, "Section")
        make_page(section, "Below", "/below/")
        also = make_page(section, "Also", "/also/")
        data = {"lead_to": "parent", "include_descendants": "on"}
        assert "“Home” now" in do(publisher, action, section, also, **data)
        for address in ("/below/", "/also/"):
            assert client.get(address)["Location"] == home.url

    @pytest.mark.parametrize("action", ["unpublish", "delete"])
    def test_a_target_that_goes_is_refused(
        self, home: Page, publisher: Client, action: str
    ) -> None:
        one, two = make_page(home, "One"), make_page(home, "Two")
        said = do(publisher, action, one, two, lead_to="page", lead_page=two.pk)
        assert "Choose one that stays" in said
        assert fresh(one).live
        said = do(publisher, action, one, lead_to="page", lead_page=two.pk)
        assert "Its address leads to “Two” now" in said

    def test_none_is_made_unless_somebody_chose(self, home: Page, publisher: Client) -> None:
        do(publisher, "unpublish", make_page(home, "One"))
        do(publisher, "delete", make_page(home, "Two"))
        assert not Redirect.objects.exists()

    def test_the_screen_for_one_page_that_is_deleted(
        self, home: Page, publisher: Client, client: Client
    ) -> None:
        section = make_section(home, "Section")
        make_page(section, "Below", "/below/")
        Redirect.objects.create(old_path="/older", site=home.get_site(), redirect_page=section)
        url = reverse("wagtailadmin_pages:delete", args=[section.pk])
        assert "is led to the page above, “Home”" in publisher.get(url).content.decode()
        below = fresh(section).get_children().first()
        refused = publisher.post(url, {"lead_to": "page", "lead_page": below.pk})
        assert "That page is deleted, too" in refused.content.decode()
        publisher.post(url, {"lead_to": "parent"})
        assert not Page.objects.filter(pk=section.pk).exists()
        for address in ("/below/", "/older"):
            assert client.get(address)["Location"] == home.url


class TestMoving:
    def test_former_addresses_lead_to_the_pages(
        self, home: Page, publisher: Client, client: Client
    ) -> None:
        section = make_section(home, "Section")
        pages = [make_page(home, "One"), make_page(home, "Two")]
        before = [page.url for page in pages]
        do(publisher, "move", *pages, chooser=section.pk)
        for page, address in zip(pages, before, strict=True):
            assert fresh(page).url != address
            assert client.get(address)["Location"] == fresh(page).url

    def test_an_address_that_somebody_has_is_refused(self, home: Page) -> None:
        other = make_site("other.example").root_page
        make_page(other, "There", "/same/")
        page = make_page(home, "Here", "/same/")
        said = do(client_of("administrator"), "move", page, chooser=other.pk)
        assert "already lives there. Nothing was moved" in said
        assert fresh(page).get_parent().pk == home.pk


def test_the_menu_order_has_checkboxes_and_handles(home: Page, publisher: Client) -> None:
    page = make_page(home, "One")
    url = reverse("wagtailadmin_explore", args=[home.pk])
    shown = publisher.get(url, {"ordering": "ord"}).content.decode()
    assert f'data-object-id="{page.pk}" data-bulk-action-checkbox' in shown
    assert 'data-w-orderable-target="handle"' in shown
    assert "js/bulk-actions.js" in shown
    assert "bulk-actions-choices" in shown
