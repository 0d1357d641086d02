"""Accepting several imported pages at once: those that were ticked, or all complete ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html, format_html_join
from wagtail.admin import messages as notices
from wagtail.models import Page, Site

from content.counting import counted
from isomer.messages import Level
from isomer.models import Certificate, SignOff
from isomer.review import (
    WAITING,
    ChangedMeanwhile,
    RemarkNeeded,
    decide,
    imported_pages,
    open_messages,
    seen,
)
from isomer.views.filters import Filter, sections_of

COMPLETE = (Certificate.State.PASSED, Certificate.State.EXPLAINED)
# So many reasons stand in the message; the pages stay ticked off in the list anyway.
REASONS_SHOWN = 10


def pages_with_errors(site: Site) -> set[int]:
    """Return the ids of pages on which the last import found errors."""
    errors = open_messages(site).filter(level=Level.ERROR, page__isnull=False)
    return {int(pk) for pk in errors.values_list("page_id", flat=True)}


def complete_pages(site: Site, section: str) -> list[Any]:
    """Return the rows of a section that wait for somebody and are complete: verified since the
    last import, without an unexplained difference and without an error."""
    found = Filter(section=section).apply(imported_pages(site), site)
    with_errors = pages_with_errors(site)
    waiting = found.filter(looked__in=WAITING, verified__in=COMPLETE)
    return [row for row in waiting if row.object_id not in with_errors]


def seen_of(rows: Iterable[Any]) -> str:
    """Return what stands for the states of several rows that somebody sees."""
    states = "\n".join(f"{row.pk} {seen(row)}" for row in rows)
    return hashlib.sha256(states.encode()).hexdigest()


class AcceptingMixin:
    """What the list of imported pages does when its form is sent. Each page gets a decision of
    its own, as if it had been accepted alone."""

    request: HttpRequest

    @property
    def site(self) -> Site | None:
        """The site that is signed off."""
        raise NotImplementedError

    @property
    def filter(self) -> Filter:
        """What the list is narrowed down to."""
        raise NotImplementedError

    def accepting(self, site: Site) -> dict[str, Any]:
        """Return what the list shows of it."""
        section = self.filter.section
        title = dict(sections_of(site)).get(section, "")
        rows = complete_pages(site, section) if title else []
        return {
            "section_title": title,
            "complete": len(rows),
            "complete_seen": seen_of(rows) if rows else "",
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Accept what was ticked, or all complete pages of the section; then show the list."""
        site = self.site
        back = HttpResponseRedirect(request.get_full_path())
        if site is None:
            return back
        if request.POST.get("action") == "complete":
            rows = complete_pages(site, self.filter.section) if self.filter.section else []
            if not rows or seen_of(rows) != request.POST.get("complete"):
                notices.error(
                    request,
                    "The complete pages of this section are others than when this list was shown,"
                    " so nothing was accepted. Look at the list again.",
                )
                return back
            was_seen = {row.pk: seen(row) for row in rows}
        else:
            keys = [
                key for key in request.POST.getlist("page") if key.isdecimal() and len(key) < 10
            ]
            rows = list(imported_pages(site).filter(pk__in=keys))
            was_seen = {row.pk: request.POST.get(f"seen-{row.pk}", "") for row in rows}
            if not rows:
                notices.warning(request, "Tick the pages that you accept.")
                return back
        self._accept(site, rows, was_seen)
        return back

    def _accept(self, site: Site, rows: list[Any], was_seen: dict[int, str]) -> None:
        with_errors = pages_with_errors(site)
        remark = self.request.POST.get("remark", "")
        titles = dict(
            Page.objects.filter(pk__in=[row.object_id for row in rows]).values_list(
                "pk", "draft_title"
            )
        )
        refused: list[tuple[str, str]] = []
        for row in rows:
            try:
                decide(
                    row,
                    SignOff.Decision.ACCEPTED,
                    self.request.user,
                    remark,
                    was_seen[row.pk],
                    row.object_id in with_errors,
                )
            except (ChangedMeanwhile, RemarkNeeded) as error:
                refused.append((titles.get(row.object_id, row.source_path), str(error)))
        done = len(rows) - len(refused)
        if done:
            notices.success(
                self.request,
                f"{counted(done, 'page was', 'pages were')} accepted.",
            )
        if refused:
            reasons = format_html_join("", "<li>{}: {}</li>", refused[:REASONS_SHOWN])
            more = len(refused) - REASONS_SHOWN
            tail = f" And {more} more." if more > 0 else ""
            notices.error(
                self.request,
                format_html("Not accepted:<ul>{}</ul>{}", reasons, tail),
            )
