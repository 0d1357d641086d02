"""The report of the care list, and its panel on the admin's first page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.generic import ListView
from wagtail.admin import messages as notices
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import page_permission_policy

from care import actions
from care.kinds import ALT_TEXT, HEADINGS_DEEP, all_kinds
from care.listing import (
    ALL,
    MINE,
    Filter,
    counts,
    may_see,
    of_person,
    sections,
    visible_items,
    with_the_same,
)
from care.models import CareItem
from care.rows import rows_of, wordless_items
from content.counting import counted
from content.page_data.stored import number_of

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
    # What somebody typed into the list, by the key of the item.
    typed: Mapping[int, str] = MappingProxyType({})

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
        rows = rows_of(list(context["object_list"]), kinds, self.request.user)
        for row in rows:
            row.typed = self.typed.get(row.item.pk, "")
        visible = visible_items(self.request.user)
        if self.filter.whose == MINE:
            visible = visible.filter(of_person(self.request.user))
        found = {one.kind for one in context["object_list"]}
        has_changes = not found.isdisjoint({*actions.WRITABLE, *KIND_CHANGED.values()})
        user = self.request.user
        return context | {
            "filter": self.filter,
            "query": self.filter.query(),
            "kinds": kinds.values(),
            "kind": kinds.get(self.filter.kind),
            "counts": counts(visible, kinds, self.filter.whose),
            "states": CareItem.State.choices,
            "sections": sections(self.request.user),
            "rows": rows,
            "has_writable": not found.isdisjoint(actions.WRITABLE),
            "has_pictures": ALT_TEXT in found,
            "has_headings": HEADINGS_DEEP in found,
            "may_publish": has_changes
            and page_permission_policy.user_has_any_permission(user, ["publish"]),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what a button says with the chosen items, then show the list again.

        Texts of items that are still open were not written; they stand in the list again.
        """
        self.typed = _typed(request)
        try:
            outcome = self._act(request)
        except actions.Refused as refusal:
            notices.error(request, str(refusal))
        else:
            self._tell(request, outcome)
        open_items = visible_items(request.user).filter(state=CareItem.State.OPEN)
        if open_items.filter(pk__in=self.typed).exists():
            return self.get(request, *args, **kwargs)
        query = self.filter.query()
        page = request.GET.get("p", "")
        more = f"&p={page}" if page.isdecimal() else ""
        return HttpResponseRedirect(f"{reverse('care_list')}?{query}{more}")

    def _act(self, request: HttpRequest) -> actions.Outcome:
        action = request.POST.get("action", "")
        publish = "publish" in request.POST
        if action == "write":
            if not self.typed:
                raise actions.Refused("Type a text beside an item first.")
            texts = _everywhere(request, self.typed)
            written = visible_items(request.user).filter(pk__in=texts).select_related("page")
            _refuse_too_many(written)
            return actions.write_texts(written, texts, request.user, publish)
        items = self._chosen(request)
        if action == "dismiss":
            reason = request.POST.get("reason", "")
            return actions.dismiss(with_the_same(items, request.user), request.user, reason)
        if action == "reopen":
            return actions.reopen(with_the_same(items, request.user))
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
            ticked = _numbers(request, "item")
            items = visible_items(request.user).filter(pk__in=ticked).select_related("page")
        if not items.exists():
            raise actions.Refused("Tick at least one item first.")
        kind = KIND_CHANGED.get(request.POST.get("action", ""))
        if kind is None:
            return list(items)
        items = items.filter(kind=kind)
        _refuse_too_many(items)
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
    """Return the texts typed into the list, by the key of their item."""
    return {
        key: str(value)
        for name, value in request.POST.items()
        if name.startswith("text-") and str(value).strip()
        if (key := number_of(name.removeprefix("text-"))) is not None
    }


def _numbers(request: HttpRequest, name: str) -> set[int]:
    """Return the keys of items that a field names; what can be no key is passed over."""
    found = (number_of(value) for value in request.POST.getlist(name))
    return {key for key in found if key is not None}


def _everywhere(request: HttpRequest, typed: Mapping[int, str]) -> dict[int, str]:
    """Return texts by the key of their item, with each of those that are meant for all places of
    their picture under the keys of the other places, too; what was typed there itself stays."""
    ticked = _numbers(request, "everywhere")
    named = visible_items(request.user).filter(pk__in=ticked & set(typed), kind=ALT_TEXT)
    texts = {one.detail["image"]: typed[one.pk] for one in named if "image" in one.detail}
    others = {
        one.pk: texts[one.detail["image"]] for one in wordless_items(set(texts), request.user)
    }
    return others | dict(typed)


def _refuse_too_many(items: QuerySet[CareItem]) -> None:
    """
    Raises:
        Refused: if items stand on more pages than are changed at once.
    """
    pages = items.order_by().values("page_id").distinct()
    if len(pages[: MOST_PAGES + 1]) > MOST_PAGES:
        raise actions.Refused(
            f"These are more than {MOST_PAGES} pages. Nothing was changed. Narrow the list"
            " down by section or title first, or tick items."
        )


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
