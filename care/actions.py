"""What may be done about items of the care list, one by one or many at once.

Each function does what it can and says what it could not do; a page that can't be changed never
keeps others from being changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Page

from care.findings import as_decoration, raised, with_alt_text
from care.kinds import ALT_TEXT, DESCRIPTION, HEADINGS_DEEP
from care.models import CareItem
from content.page_data.stored import with_part

LONGEST_REASON = 500
DECORATIVE = "The picture is decorative."
# Kinds whose text can be written in the list itself.
WRITABLE = frozenset({DESCRIPTION, ALT_TEXT})


class Refused(Exception):
    """Something can't be done. The text says why, and what to do instead."""


@dataclass
class Outcome:
    """How many items were dealt with, and a sentence for each page that could not be changed.

    ``published`` and ``drafts`` count pages.
    """

    done: int = 0
    published: int = 0
    drafts: int = 0
    refused: list[str] = field(default_factory=list)


Change = Callable[[Any, CareItem], None]


def dismiss(items: Iterable[CareItem], person: Any, reason: str) -> Outcome:
    """Note that items need nothing, and why.

    Raises:
        Refused: without a reason.
    """
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        raise Refused("Say why nothing needs doing, so that others don't ask again.")
    found = CareItem.objects.filter(pk__in=[item.pk for item in items], state=CareItem.State.OPEN)
    done = found.update(
        state=CareItem.State.DISMISSED,
        person=person,
        person_name=name_of(person),
        reason=reason,
        decided_at=timezone.now(),
    )
    return Outcome(done)


def reopen(items: Iterable[CareItem]) -> Outcome:
    """Put items that were dismissed back on the list."""
    found = CareItem.objects.filter(pk__in=[item.pk for item in items])
    done = found.filter(state=CareItem.State.DISMISSED).update(
        state=CareItem.State.OPEN, person=None, person_name="", reason="", decided_at=None
    )
    return Outcome(done)


def write_texts(
    items: Iterable[CareItem], texts: dict[int, str], person: Any, publish: bool
) -> Outcome:
    """Fill in descriptions and alternative texts: ``texts`` by the key of the item."""

    def change(page: Any, item: CareItem) -> None:
        text = " ".join(texts[item.pk].split())
        if item.kind == DESCRIPTION:
            page.search_description = text
        else:
            _set_alt_text(page, item, text)

    wanted = [item for item in items if item.kind in WRITABLE and texts.get(item.pk, "").strip()]
    return _change_pages(wanted, change, person, publish)


def raise_headings(items: Iterable[CareItem], person: Any, publish: bool) -> Outcome:
    """Raise the headings of pages, so that the first one is a heading 2."""

    def change(page: Any, item: CareItem) -> None:
        name = str(item.detail.get("stream", ""))
        block = page._meta.get_field(name).stream_block
        data = raised(block, getattr(page, name).get_prep_value())
        setattr(page, name, block.to_python(data))

    wanted = [item for item in items if item.kind == HEADINGS_DEEP]
    return _change_pages(wanted, change, person, publish)


def call_decorative(items: Iterable[CareItem], person: Any, publish: bool) -> Outcome:
    """Say of pictures that they are decoration: on the page, where there is a choice for that,
    else by dismissing the item."""
    pictures = [item for item in items if item.kind == ALT_TEXT]
    with_choice = [item for item in pictures if item.detail.get("decoration")]
    outcome = _change_pages(with_choice, _set_decorative, person, publish)
    others = [item for item in pictures if not item.detail.get("decoration")]
    if others:
        outcome.done += dismiss(others, person, DECORATIVE).done
    return outcome


def _set_decorative(page: Any, item: CareItem) -> None:
    place, number = str(item.detail["decoration"]), item.detail.get("number")
    if number is not None:
        _set_part(page, place, lambda value: as_decoration(str(value), number))
    elif "." in place:
        _set_part(page, place, lambda value: True)
    else:
        setattr(page, place, True)


def _set_alt_text(page: Any, item: CareItem, text: str) -> None:
    number = item.detail.get("number")
    if number is None:
        if "." in item.place:
            _set_part(page, item.place, lambda value: text)
        else:
            setattr(page, item.place, text)
    else:
        _set_part(page, item.place, lambda value: with_alt_text(str(value), number, text))


def _set_part(page: Any, place: str, change: Callable[[Any], Any]) -> None:
    name, *way = place.split(".")
    block = page._meta.get_field(name).stream_block
    data = getattr(page, name).get_prep_value()
    try:
        changed = with_part(block, data, way, change(part_at(data, way)))
    except KeyError as error:
        raise Refused("The block is not there any more. Look at the page.") from error
    setattr(page, name, block.to_python(changed))


def part_at(data: Any, way: list[str]) -> Any:
    """Return the stored value at a place, ``None`` if there is nothing.

    ``way`` is a place split at its dots, without the name of the field.
    """
    for step in way:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list):
            found = (one for one in data if isinstance(one, dict) and one.get("id") == step)
            data = next((one.get("value") for one in found), None)
        else:
            return None
    return data


def _change_pages(items: Iterable[CareItem], change: Change, person: Any, publish: bool) -> Outcome:
    outcome = Outcome()
    ordered = sorted(items, key=lambda item: (item.page_id, item.pk))
    for page_id, group in groupby(ordered, key=lambda item: item.page_id):
        of_page = list(group)
        page = Page.objects.get(pk=page_id).specific
        try:
            public = edit_page(page, lambda draft: _each(draft, of_page, change), person, publish)  # noqa: B023
        except Refused as refusal:
            outcome.refused.append(f"{page.get_admin_display_title()}: {refusal}")
            continue
        outcome.done += len(of_page)
        outcome.published += public
        outcome.drafts += not public
    return outcome


def _each(draft: Any, items: Iterable[CareItem], change: Change) -> None:
    for item in items:
        change(draft, item)


def edit_page(page: Any, change: Callable[[Any], None], person: Any, publish: bool) -> bool:
    """Change a specific page as a person would: on its latest draft, as a new revision.

    With ``publish`` it goes live, if the person may publish it, it is live already, and it has
    no earlier changes that would go live with this one. Returns whether it did.

    Raises:
        Refused: if the person may not edit the page, or somebody locked it, or what is on the
            page does not pass the checks of its form.
    """
    allowed = page.permissions_for_user(person)
    if not allowed.can_edit():
        raise Refused("You may not edit this page.")
    if allowed.page_locked():
        raise Refused("The page is locked. Ask whoever locked it.")
    goes_live = publish and page.live and not page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    change(draft)
    try:
        draft.full_clean()
    except ValidationError as error:
        words = " ".join(error.messages)
        raise Refused(
            f"The page can't be saved as it is. Open it and correct it. {words}"
        ) from error
    revision = draft.save_revision(user=person, log_action=True, clean=False)
    if goes_live and allowed.can_publish():
        revision.publish(user=person)
        return True
    return False


def name_of(person: Any) -> str:
    """Return how an item names a person: the full name, else the one to log in with."""
    return str(person.get_full_name() or person.get_username())[:300]
