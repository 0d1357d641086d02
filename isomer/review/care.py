"""What the importer knows of the care that pages need: its open messages, and names it made up."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from wagtail.models import Page, Site

from care.findings import Finding
from care.kinds import Kind
from isomer.messages import RULES
from isomer.models import ImportedObject, ImportMessage, ImportRun
from isomer.review.sign_off import open_messages

MESSAGE = "import-message"
GUESSED_NAME = "name-from-address"

KINDS = [
    Kind(
        GUESSED_NAME,
        "Names made from an address",
        "Give the section the name that visitors should read in the menu.",
    ),
    Kind(
        MESSAGE,
        "Open messages of the import",
        "Do what the message says, then dismiss it.",
    ),
]
# What the care list finds by itself on the page as it is now, so that mending it is enough.
_FOUND_ANYWAY = frozenset(
    {
        "alt-text-missing",
        "description-missing",
        "file-missing",
        "link-target-missing",
        "markup-kept-as-html",
        "placeholder",
        "section-name-guessed",
    }
)


def findings(ids: Collection[int] | None) -> Iterator[tuple[int, Finding]]:
    """Yield ``(page id, finding)`` for pages (all if ``None``), with a few queries for each site.

    Messages count that an editor is to act on, of the last run of each source
    (:func:`isomer.review.sign_off.open_messages`); those for whoever runs the import stay under
    *Imports*, as do those that belong to no page.
    """
    sites = {site.root_page_id: site for site in Site.objects.select_related("root_page")}
    with_runs = set(
        ImportRun.objects.done().values_list("site__root_page_id", flat=True).distinct()
    )
    for root_page_id in sorted(one for one in with_runs if one in sites):
        messages = open_messages(sites[root_page_id]).filter(page__isnull=False)
        if ids is not None:
            messages = messages.filter(page__in=ids)
        found = list(messages)
        yield from _open(found)
        yield from _guessed(found, root_page_id)


def _open(messages: list[ImportMessage]) -> Iterator[tuple[int, Finding]]:
    for message in messages:
        rule = RULES.get(message.rule)
        if rule is None or rule.who != "editor" or message.rule in _FOUND_ANYWAY:
            continue
        place = f" ({message.place})" if message.place else ""
        text = f"{rule.title}: {message.text}{place}. {rule.advice}"
        yield int(message.page_id or 0), Finding(MESSAGE, "", text, detail={"rule": message.rule})


def _guessed(messages: list[ImportMessage], root_page_id: int) -> Iterator[tuple[int, Finding]]:
    """Sections that still have the name that the import made of their address."""
    named = {int(one.page_id or 0) for one in messages if one.rule == "section-name-guessed"}
    if not named:
        return
    rows = ImportedObject.objects.filter(
        site__root_page=root_page_id, object_id__in=named, kind=ImportedObject.Kind.SECTION
    )
    titles = {row.object_id: str(row.content.get("title", "")) for row in rows}
    for pk, title in Page.objects.filter(pk__in=named).values_list("pk", "draft_title"):
        if titles.get(pk) == title:
            yield pk, Finding(GUESSED_NAME, "title", f"“{title}”")
