"""The rows of the care list: an item with what its reader needs to deal with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from wagtail import hooks
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Page

from care.actions import WRITABLE
from care.kinds import ACTIONS_HOOK, ALT_TEXT, Kind
from care.listing import edit_address, editable_pages, visible_items
from care.models import CareItem, PictureUse
from care.pictures import is_same_place
from content.models import SiteImage

THUMBNAIL = "max-165x165"
# Other uses of a picture that a row names; it counts the rest.
USES_SHOWN = 3


@dataclass(frozen=True)
class OtherUse:
    """Another place that shows the picture: its page, its words there, and the way to it."""

    title: str
    words: str
    address: str


@dataclass
class Row:
    """An item. ``picture`` is the picture that it is about, ``uses`` the other places that show
    it, ``wordless`` how many of them have no words yet either, ``typed`` what somebody typed beside
    it and is not written."""

    item: CareItem
    kind: Kind | None
    picture: SiteImage | None = None
    uses: Sequence[OtherUse] = ()
    more_uses: int = 0
    wordless: int = 0
    actions: Sequence[tuple[str, str]] = field(default_factory=list)
    typed: str = ""

    @property
    def title(self) -> str:
        """The title of the page."""
        return str(self.item.page.get_admin_display_title())

    @property
    def address(self) -> str:
        """The way to the field or block, ``""`` where something else than the page is to be
        mended: who may do that need not be allowed to open the page."""
        return "" if self.kind is not None and self.kind.permission else edit_address(self.item)

    @property
    def writable(self) -> bool:
        """Whether a text can be typed beside the item."""
        return self.item.kind in WRITABLE and self.item.state == CareItem.State.OPEN

    @property
    def thumbnail(self) -> Any:
        """A small copy of the picture, a sign where its file is missing, or ``None``."""
        if self.picture is None:
            return None
        return get_rendition_or_not_found(self.picture, THUMBNAIL)


def rows_of(items: Sequence[CareItem], kinds: Mapping[str, Kind], user: Any) -> list[Row]:
    """Return the rows of the items of one page of the list, with a bounded number of queries.
    Pages that somebody may not edit are not named."""
    numbers = {one.detail["image"] for one in items if one.detail.get("image")}
    pictures = SiteImage.objects.prefetch_renditions(THUMBNAIL).in_bulk(numbers)
    asked = {one.detail["image"] for one in items if one.kind == ALT_TEXT and "image" in one.detail}
    uses = _uses(asked, user)
    wordless = wordless_items(asked, user)
    functions: list[Callable[[CareItem], Any]] = hooks.get_hooks(ACTIONS_HOOK)
    rows = []
    for item in items:
        row = Row(item, kinds.get(item.kind), pictures.get(item.detail.get("image", 0)))
        row.actions = [action for function in functions for action in function(item)]
        if item.kind == ALT_TEXT and row.picture is not None:
            place = (item.page_id, item.place, item.detail.get("number"))
            here = [one for one in uses.get(row.picture.pk, ()) if not is_same_place(one, *place)]
            row.uses = [_other(one) for one in here[:USES_SHOWN]]
            row.more_uses = len(here) - len(row.uses)
            same = [one for one in wordless if one.detail["image"] == row.picture.pk]
            row.wordless = sum(one.pk != item.pk for one in same)
        rows.append(row)
    return rows


def wordless_items(pictures: set[int], user: Any) -> list[CareItem]:
    """Return the open items, of pages that somebody may edit, on pictures without words."""
    items = visible_items(user).filter(kind=ALT_TEXT, state=CareItem.State.OPEN)
    return list(items.filter(detail__image__in=pictures)) if pictures else []


def _uses(pictures: set[int], user: Any) -> dict[int, list[PictureUse]]:
    uses: dict[int, list[PictureUse]] = {}
    if pictures:
        rows = PictureUse.objects.filter(image__in=pictures, page__in=editable_pages(user))
        for use in rows.select_related("page").order_by("page__path", "pk"):
            uses.setdefault(use.image, []).append(use)
    return uses


def _other(use: PictureUse) -> OtherUse:
    page: Page = use.page
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return OtherUse(page.get_admin_display_title(), use.words, f"{edit}#:w:contentpath={use.place}")
