"""The panels of the admin's first page from which people start: add, go on, see who waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q
from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupApprovalTask, Page, Site, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy, policy_registry

from content.models import ContentPage
from navigation.branding import site_for
from navigation.models import Footer, Menu, NavigationSettings, Notification, SiteIdentity
from resources.models import ArticlePage, ResourceCategoryPage, ResourceRoomPage
from resources.uploads import may_add_files

# So many rows a panel shows.
ROWS = 8
# Functions of a person that return further ways to begin (:class:`Start`).
STARTS_HOOK = "register_starts"


@dataclass(frozen=True)
class Start:
    """A way to begin: what is done, with what or at which place, and its address. ``to`` leads
    from the one to the other for people who listen."""

    words: str
    place: str
    address: str
    to: str = " to "


def starts_for(user: Any) -> list[Start]:
    """Return what somebody may add, and where: news and circulars by category, pages by section."""
    found: list[Start] = []
    editable = page_permission_policy.instances_user_has_any_permission_for(user, ["add"])
    rooms = editable.type(ResourceRoomPage, ResourceCategoryPage).order_by("path")
    for place in rooms.specific()[: 4 * ROWS]:
        # A room with categories keeps its items in them.
        if isinstance(place, ResourceRoomPage) and place.numchild:
            continue
        title = place.get_admin_display_title()
        if _may_add(user, place, ArticlePage):
            found.append(Start("Add news", title, _form(ArticlePage, place)))
        if may_add_files(user, place):
            files = reverse("resources_add_files", args=[place.pk])
            found.append(Start("Add circulars and files", title, files))
    homes = editable.filter(sites_rooted_here__isnull=False)
    below = Q(pk__in=[])
    for home in homes:
        below |= Q(path__startswith=home.path, depth__lte=home.depth + 1)
    for place in editable.filter(below).order_by("path").specific()[: 4 * ROWS]:
        if _may_add(user, place, ContentPage) and not isinstance(place, ContentPage):
            title = place.get_admin_display_title()
            found.append(Start("Add a page", title, _form(ContentPage, place)))
    return found


def starts_for_site(user: Any, site: Site | None) -> list[Start]:
    """Return what somebody may change that all pages of a site share."""
    if site is None:
        return []
    chosen = NavigationSettings.objects.filter(site=site).first()
    found = []
    for model, place, key in (
        (Menu, "menu", chosen and chosen.menu_id),
        (Footer, "footer", chosen and chosen.footer_id),
    ):
        if _may_change(user, model):
            views = model.snippet_viewset
            edit, every = views.get_url_name("edit"), views.get_url_name("list")
            found.append((place, reverse(edit, args=[key]) if key else reverse(every)))
    for setting, place in (
        (SiteIdentity, "name, logo and colours"),
        (Notification, "announcement"),
    ):
        if _may_change(user, setting):
            args = [setting._meta.app_label, setting._meta.model_name, site.pk]
            found.append((place, reverse("wagtailsettings:edit", args=args)))
    if _may_change(user, Redirect):
        found.append(("redirects", reverse("wagtailredirects:index")))
    ways = [Start("Change", place, address, " the ") for place, address in found]
    return ways + [one for more in hooks.get_hooks(STARTS_HOOK) for one in more(user)]


def _may_change(user: Any, model: type[Model]) -> bool:
    return bool(policy_registry.get_by_type(model).user_has_permission(user, "change"))


def _may_add(user: Any, place: Any, model: type[Page]) -> bool:
    return model in place.creatable_subpage_models() and bool(
        place.permissions_for_user(user).can_add_subpage()
    )


def _form(model: type[Page], place: Page) -> str:
    return reverse(
        "wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, place.pk]
    )


class StartPanel(Component):
    """What somebody may add, each with the place that it goes to, and what they look after."""

    name = "start"
    template_name = "editors/admin/dashboard/start.html"
    order = 40

    def __init__(self, user: Any, site: Site | None) -> None:
        self.user = user
        self.site = site

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        places = starts_for(self.user)
        if places:
            places.append(
                Start("Elsewhere", "all pages", reverse("wagtailadmin_explore_root"), ": ")
            )
        groups: dict[str, list[Start]] = {}
        for one in (*places, *starts_for_site(self.user, self.site)):
            groups.setdefault(one.words, []).append(one)
        return {"groups": {words: ways[:ROWS] for words, ways in groups.items()}}


class DraftsPanel(Component):
    """Pages that somebody began or changed and that wait for nobody but them."""

    name = "my_drafts"
    template_name = "editors/admin/dashboard/drafts.html"
    order = 60

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        pages = page_permission_policy.instances_user_has_permission_for(self.user, "change")
        waiting = _in_progress().values("object_id")
        mine = (
            pages.filter(Q(owner=self.user) | Q(latest_revision__user=self.user))
            .filter(has_unpublished_changes=True)
            .exclude(pk__in=[int(one["object_id"]) for one in waiting])
            .filter(go_live_at__isnull=True)
            .order_by("-latest_revision_created_at")
        )
        return {"pages": mine[:ROWS], "number": mine.count(), "shown": ROWS}


@dataclass(frozen=True)
class Waiting:
    """A page that waits: for which groups, who submitted it, and since when."""

    page: Page
    groups: Sequence[str]
    person: str
    since: Any


class WaitingPanel(Component):
    """Which pages that somebody may edit wait for others, and for whom. What waits for that
    person stands in Wagtail's list, with what they may do about it."""

    name = "waiting"
    template_name = "editors/admin/dashboard/waiting.html"
    order = 120

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        pages = page_permission_policy.instances_user_has_permission_for(self.user, "change")
        states = list(
            _in_progress()
            .select_related("current_task_state__task", "requested_by")
            .order_by("created_at")
        )
        known = pages.in_bulk([int(state.object_id) for state in states])
        own = set(
            TaskState.objects.reviewable_by(self.user).values_list("workflow_state", flat=True)
        )
        rows = [
            Waiting(page, _groups_of(state), _person(state), state.created_at)
            for state in states
            if state.pk not in own and (page := known.get(int(state.object_id))) is not None
        ]
        return {"rows": rows[:ROWS], "number": len(rows), "shown": ROWS, "own": bool(own)}


def _in_progress() -> Any:
    """Return the workflows of pages that wait for somebody."""
    return WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
    )


def _groups_of(state: WorkflowState) -> list[str]:
    task = state.current_task_state.task.specific if state.current_task_state else None
    if not isinstance(task, GroupApprovalTask):
        return []
    return list(task.groups.order_by("name").values_list("name", flat=True))


def _person(state: WorkflowState) -> str:
    person = state.requested_by
    return "" if person is None else str(person.get_full_name() or person.get_username())


def panels_for(request: HttpRequest) -> Iterable[Component]:
    """Yield the panels for a person."""
    user = request.user
    yield StartPanel(user, site_for(user, request))
    if page_permission_policy.user_has_any_permission(user, ["add", "change"]):
        yield DraftsPanel(user)
        yield WaitingPanel(user)
