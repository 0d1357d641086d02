"""Following what editors do: each save, publication, move and deletion of a page."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move

from care.items import follow_links, is_off, update_footer_links, update_links, update_pages
from care.kinds import FOOTER_LINK
from care.links import paths_of
from care.models import CareItem, LinkUse
from navigation.models import Footer, NavigationSettings
from navigation.uses import is_in_a_footer

# Whether and where a page can be found by visitors.
PUBLIC_FIELDS = frozenset({"live", "slug", "url_path", "address"})


def page_saved(
    sender: type,
    instance: Any,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    """Look at a page that was written, a new draft included. Every way to do so ends with the
    page's row being saved.

    Links of other pages are looked at only if they can lead elsewhere now. A draft changes
    nothing for them: Wagtail saves it with ``update_fields``, and the editor does so every few
    seconds by itself.
    """
    if raw or is_off() or not isinstance(instance, Page):
        return
    update_pages([instance.pk])
    if update_fields is None or PUBLIC_FIELDS.intersection(update_fields):
        update_links([instance.pk])
        # What was public keeps its footer links; what becomes public may mend one.
        if CareItem.objects.filter(kind=FOOTER_LINK).exists():
            update_footer_links()


def frame_saved(sender: type, raw: bool = False, **kwargs: Any) -> None:
    """Look at the required links of footers after one was written, or chosen for a site."""
    if not raw and not is_off():
        update_footer_links()


def place_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    """Look again at every link that is a path, after whole branches have moved or gone."""
    if not is_off():
        written = LinkUse.objects.exclude(path="").values_list("page_id", flat=True)
        follow_links(set(written))
        update_footer_links()


def page_is_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    """Remember where a page was, since its addresses go before it."""
    if sender is Page and not is_off():
        instance._paths_of_old = paths_of(instance)
        instance._in_a_footer = is_in_a_footer(instance.pk, instance._paths_of_old)


def page_was_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    """Look again at the links that led to a page."""
    if sender is not Page or is_off():
        return
    paths: set[str] = getattr(instance, "_paths_of_old", set())
    by_path = LinkUse.objects.filter(path__in=paths)
    led_here = by_path | LinkUse.objects.filter(target_page=instance.pk)
    follow_links(set(led_here.values_list("page_id", flat=True)))
    if getattr(instance, "_in_a_footer", False):
        update_footer_links()


def connect() -> None:
    """Connect the receivers; called once, when the applications are ready."""
    post_save.connect(page_saved, dispatch_uid="care_page_saved")
    post_save.connect(frame_saved, sender=Footer, dispatch_uid="care_footer_saved")
    post_save.connect(frame_saved, sender=NavigationSettings, dispatch_uid="care_frame_chosen")
    pre_delete.connect(page_is_deleted, dispatch_uid="care_page_is_deleted")
    post_delete.connect(page_was_deleted, dispatch_uid="care_page_was_deleted")
    page_unpublished.connect(place_changed, dispatch_uid="care_page_unpublished")
    post_page_move.connect(place_changed, dispatch_uid="care_page_moved")
    page_slug_changed.connect(place_changed, dispatch_uid="care_page_slug_changed")
