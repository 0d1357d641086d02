"""Recipes that find a block of a particular page type in ordinary text.

The mapping names the recipes of a page type. A recipe changes nothing unless
the text has exactly the shape of its block: nothing is guessed. It returns the
items with the block in place, or ``None``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import parse_qsl, unquote

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from isomer.convert.body_reader import HEADINGS
from isomer.convert.text.richtext import TextItem
from isomer.convert.text.runs import Run, text_of
from isomer.convert.text.streams import Item
from isomer.convert.text.values import Block, LinkTo

Recipe = Callable[[Sequence[Item]], list[Item] | None]

PUNCTUATION = (",", ".", ";", ":", ")", "’", "!", "?")


def _plain_list(items: Sequence[Item], start: int) -> list[TextItem]:
    """Return the entries of the flat bulleted list that begins at an index."""
    entries: list[TextItem] = []
    for item in items[start:]:
        if not (isinstance(item, TextItem) and item.tag == "ul"):
            break
        entries.append(item)
    return entries if all(entry.depth == 0 for entry in entries) else []


def _three_parts(runs: Sequence[Run]) -> tuple[str, str, str, str] | None:
    """Split a line into the text before its only link, the link's text, the text after it, and
    the address. A line without a link is all link text."""
    if any(run.styles for run in runs):
        return None
    links = {run.link for run in runs if run.link is not None}
    if not links:
        return "", text_of(runs), "", ""
    if len(links) > 1:
        return None
    places = [index for index, run in enumerate(runs) if run.link is not None]
    first, last = places[0], places[-1]
    if last - first + 1 != len(places):
        return None
    before, linked, after = (
        text_of(part) for part in (runs[:first], runs[first : last + 1], runs[last + 1 :])
    )
    if not linked.strip():
        return None
    seams_show = (not before or before[-1].isspace()) and (
        not after or after[0].isspace() or after.startswith(PUNCTUATION)
    )
    if not seams_show:
        return None
    return before.strip(), linked.strip(), after.strip(), next(iter(links)).address


def network_directory(items: Sequence[Item]) -> list[Item] | None:
    """Turn the first bulleted list whose lines each hold at most one link into a directory."""
    for index, item in enumerate(items):
        follows_entry = index > 0 and _is_entry(items[index - 1])
        if not _is_entry(item) or follows_entry:
            continue
        entries = _plain_list(items, index)
        parts = [_three_parts(entry.runs) for entry in entries]
        if len(entries) < 2 or None in parts or not any(part and part[3] for part in parts):
            continue
        value = {
            "entries": [
                {
                    "text_before": part[0],
                    "link_text": part[1],
                    "text_after": part[2],
                    "link": LinkTo(part[3], "network directory"),
                }
                for part in parts
                if part is not None
            ]
        }
        end = index + len(entries)
        return [*items[:index], Block("network_directory", value), *items[end:]]
    return None


def _is_entry(item: Item) -> bool:
    return isinstance(item, TextItem) and item.tag == "ul"


def capabilities(items: Sequence[Item]) -> list[Item] | None:
    """Turn the first heading that is followed at once by a flat bulleted list into capabilities."""
    for index, item in enumerate(items):
        if not isinstance(item, TextItem) or item.tag not in HEADINGS:
            continue
        if any(run.link or "\n" in run.text for run in item.runs):
            continue
        entries = _plain_list(items, index + 1)
        if not entries or not all(text_of(entry.runs).strip() for entry in entries):
            continue
        value = {
            "heading": text_of(item.runs).strip(),
            "items": [[TextItem("p", entry.runs)] for entry in entries],
        }
        end = index + 1 + len(entries)
        return [*items[:index], Block("capabilities", value), *items[end:]]
    return None


def enquiry_contact(items: Sequence[Item]) -> list[Item] | None:
    """Turn the last paragraph whose only link is a mail link into the enquiry contact.

    Underline on the address is the old editor's way of showing a link; any other
    mark in the paragraph means that it is left as text.
    """
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        if not isinstance(item, TextItem) or item.tag != "p":
            continue
        runs = [
            Run(run.text, run.styles - {"UNDERLINE"} if run.link else run.styles, run.link)
            for run in item.runs
        ]
        parts = _three_parts(runs)
        if parts is None or not parts[3].lower().startswith("mailto:"):
            continue
        address, subject = _mail_link(parts[3])
        if address.lower() != parts[1].lower() or subject is None:
            continue
        value = {
            "sentence": parts[0],
            "address": parts[1],
            "sentence_end": parts[2],
            "subject": subject,
        }
        return [*items[:index], Block("enquiry_contact", value), *items[index + 1 :]]
    return None


def _mail_link(link: str) -> tuple[str, str | None]:
    """Return mailbox and subject of a mail link; ``None`` if it asks for more than a subject, or
    if the block's fields, each of one line, could not hold them."""
    path, _, query = link.split(":", 1)[-1].partition("?")
    fields = dict(parse_qsl(query.replace("+", "%2B"), keep_blank_values=True))
    subject = fields.pop("subject", "")
    mailbox = unquote(path).strip()
    try:
        validate_email(mailbox)
    except ValidationError:
        return mailbox, None
    fits = not fields and subject == subject.strip() and subject.isprintable()
    return mailbox, subject if fits else None


RECIPES: dict[str, Recipe] = {
    "network_directory": network_directory,
    "capabilities": capabilities,
    "enquiry_contact": enquiry_contact,
}
