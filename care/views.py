"""The report of the care list, and its panel on the admin's first page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.generic import ListView
from wagtail import hooks
from wagtail.admin import messages as notices
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from care import actions
from care.kinds import ACTIONS_HOOK, ALT_TEXT, HEADINGS_DEEP, all_kinds, guarded_kinds
from care.listing import (
    ALL,
    MINE,
    Filter,
    counts,
    edit_address,
    may_see,
    of_person,
    sections,
    visible_items,
)
from care.models import CareItem
from content.counting import counted
from content.models import SiteImage

# More than anybody means to change with one click; each page is a revision of its own.
MOST_PAGES = 100
# Which items the actions that change pages deal with; they pass over all others.
KIND_CHANGED = {"decorative": ALT_TEXT, "raise": HEADINGS_DEEP}


class CareListView(WagtailAdminTemplateMixin, ListView):
    """The items that somebody may see, to be filtered and dealt with, one by one or many at once.

    Wagtail lets in only who may use the admin at all; who may edit no page is sent away.
    """

    template_name = "care/admin/list.html"
    page_title = "Care list"
    header_icon = "clipboard-list"
    paginate_by = 50
    page_kwarg = "p"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see(request.user):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def filter(self) -> Filter:
        """What the list is narrowed down to."""
        return Filter.of(self.request.GET)

    def get_queryset(self) -> QuerySet[CareItem]:
        items = self.filter.apply(visible_items(self.request.user), self.request.user)
        return items.select_related("page__content_type")

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Any, Any, Any, bool]:
        """Override of ``MultipleObjectMixin.paginate_queryset``: beyond the end stands the last
        page, since dealing with items makes the list shorter."""
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get(self.page_kwarg))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        kinds = all_kinds()
        visible = visible_items(self.request.user)
        if self.filter.whose == MINE:
            visible = visible.filter(of_person(self.request.user))
        return context | {
            "filter": self.filter,
            "query": self.filter.query(),
            "kinds": kinds.values(),
            "kind": kinds.get(self.filter.kind),
            "counts": counts(visible, kinds, self.filter.whose),
            "states": CareItem.State.choices,
            "sections": sections(self.request.user),
            "rows": self._rows(context["object_list"], kinds),
            "has_writable": any(one.kind in actions.WRITABLE for one in context["object_list"]),
            "has_pictures": any(one.kind == ALT_TEXT for one in context["object_list"]),
            "has_headings": any(one.kind == HEADINGS_DEEP for one in context["object_list"]),
        }

    def _rows(self, items: Any, kinds: Any) -> list[dict[str, Any]]:
        shown = list(items)
        pictures = {item.detail["image"] for item in shown if item.detail.get("image")}
        titles = dict(SiteImage.objects.filter(pk__in=pictures).values_list("pk", "title"))
        return [self._row(item, kinds, titles) for item in shown]

    def _row(self, item: CareItem, kinds: Any, titles: Mapping[int, str]) -> dict[str, Any]:
        functions = hooks.get_hooks(ACTIONS_HOOK)
        writable = item.kind in actions.WRITABLE and item.state == CareItem.State.OPEN
        return {
            "item": item,
            "kind": kinds.get(item.kind),
            "title": item.page.get_admin_display_title(),
            # Who may mend something else need not be allowed to open the page.
            "address": "" if item.kind in guarded_kinds() else edit_address(item),
            # Of several pictures on a page, which one is meant.
            "picture": titles.get(item.detail.get("image", 0), ""),
            # A picture in imported HTML has its text there.
            "writable": writable and not ("number" in item.detail and "image" not in item.detail),
            "actions": [action for function in functions for action in function(item)],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what a button says with the chosen items, then show the list again."""
        try:
            outcome = self._act(request)
        except actions.Refused as refusal:
            notices.error(request, str(refusal))
        else:
            self._tell(request, outcome)
        query = self.filter.query()
        page = request.GET.get("p", "")
        more = f"&p={page}" if page.isdecimal() else ""
        return HttpResponseRedirect(f"{reverse('care_list')}?{query}{more}")

    def _act(self, request: HttpRequest) -> actions.Outcome:
        action = request.POST.get("action", "")
        publish = "publish" in request.POST
        if action == "write":
            typed = _typed(request)
            written = visible_items(request.user).filter(pk__in=typed).select_related("page")
            return actions.write_texts(written, typed, request.user, publish)
        items = self._chosen(request)
        if action == "dismiss":
            return actions.dismiss(items, request.user, request.POST.get("reason", ""))
        if action == "reopen":
            return actions.reopen(items)
        if action == "decorative":
            return actions.call_decorative(items, request.user, publish)
        if action == "raise":
            return actions.raise_headings(items, request.user, publish)
        raise actions.Refused("Choose what to do with the items.")

    def _chosen(self, request: HttpRequest) -> list[CareItem]:
        """Return the items that are ticked, or all that the filter finds; for an action that
        changes pages, those of its kind.

        Raises:
            Refused: if there are none, or their pages are more than are changed at once.
        """
        if request.POST.get("scope") == "all":
            items = self.get_queryset()
        else:
            ticked = [int(pk) for pk in request.POST.getlist("item") if pk.isdecimal()]
            items = visible_items(request.user).filter(pk__in=ticked).select_related("page")
        if not items.exists():
            raise actions.Refused("Tick at least one item first.")
        kind = KIND_CHANGED.get(request.POST.get("action", ""))
        if kind is None:
            return list(items)
        items = items.filter(kind=kind)
        pages = items.order_by().values("page_id").distinct()
        if len(pages[: MOST_PAGES + 1]) > MOST_PAGES:
            raise actions.Refused(
                f"These are more than {MOST_PAGES} pages. Nothing was changed. Narrow the list"
                " down by section or title first, or tick items."
            )
        return list(items)

    def _tell(self, request: HttpRequest, outcome: actions.Outcome) -> None:
        for sentence in outcome.refused:
            notices.error(request, sentence)
        if outcome.done:
            text = f"{counted(outcome.done, 'item')} dealt with."
            if outcome.published:
                text += f" {counted(outcome.published, 'page')} published."
            if outcome.drafts:
                text += f" {counted(outcome.drafts, 'page')} saved as draft."
            notices.success(request, text)
        elif not outcome.refused:
            notices.warning(request, "None of the chosen items can be dealt with in this way.")


def _typed(request: HttpRequest) -> dict[int, str]:
    """Return the texts typed into the list, by the key of their item.

    Raises:
        Refused: if there is none.
    """
    texts = {
        int(number): str(value)
        for name, value in request.POST.items()
        for prefix, _, number in [name.partition("-")]
        if prefix == "text" and number.isdecimal() and str(value).strip()
    }
    if not texts:
        raise actions.Refused("Type a text beside an item first.")
    return texts


class CarePanel(Component):
    """What waits for somebody, on the admin's first page: their own pages, then all that they
    may edit."""

    name = "care_list"
    template_name = "care/admin/panel.html"
    order = 250

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = self.request.user
        kinds = all_kinds()
        visible = visible_items(user)
        parts = []
        for whose, title, items in (
            (MINE, "Pages of yours", visible.filter(of_person(user))),
            (ALL, "All pages that you may edit", visible),
        ):
            found = counts(items, kinds, whose)
            parts.append(
                {
                    "title": title,
                    "counts": found,
                    "number": sum(one.number for one in found),
                    "query": Filter(whose=whose).query(),
                }
            )
        return {"parts": parts}


def panels_for(request: HttpRequest) -> Iterable[CarePanel]:
    """Yield the panel for who may edit pages."""
    if may_see(request.user):
        yield CarePanel(request)
