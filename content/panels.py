"""Panels of the page form."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from wagtail import hooks
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.contrib.redirects.models import Redirect

from content.addresses.index import PageAddress
from content.page_data.advice import Advice, advice

# A function (page, request) that yields components (wagtail.admin.ui.components) to be shown
# beside the page's form.
NOTES_HOOK = "register_page_notes"
# A function (page type) that returns a component which leads to help for it, or None.
HELP_HOOK = "register_page_help"


def body_panel() -> FieldPanel:
    """Return the panel of a page's blocks, the same on every type."""
    return FieldPanel(
        "body",
        heading="Text of the page",
        help_text="Made of blocks from top to bottom. Add one with the plus sign, drag it by its"
        " dots, look at samples with the eye beside each kind.",
    )


class HelpPanel(Panel):
    """The way to help for the type of a page, from whichever room offers some."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "content/notes_panel.html"

        @cached_property
        def notes(self) -> list[Any]:
            """The components that rooms have for the page's type."""
            offered = (function(self.panel.model) for function in hooks.get_hooks(HELP_HOOK))
            return [one for one in offered if one is not None]

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.notes)


class WholeTitlePanel(FieldPanel):
    """The field for a long title, on pages that have one."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.whole_title)


class AddressPanel(Panel):
    """Where visitors find a page now, what leads to it as well, and what a change will do."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "content/admin/address_panel.html"

        @cached_property
        def address(self) -> str:
            """Where visitors find the page, ``""`` while they don't."""
            page = self.instance
            is_public = page is not None and page.pk is not None and page.live
            return (page.full_url or "") if is_public else ""

        @cached_property
        def leading_here(self) -> list[str]:
            """The other addresses that lead to the page, old ones and redirects."""
            if self.instance is None or self.instance.pk is None:
                return []
            key = self.instance.pk
            rows = PageAddress.objects.filter(page_id=key, kind=PageAddress.Kind.OLD)
            redirects = Redirect.objects.filter(redirect_page_id=key)
            old = rows.values_list("address", flat=True)
            return sorted({*old, *redirects.values_list("old_path", flat=True)})


class AdvicePanel(Panel):
    """What a page could do better (:func:`content.page_data.advice.advice`), with links to blocks.

    It tells what was saved last: each autosave brings it anew (``edit_partials.html``).
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "content/admin/advice_panel.html"

        @cached_property
        def found(self) -> list[Advice]:
            """What there is to look at, on a new page as well."""
            return [] if self.instance is None else advice(self.instance)

        @property
        def is_new(self) -> bool:
            """Whether nothing was saved that could be looked at."""
            return self.instance is None or self.instance.pk is None


class NotesPanel(Panel):
    """What other rooms know about a page, read-only. Without a word from one, it is not there.

    Wagtail has no hook for panels of every page type, and this room knows no other; so the
    rooms register functions under :data:`NOTES_HOOK`.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "content/notes_panel.html"

        @cached_property
        def notes(self) -> list[Any]:
            """The components that rooms have for the page."""
            if self.instance is None or self.instance.pk is None or self.request is None:
                return []
            return [
                note
                for function in hooks.get_hooks(NOTES_HOOK)
                for note in function(self.instance, self.request)
            ]

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.notes)
