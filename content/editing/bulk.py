"""What is done to many pages at once, with the same care as for one page.

Publishing keeps reviews, and addresses of pages that go lead on if somebody wants that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages.bulk_actions import (
    DeleteBulkAction,
    PublishBulkAction,
    UnpublishBulkAction,
)
from wagtail.models import Page
from wagtail.utils.timestamps import render_timestamp

from content.addresses.forms import clash_message, slug_message
from content.addresses.index import holder_at_destination
from content.addresses.unpublishing import NOT_FOUND, Departure, LeadOnForm, departures, lead_on
from content.editing.approval import approve, outcome, refusal

# So many lines stand in a message.
TOLD = 12


class PublishPages(PublishBulkAction):  # type: ignore[misc]
    """Wagtail's action, which approves pages that wait instead of ending their reviews."""

    def __init__(self, request: HttpRequest, model: type[Page]) -> None:
        super().__init__(request, model)
        self.told: list[str] = []

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, Any]]:
        """Leave out pages that wait for somebody else."""
        pages, others = super().get_actionable_objects()
        reasons = {page.pk: why_not(page, self.request.user) for page in pages}
        left = [
            {"item": page.specific_deferred, "why": reasons[page.pk]}
            for page in pages
            if reasons[page.pk]
        ]
        return [page for page in pages if not reasons[page.pk]], {**others, "left_alone": left}

    def object_context(self, obj: Page) -> dict[str, Any]:
        """Add what publishing does to a review."""
        return {
            **super().object_context(obj),
            "waits": obj.workflow_in_progress,
            "went_back": not obj.workflow_in_progress and obj.current_workflow_state is not None,
        }

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "told": self.told}

    @classmethod
    def execute_action(
        cls,
        objects: list[Page],
        include_descendants: bool = False,
        user: Any = None,
        told: list[str] | None = None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        """Publish pages; ``told`` gets a sentence for each that has a review or waits for a day."""
        lines = [] if told is None else told
        counts, done = [0, 0], set()
        for page in objects:
            below = publishable_below(page, user) if include_descendants else ()
            for level, one in ((0, page), *((1, one) for one in below)):
                if one.pk not in done:
                    done.add(one.pk)
                    counts[level] += publish(one.specific, user, lines)
        return counts[0], counts[1]

    def get_success_message(self, above: int, below: int) -> str | None:
        if self.told:
            lines = format_html_join("", "<li>{}</li>", ((one,) for one in self.told[:TOLD]))
            more = f"And {len(self.told) - TOLD} more." if self.told[TOLD:] else ""
            text = format_html("About single pages:<ul>{}</ul>{}", lines, more)
            messages.info(self.request, text)
        return str(super().get_success_message(above, below)) if above or below else None


def why_not(page: Page, person: Any) -> str:
    """Return why a person can't publish a page because of its review, ``""`` if they can."""
    return refusal(page, person) if page.workflow_in_progress else ""


def publishable_below(page: Page, person: Any) -> Iterator[Page]:
    """Yield the pages below a page that are not public and that a person may publish."""
    for one in page.get_descendants().not_live().defer_streamfields().specific().iterator():
        if one.permissions_for_user(person).can_publish():
            yield one


def publish(page: Page, person: Any, told: list[str]) -> int:
    """Publish a page, or approve it if it waits. Return 1 if it is published without a review;
    otherwise ``told`` gets a sentence."""
    name = f"“{page.get_admin_display_title()}”"
    if why := why_not(page, person):
        told.append(f"{name} is not published. {why}")
        return 0
    if page.workflow_in_progress:
        told.append(outcome(page.pk, approve(page, person))[1])
        return 0
    if page.current_workflow_state is not None:
        told.append(f"{name} had gone back for changes. Its review has ended with this.")
    revision = page.get_latest_revision() or page.save_revision(user=person)
    revision.publish(user=person)
    if scheduled := Page.objects.get(pk=page.pk).scheduled_revision:
        at = render_timestamp(scheduled.approved_go_live_at)
        told.append(f"{name} waits for its day: it will be published on {at}.")
        return 0
    return 1


class LeadOnPagesForm(LeadOnForm):
    """Where the addresses lead, on the screen that unpublishes many pages."""

    include_descendants = forms.BooleanField(
        label="Unpublish the pages below them, too", required=False
    )


class _LeadingOn:
    """A bulk action that asks where the addresses of pages are to lead."""

    request: HttpRequest
    is_for_good = False
    otherwise: tuple[str, ...] = ()

    def __init__(self, request: HttpRequest, model: type[Page]) -> None:
        super().__init__(request, model)  # type: ignore[call-arg]
        self.leaving: list[Departure] = []
        self.told: list[str] = []

    def get_form_kwargs(self) -> dict[str, Any]:
        view: Any = self
        pages = view.get_actionable_objects()[0]
        given = super().get_form_kwargs()  # type: ignore[misc]
        return {**given, "pages": pages, "is_for_good": self.is_for_good}

    def prepare_action(self, objects: list[Page], others: dict[str, Any]) -> Any:
        """Look at the addresses while the pages are there."""
        answer = super().prepare_action(objects, others)  # type: ignore[misc]
        form: Any = self.cleaned_form  # type: ignore[attr-defined]
        below = self.is_for_good or form.cleaned_data["include_descendants"]
        self.leaving = departures(form, objects, below)
        return answer

    def get_execution_context(self) -> dict[str, Any]:
        view: Any = self
        given = super().get_execution_context()  # type: ignore[misc]
        return {
            **given, "leaving": self.leaving, "form": view.cleaned_form, "told": self.told
        }  # fmt: skip

    @classmethod
    def execute_action(
        cls, objects: list[Page], leaving: Any = (), form: Any = None, told: Any = None, **rest: Any
    ) -> Any:
        """Let the pages go, then lead on from their addresses; ``told`` gets a sentence."""
        counts = super().execute_action(objects, **rest)  # type: ignore[misc]
        if form is not None and (text := lead_on(leaving, form)):
            told.append(text)
        return counts

    def get_success_message(self, above: int, below: int) -> str:
        message = super().get_success_message(above, below)  # type: ignore[misc]
        return " ".join([f"{message}.", *(self.told or self.otherwise)])


class UnpublishPages(_LeadingOn, UnpublishBulkAction):  # type: ignore[misc]
    """Wagtail's action, which also asks where the addresses are to lead."""

    form_class = LeadOnPagesForm
    otherwise = (NOT_FOUND,)

    def get_form(self, form_class: Any = None) -> LeadOnPagesForm:
        """Ask about pages below only where there are some."""
        form: LeadOnPagesForm = super().get_form(form_class)
        if not any(page.get_descendants().live().exists() for page in form.pages):
            form.fields["include_descendants"].widget = forms.HiddenInput()
        return form


class DeletePages(_LeadingOn, DeleteBulkAction):  # type: ignore[misc]
    """Wagtail's action, which also asks where the addresses are to lead."""

    form_class = LeadOnForm
    is_for_good = True

    @classmethod
    def execute_action(cls, objects: list[Page], *args: Any, **kwargs: Any) -> Any:
        """Delete each page once: one below another that is chosen goes with it."""
        chosen = [one for one in objects if not any(one.is_descendant_of(up) for up in objects)]
        return super().execute_action(chosen, *args, **kwargs)


ACTIONS = (PublishPages, UnpublishPages, DeletePages)


@hooks.register("before_bulk_action")
def refuse_taken_addresses(
    request: HttpRequest, kind: str, pages: list[Page], action: BulkAction
) -> HttpResponse | None:
    """Two pages can't live at one address."""
    if kind != "move" or action.model is not Page:
        return None
    destination = action.cleaned_form.cleaned_data["chooser"]
    for page in pages:
        holder = holder_at_destination(page, destination)
        if holder is not None:
            what = f"Nothing was moved. Give “{page.title}” another address first."
            messages.error(request, clash_message(holder, what))
            return redirect(action.next_url)
    return None


@hooks.register("after_bulk_action")
def tell_other_slugs(
    request: HttpRequest, kind: str, pages: list[Page], action: BulkAction
) -> None:
    """At the new place another page may live where a moved one would."""
    if kind != "move" or action.model is not Page:
        return
    now = dict(Page.objects.filter(pk__in=[page.pk for page in pages]).values_list("pk", "slug"))
    for page in pages:
        if now[page.pk] != page.slug:
            messages.warning(request, slug_message(page.title, now[page.pk]))
