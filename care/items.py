"""Keeping the care list up to date: reads pages, compares with the list, writes what differs.

However many pages are looked at together, they cost a bounded number of queries for each
:data:`BATCH`; what is the same as before is not written.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from wagtail import hooks
from wagtail.images import get_image_model
from wagtail.models import Page, Revision

from care import footers
from care.findings import Finding, find
from care.kinds import (
    ALT_TEXT,
    DRAFT_FORGOTTEN,
    FINDINGS_HOOK,
    FOOTER_LINK,
    LINK_BROKEN,
    LINK_KINDS,
    LINK_NOWHERE,
    PICTURE_LARGE,
    kinds_of_others,
)
from care.links import Targets, links_of, root_of, site_roots
from care.models import DAYS_UNTIL_BROKEN, CareItem, LinkCheck, LinkUse, PictureUse
from care.pictures import Written, known_pictures, pictures_of
from content.page_data.stored import contents_of

BATCH = 500
# A draft older than this was forgotten.
DRAFT_DAYS = 30
# Larger files than these are no use on a page, which shows smaller copies.
LARGEST_FILE = 3_000_000
MOST_PIXELS = 24_000_000

# What a look found, by page.
Found = list[tuple[int, Finding]]
_off: ContextVar[bool] = ContextVar("care_list_off", default=False)


@contextmanager
def updates_off() -> Iterator[None]:
    """Keep saves from updating the list; whoever calls this updates it afterwards."""
    token = _off.set(True)
    try:
        yield
    finally:
        _off.reset(token)


def is_off() -> bool:
    """Tell whether somebody else updates the list afterwards."""
    return _off.get()


def update_all(progress: Callable[[str], None] = lambda text: None) -> int:
    """Look at every page anew; return how many there are."""
    ids = list(Page.objects.filter(depth__gt=1).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        progress(f"Page {start + 1} of {len(ids)}")
        update_pages(ids[start : start + BATCH])
    return len(ids)


def update_pages(ids: Collection[int]) -> None:
    """Look at pages anew, and bring their part of the list up to date."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), BATCH):
        with transaction.atomic():
            _update(wanted[start : start + BATCH])


def update_after_import(ids: Collection[int]) -> None:
    """Bring the list up to date after pages were written while it was off: those pages, what
    others lead to, and what other rooms have found meanwhile."""
    update_pages(ids)
    update_links(ids, seen=ids)
    update_others()


def update_links(ids: Collection[int], seen: Collection[int] = ()) -> None:
    """Look again where links lead that lead to some pages, or led nowhere so far. The links of
    pages in ``seen`` have been looked at already, when those that they lead to were there."""
    nowhere = CareItem.objects.filter(kind=LINK_NOWHERE)
    found = set(nowhere.values_list("page_id", flat=True))
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), BATCH):
        uses = LinkUse.objects.filter(target_page__in=wanted[start : start + BATCH])
        found |= set(uses.values_list("page_id", flat=True))
    follow_links(found - set(seen))


def follow_links(page_ids: Collection[int]) -> None:
    """Look again where the links of pages lead."""
    wanted = sorted(set(page_ids))
    for start in range(0, len(wanted), BATCH):
        group = wanted[start : start + BATCH]
        pages = list(Page.objects.filter(pk__in=group))
        uses = list(LinkUse.objects.filter(page__in=group))
        _write(group, _of_links(pages, uses), Q(kind__in=LINK_KINDS))


def update_others() -> None:
    """Bring up to date what other rooms find, for all pages."""
    _write(None, _of_others(None), Q(kind__in=kinds_of_others()))


def update_footer_links() -> None:
    """Look again whether visitors find the required links in the footers."""
    _write(None, list(footers.findings(None)), Q(kind=FOOTER_LINK))


def _update(ids: Sequence[int]) -> None:
    pages = list(Page.objects.filter(pk__in=ids, depth__gt=1).specific())
    changed = [page for page in pages if page.has_unpublished_changes and page.latest_revision_id]
    drafts = Revision.objects.in_bulk([page.latest_revision_id for page in changed])
    roots = site_roots()
    found: Found = []
    uses: list[LinkUse] = []
    written: list[Written] = []
    # An alias says what its original says, and nobody can edit it.
    for page in (one for one in pages if not one.alias_of_id):
        draft = drafts.get(page.latest_revision_id) if page.has_unpublished_changes else None
        contents = contents_of(page, None if draft is None else draft.content)
        found += [(page.pk, one) for one in find(contents)]
        found += [(page.pk, one) for one in _forgotten(page)]
        uses += links_of(contents, root_of(page, roots))
        written += pictures_of(contents, root_of(page, roots))
    pictures = _name_pictures(found, written)
    _write_links(ids, uses)
    _write_pictures(ids, pictures)
    found += _of_links(pages, uses)
    found += _large(pictures)
    found += _of_others(ids)
    _write(ids, found)


def _forgotten(page: Page) -> Iterator[Finding]:
    last = page.latest_revision_created_at
    waits = page.has_unpublished_changes or not page.live
    if not waits or last is None or page.go_live_at or page.expired:
        return
    if last < timezone.now() - datetime.timedelta(days=DRAFT_DAYS):
        day = date_format(timezone.localdate(last), "j F Y")
        yield Finding(DRAFT_FORGOTTEN, "", f"Last changed on {day} and not published since.")


def _name_pictures(found: Found, written: Sequence[Written]) -> list[PictureUse]:
    """Return the uses of pictures of the library. What kept markup names by an address is looked
    up, and noted in what was found there."""
    known = known_pictures(written)
    uses = [use for one in written if (use := one.use(known)) is not None]
    at = {(use.page_id, use.place, use.number): use.image for use in uses}
    for page_id, one in found:
        if one.kind == ALT_TEXT and "number" in one.detail and "image" not in one.detail:
            image = at.get((page_id, one.place, one.detail["number"]))
            if image is not None:
                one.detail["image"] = image
    return uses


def _large(uses: Sequence[PictureUse]) -> Found:
    """A file that is too large is replaced in the library, so each page names it once."""
    first: dict[int, dict[int, str]] = {}
    for use in uses:
        first.setdefault(use.image, {}).setdefault(use.page_id, use.place)
    found: Found = []
    wanted = sorted(first)
    for start in range(0, len(wanted), BATCH):
        rows = get_image_model().objects.filter(pk__in=wanted[start : start + BATCH])
        for pk, title, size, width, height in rows.values_list(
            "pk", "title", "file_size", "width", "height"
        ):
            if (size or 0) <= LARGEST_FILE and width * height <= MOST_PIXELS:
                continue
            text = f"“{title}” has {width} × {height} pixels"
            text += f" and {size / 1_000_000:.1f} MB." if (size or 0) >= 100_000 else "."
            for page_id, place in first[pk].items():
                detail = {"image": pk}
                found.append((page_id, Finding(PICTURE_LARGE, place, text, str(pk), detail)))
    return found


def _of_links(pages: Iterable[Page], uses: Sequence[LinkUse]) -> Found:
    roots = site_roots()
    sites = {page.pk: root_of(page, roots) for page in pages}
    targets = Targets()
    targets.load(uses, sites)
    broken = _broken({use.external for use in uses if use.external})
    found: Found = []
    for use in uses:
        problem = targets.problem(use, sites.get(use.page_id))
        name = f"“{use.words}”" if use.words else "A link"
        if problem:
            text = f"{name} leads to {problem}."
            about = "|".join(str(one) for one in use.identity[2:])
            found.append((use.page_id, Finding(LINK_NOWHERE, use.place, text, about)))
        elif use.external in broken:
            text = f"{name} leads to {use.address}: {broken[use.external]}"
            about = f"{use.words}|{use.address}"
            detail = {"address": use.address}
            found.append((use.page_id, Finding(LINK_BROKEN, use.place, text, about, detail)))
    return found


def _broken(keys: Collection[str]) -> dict[str, str]:
    wanted = sorted(keys)
    found: dict[str, str] = {}
    for start in range(0, len(wanted), BATCH):
        rows = LinkCheck.objects.filter(
            key__in=wanted[start : start + BATCH], failed_days__gte=DAYS_UNTIL_BROKEN
        )
        for check in rows:
            day = date_format(check.first_failed_on, "j F Y") if check.first_failed_on else ""
            found[check.key] = f"{check.problem}, since {day}."
    return found


def _of_others(ids: Collection[int] | None) -> Found:
    return [found for function in hooks.get_hooks(FINDINGS_HOOK) for found in function(ids)]


def _write_links(ids: Sequence[int], uses: Sequence[LinkUse]) -> None:
    """Write the links of pages that differ from those known so far."""
    _write_uses(
        LinkUse, ids, uses, lambda use: (use.page_id, *use.identity, use.path, use.external)
    )


def _write_pictures(ids: Sequence[int], uses: Sequence[PictureUse]) -> None:
    """Write the pictures of pages that differ from those known so far."""
    _write_uses(PictureUse, ids, uses, lambda use: use.identity)


def _write_uses(
    model: Any, ids: Sequence[int], uses: Sequence[Any], identity_of: Callable[[Any], Any]
) -> None:
    known: dict[Any, int] = {}
    double: list[int] = []
    for use in model.objects.filter(page__in=ids):
        identity = identity_of(use)
        if identity in known:
            double.append(use.pk)
        known[identity] = use.pk
    now = {identity_of(use): use for use in uses}
    gone = [pk for identity, pk in known.items() if identity not in now] + double
    if gone:
        model.objects.filter(pk__in=gone).delete()
    new = [use for identity, use in now.items() if identity not in known]
    if new:
        model.objects.bulk_create(new, batch_size=BATCH)


def _write(ids: Collection[int] | None, found: Found, scope: Q | None = None) -> None:
    """Write the difference between what was found and what the list holds, of the pages
    ``ids`` (all if ``None``) and within ``scope``."""
    items = CareItem.objects.all() if ids is None else CareItem.objects.filter(page__in=ids)
    if scope is not None:
        items = items.filter(scope)
    known = {
        (page_id, key): (pk, text, detail)
        for pk, page_id, key, text, detail in items.values_list(
            "pk", "page_id", "key", "text", "detail"
        )
    }
    now = {(page_id, one.key): one for page_id, one in found}
    gone = [pk for identity, (pk, *_) in known.items() if identity not in now]
    for start in range(0, len(gone), BATCH):
        CareItem.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    changed = [
        CareItem(pk=known[identity][0], text=one.text, detail=one.detail)
        for identity, one in now.items()
        if identity in known and known[identity][1:] != (one.text, one.detail)
    ]
    if changed:
        CareItem.objects.bulk_update(changed, ["text", "detail"], batch_size=BATCH)
    moment = timezone.now()
    new = [
        CareItem(
            page_id=page_id,
            kind=one.kind,
            place=one.place,
            text=one.text,
            detail=one.detail,
            key=key,
            found_at=moment,
        )
        for (page_id, key), one in now.items()
        if (page_id, key) not in known
    ]
    if new:
        # Two who save one page at once find the same.
        CareItem.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
