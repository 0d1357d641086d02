"""Pages that wait for approval: who approves publishes, and is told what happened.

A page that waits is published by its approval, whatever the approver changed meanwhile. Outside
of its form nobody sees what somebody else changed after it was submitted, so there such a page
has to be looked at first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.utils.timestamps import render_timestamp

APPROVE = "approve"


class ApprovingEditView(EditView):
    """The form of a page, whose messages say what became of an approval."""

    def add_save_confirmation_message(self) -> None:
        """Override of ``EditView.add_save_confirmation_message``, which says “updated”."""
        title = self.page.get_admin_display_title()
        if self.action_name == "perform_workflow_action":
            tell_outcome(self.request, self.page.pk, self.workflow_state)
        elif self.request.POST.get("action-workflow-action"):
            messages.warning(
                self.request,
                f"“{title}” no longer waits for approval: somebody decided about it, or called it"
                " back. Your text is saved as a draft and not published.",
            )
        elif self.page.workflow_in_progress:
            messages.success(self.request, f"“{title}” is saved. It still waits for approval.")
        else:
            super().add_save_confirmation_message()
        tell_expiry(self.request, self.page)

    def publish_action(self) -> HttpResponse:
        """Publish, and say it if that ended a review."""
        state = self.page.current_workflow_state
        answer: HttpResponse = super().publish_action()
        if state is not None:
            status = WorkflowState.objects.values_list("status", flat=True).get(pk=state.pk)
            if status == WorkflowState.STATUS_CANCELLED:
                title = self.page.get_admin_display_title()
                messages.warning(self.request, f"“{title}” had a review. It has ended with this.")
        return answer


class ApprovingActionView(WorkflowActionView):
    """Approving and returning a page without opening its form, from the admin's first page."""

    def get_redirect_url(self) -> str:
        """Override of ``WorkflowAction.get_redirect_url``: back to where the list is."""
        return get_valid_next_url_from_request(self.request) or reverse("wagtailadmin_home")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Override of ``WorkflowAction.get``: a dialog where a script asks for it, else a page,
        to which the menu of a list leads."""
        answer: HttpResponse
        if _is_by_script(request) or self.action_name != APPROVE:
            answer = super().get(request, *args, **kwargs)
            return answer
        page = self.object.specific
        context = {"page": page, "words": approval_words(page), "leave_url": self.redirect_url}
        return self._refused() or render(request, "content/admin/approve.html", context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide, and say what became of the page."""
        if (refused := self._refused()) is not None:
            return refused
        page = self.object
        answer: HttpResponse = super().post(request, *args, **kwargs)
        self.task_state.refresh_from_db()
        if self.task_state.status != TaskState.STATUS_IN_PROGRESS:
            tell_outcome(request, page.pk, self.task_state.workflow_state)
        return answer

    def _refused(self) -> HttpResponse | None:
        """Leave, with the reason said, if somebody else decided or changed the page meanwhile."""
        page = self.object.specific
        current = page.current_workflow_task_state
        if current is None or current.pk != self.task_state.pk:
            messages.error(
                self.request,
                f"Somebody else decided about “{page.draft_title}” while you looked at it.",
            )
            return self._leave()
        unseen = unseen_by(page, self.task_state, self.request.user.pk)
        if not unseen or self.action_name != APPROVE:
            return None
        messages.error(
            self.request,
            f"“{page.draft_title}” is not approved yet. {unseen} changed it after it was"
            " submitted. Look at it as it is now, and approve it there.",
        )
        self.redirect_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return self._leave()

    def _leave(self) -> HttpResponse:
        if _is_by_script(self.request):
            step = {"step": "success", "redirect": self.redirect_url}
            return self.render_modal_json(self.request, step)
        return redirect(self.redirect_url)


def _is_by_script(request: HttpRequest) -> bool:
    return request.headers.get("x-requested-with") == "XMLHttpRequest"


def offer_approval(page: Page, user: Any, next_url: str | None = None) -> Iterator[MenuItem]:
    """Yield the first entry in the menu of a page in lists, if it waits and the person may
    approve it."""
    state = page.current_workflow_task_state if page.workflow_in_progress else None
    if state is None or APPROVE not in _actions(state, page, user):
        return
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, APPROVE, state.pk])
    if next_url:
        address += f"?{urlencode({'next': next_url})}"
    yield MenuItem(approval_words(page), address, "success", priority=1)


def _actions(state: TaskState, page: Page, person: Any) -> set[str]:
    return {name for name, *_ in state.task.specific.get_actions(page, person)}


def unseen_by(page: Page, state: TaskState, person: int | None) -> str:
    """Return who changed a page after it was submitted, ``""`` if nobody but the person with
    that primary key did."""
    later = page.revisions.filter(pk__gt=state.revision_id).select_related("user").order_by("-pk")
    for revision in later:
        if revision.user is None:
            return "An import"
        if revision.user_id != person:
            return str(user_display_name(revision.user))
    return ""


def refusal(page: Page, person: Any) -> str:
    """Return why a person can't approve a page that waits without opening its form, ``""`` if
    they can."""
    state = page.current_workflow_task_state
    if APPROVE not in _actions(state, page, person):
        return f"It waits for “{state.task.name}”, where you are not asked. Its review goes on."
    unseen = unseen_by(page, state, person.pk)
    if unseen:
        return f"{unseen} changed it after it was submitted. Approve it in its form."
    return ""


def approve(page: Page, person: Any) -> WorkflowState:
    """Approve a page that waits, and return the state of its workflow."""
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, person, APPROVE)
    return state.workflow_state


def tell_outcome(request: HttpRequest, key: int, state: WorkflowState) -> None:
    """Say what became of the page with a primary key after a decision in its workflow."""
    page, text, is_public = outcome(key, state)
    edit = messages.button(reverse("wagtailadmin_pages:edit", args=[key]), "Edit")
    if is_public is None:
        messages.warning(request, text, buttons=[edit])
        return
    view = [messages.button(page.url, "View live")] if is_public and page.url else []
    messages.success(request, text, buttons=[*view, edit])


def outcome(key: int, state: WorkflowState) -> tuple[Page, str, bool | None]:
    """Return a page after a decision in its workflow, what became of it in words, and whether
    visitors see what was decided about; ``None`` if they should and do not."""
    page, state = Page.objects.get(pk=key).specific, WorkflowState.objects.get(pk=state.pk)
    name = f"“{page.get_admin_display_title()}”"
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        author = user_display_name(state.requested_by) if state.requested_by else ""
        return page, f"{name} went back{f' to {author}' if author else ''} for changes.", False
    if state.status == WorkflowState.STATUS_IN_PROGRESS:
        following = state.current_task_state.task.name
        return page, f"{name} is approved here. Next it waits for “{following}”.", False
    if page.scheduled_revision:
        at = render_timestamp(page.scheduled_revision.approved_go_live_at)
        return page, f"{name} is approved. It will be published on {at}.", False
    if page.live:
        return page, f"{name} is approved and published.", True
    text = f"{name} is approved, and not public: its time is over, or it was taken back."
    return page, text, None


def tell_expiry(request: HttpRequest, page: Page) -> None:
    """Say of a page whose time is over that visitors don't see it, and how to bring it back."""
    if page.expire_at is None or page.expire_at > timezone.now():
        return
    messages.warning(
        request,
        f"The time of “{page.get_admin_display_title()}” ended on"
        f" {render_timestamp(page.expire_at)}, so visitors don't find it, or not for long. To"
        " bring it back, choose “Edit schedule” under “Status”, empty the expiry or give a later"
        " one, and publish the page.",
    )


def approval_words(page: Page) -> str:
    """Return what approving a page that waits does, as the words of a button."""
    if not page.current_workflow_state.is_at_final_task:
        return "Approve"
    is_later = page.go_live_at is not None and page.go_live_at > timezone.now()
    return "Approve and schedule" if is_later else "Approve and publish"


def put_approval_first(items: list[ActionMenuItem], request: HttpRequest, context: Any) -> None:
    """Make “Approve and publish” the main button of a page that waits, for who may approve it.

    It takes the place of “Publish”, which would end the workflow without a word to the author.
    """
    offered = [item for item in items if item.name == APPROVE]
    if not offered or context["view"] != "edit":
        return
    text = approval_words(context["page"])
    for item in offered:
        item.label = f"{text}, with a comment" if item.launch_modal else text
    offered.sort(key=lambda item: item.launch_modal)
    rest = [item for item in items if item not in offered and not isinstance(item, PublishMenuItem)]
    items[:] = [*offered, *rest]
