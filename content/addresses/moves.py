"""Moving and renaming pages: every address that a page had keeps leading to it.

A page with an address takes it along. One without lives at its place in the tree, so that a
move or a new slug gives it, and all pages below it, another address; the former one becomes
an old address in the published index (``content.addresses.index``). Wagtail's own redirects for
this are switched off (``WAGTAILREDIRECTS_AUTO_CREATE``): in Wagtail 8.0 a move that changes no
address deletes all of them (``BatchRedirectCreator.pre_process`` filters by nothing when it has
nothing to write), and the pages of this site mostly keep their addresses.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Page
from wagtail.signals import page_slug_changed, post_page_move

from content.addresses.index import (
    AddressedPage,
    PageAddress,
    give_way_on_clash,
    holder_of,
    living_at,
    publish_address,
    rows_of,
    site_root_above,
    site_root_of,
    yields_to_addresses,
)
from content.addresses.paths import ADDRESS_LENGTH, address_problem, normalise_path

BATCH = 500


def address_like_siblings(page: Any, parent: Page, slug: str) -> str:
    """Return the address that a new page of a section gets, ``""`` for its place in the tree.

    Pages that were imported, or moved with their section, keep their addresses. Where all of them
    live in one folder that is not the section's place, a new one joins them there. Pages right
    below the root of the site share no folder.
    """
    root = site_root_above(parent)
    if root is None or not yields_to_addresses(parent):
        return ""
    site, root_path = root
    siblings = living_at(site.pk).filter(page__in=parent.get_children().exclude(pk=page.pk))
    folders = {
        f"{address.rstrip('/').rpartition('/')[0]}/"
        for address in siblings.values_list("address", flat=True)
    }
    place = f"/{parent.url_path[len(root_path) :]}"
    if len(folders) != 1 or normalise_path(next(iter(folders))) in ("", normalise_path(place)):
        return ""
    address = f"{folders.pop()}{slug}/"
    if address_problem(address) or holder_of(site.pk, root_path, address, page) is not None:
        return ""
    return address


def give_way_in_subtree(page: Page) -> None:
    """Settle a page and all below it after their place in the tree has changed.

    Pages that have an address take it along, perhaps to another site.
    """
    with transaction.atomic():
        for below in page.get_descendants(inclusive=True).live().defer_streamfields().specific():
            if not isinstance(below, AddressedPage):
                continue
            moved: Any = below
            moved.refresh_from_db(fields=["url_path"])  # a page above may just have got a slug
            if give_way_on_clash(moved):
                moved.save(update_fields=["address", "slug", "url_path"], clean=False)
            elif moved.address:
                publish_address(moved)


def keep_former_places(page: Page, before: str, after: str) -> None:
    """Make the former places of a page and all below it lead to where they are now.

    ``before`` and ``after`` are the ``url_path`` of the page. Only places where pages were found
    are kept. Where a section and another page had one place, it leads to the other page.
    """
    root = site_root_of(before)
    if root is None or before == root[1]:
        return
    site, root_path = root
    former: dict[str, tuple[Page, str]] = {}
    below = page.get_descendants(inclusive=True).live().defer_streamfields().specific()
    for one in below.iterator():
        place = f"/{before[len(root_path) :]}{one.url_path[len(after) :]}"
        if not getattr(one, "public_address", "") and len(place) <= ADDRESS_LENGTH:
            former[normalise_path(place)] = one, place
    known = {row.path: row for row in rows_of(site.pk).filter(path__in=former)}
    rows = [
        PageAddress(site=site, path=path, address=place, page=one, kind=PageAddress.Kind.OLD)
        for path, (one, place) in former.items()
        if path not in known or _gives_way(known[path], one)
    ]
    PageAddress.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["site", "path"],
        update_fields=["address", "page", "kind"],
    )


def _gives_way(row: PageAddress, page: Page) -> bool:
    """Tell whether an entry of the index gives way to a page that lived there until now."""
    return row.kind == PageAddress.Kind.OLD and not yields_to_addresses(page)


def _after_move(
    sender: type[Page], instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any
) -> None:
    if url_path_before != url_path_after:
        with transaction.atomic():
            keep_former_places(instance, url_path_before, url_path_after)
            give_way_in_subtree(instance)


def _after_rename(sender: type[Page], instance: Page, instance_before: Page, **kwargs: Any) -> None:
    with transaction.atomic():
        keep_former_places(instance, instance_before.url_path, instance.url_path)
        give_way_in_subtree(instance)


def connect_signals() -> None:
    """Connect the receivers of this module; called once when the app is ready."""
    post_page_move.connect(_after_move, dispatch_uid="content.addresses.moves.after_move")
    page_slug_changed.connect(_after_rename, dispatch_uid="content.addresses.moves.after_rename")
