"""What the admin says of menus and footers before pages go, move or get other names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from content.panels import NOTES_HOOK
from navigation.uses import Use, uses_of

# So many are named; a section may hold hundreds of pages.
NAMED = 12
GOES = "Visitors will no longer see these entries of menus and footers:"
GOES_BELOW = "If the pages below it go as well, visitors will no longer see these either:"
FOLLOWS = "These entries of menus and footers lead to this page or pages below it, and follow it:"
FOLLOWS_ALL = (
    "These entries of menus and footers lead to them or pages below them, and follow them:"
)
WHO = "Who may change menus and footers can give them another target: tell a site manager."


def note(text: str, uses: Sequence[Use], tail: str = "") -> SafeString:
    """Return what a message says of some entries, ``""`` without any."""
    if not uses:
        return SafeString("")
    titles = dict(
        Page.objects.filter(pk__in={use.page_id for use in uses}).values_list("pk", "title")
    )
    lines = ((use.named(titles.get(use.page_id, "")),) for use in uses[:NAMED])
    more = f"And {len(uses) - NAMED} more." if uses[NAMED:] else ""
    return format_html(
        "{}<ul>{}</ul>{} {}", text, format_html_join("", "<li>{}</li>", lines), more, tail
    )


def below(pages: Iterable[Page]) -> set[int]:
    """Return the ids of pages and of all below them."""
    found: set[int] = set()
    for page in pages:
        found |= set(page.get_descendants(inclusive=True).values_list("pk", flat=True))
    return found


@hooks.register("before_delete_page")
def tell_before_deleting(request: HttpRequest, page: Page) -> None:
    """Name on the screen that asks what goes from menus and footers, too."""
    if request.method == "GET" and (text := note(GOES, uses_of(below([page])), WHO)):
        messages.warning(request, text)


@hooks.register("before_move_page")
def tell_before_moving(request: HttpRequest, page: Page, destination: Page) -> None:
    """Name on the screen that asks which entries lead to what is moved."""
    if request.method == "GET" and (text := note(FOLLOWS, uses_of(below([page])))):
        messages.info(request, text)


class EntriesNote(Component):
    """The entries that lead to a page, on its form: what changes with a new title, and what not."""

    template_name = "navigation/admin/entries_note.html"

    def __init__(self, page: Page, uses: Sequence[Use]) -> None:
        self.page = page
        self.uses = uses

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"entries": [(use.named(self.page.title), not use.title) for use in self.uses]}


@hooks.register(NOTES_HOOK)
def note_entries(page: Page, request: HttpRequest) -> list[EntriesNote]:
    """Say on the form of a page where menus and footers lead to it."""
    uses = uses_of([page.pk])
    return [EntriesNote(page, uses)] if uses else []
