"""A contact page: front matter to fields and blocks (format reference, 4.2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from isomer.convert.front_matter.homepage import plain
from isomer.convert.front_matter.inline import convert_inline
from isomer.convert.text.streams import blocks_to_stream
from isomer.convert.text.values import Block, Content, PictureOf
from isomer.messages import in_words

Note = Callable[[str, str, str], None]

KNOWN_KEYS = frozenset({"agency_name", "locations", "contacts", "feedback", "image"})
_LINE_BREAK = re.compile(r"<br\s*/?>|</p>|</div>|</li>", re.IGNORECASE)
ROWS = ("phone", "email", "other")
# What the page's text rows can hold.
FEATURES = (
    "bold", "italic", "underline", "strikethrough", "superscript", "subscript", "code", "link",
    "ul", "ol",
)  # fmt: skip


def contact_fields(
    front_matter: Mapping[str, Any], path: str, feedback: str, note: Note
) -> dict[str, Content]:
    """Return the fields of a contact page.

    ``feedback`` is the address of the feedback form, which the old theme took from
    the footer. ``note(rule, text, place)`` receives what has no place.
    """
    locations = [
        _location(values, f"location {number}", note)
        for number, values in enumerate(_mappings(front_matter, "locations", note), 1)
    ]
    contacts = [
        _contact(values, path, f"contact {number}", note)
        for number, values in enumerate(_mappings(front_matter, "contacts", note), 1)
    ]
    return {
        "agency_name": one_line(front_matter.get("agency_name")),
        "locations": blocks_to_stream(locations, f"{path}/locations"),
        "contacts": blocks_to_stream(contacts, f"{path}/contacts"),
        "feedback_address": feedback,
        "image": PictureOf(one_line(front_matter.get("image")), "image"),
        # The old format had no words for this picture.
        "image_alt": "",
        "image_is_decorative": False,
    }


def _location(values: Mapping[str, Any], place: str, note: Note) -> Block:
    hours = [
        {key: one_line(row.get(key)) for key in ("days", "time", "description")}
        for row in _mappings(values, "operating_hours", note, place)
    ]
    _report_rest(values, {"title", "address", "operating_hours", "maps_link"}, place, note)
    return Block(
        "location",
        {
            "title": one_line(values.get("title")),
            "address": "\n".join(_lines(values.get("address"))),
            "hours": [row for row in hours if any(row.values())],
            "map_link": one_line(values.get("maps_link")),
        },
    )


def _contact(values: Mapping[str, Any], path: str, place: str, note: Note) -> Block:
    rows: list[Block] = []
    for item in _mappings(values, "content", note, place):
        for kind in ROWS:
            written = item.get(kind)
            if kind == "other" and written not in (None, ""):
                text, notes = convert_inline(
                    str(written), path, FEATURES, f"{place}, row {len(rows) + 1}"
                )
                for one in notes:
                    note(one.rule, one.text, one.place)
                if text.html:
                    rows.append(Block("other", text))
            elif plain(written):
                rows.append(Block(kind, one_line(written)))
        _report_rest(item, set(ROWS), place, note)
    _report_rest(values, {"title", "content"}, place, note)
    return Block(
        "contact",
        {
            "title": one_line(values.get("title")),
            "rows": rows,
        },
    )


def one_line(value: object) -> str:
    """Return a front matter value as one line of plain text."""
    return " ".join(plain(value).split())


def _lines(value: object) -> list[str]:
    """Return an address: a list of lines, or one text with line breaks in HTML."""
    parts = value if isinstance(value, list) else [value]
    lines: list[str] = []
    for part in parts:
        text = "" if part is None else str(part)
        lines.extend(one_line(piece) for piece in re.split(r"\n", _LINE_BREAK.sub("\n", text)))
    return [line for line in lines if line]


def _mappings(
    values: Mapping[str, Any], key: str, note: Note, place: str = ""
) -> list[Mapping[str, Any]]:
    found = values.get(key)
    entries = found if isinstance(found, list) else [found]
    for entry in entries:
        if not isinstance(entry, dict) and entry not in (None, ""):
            note("field-left-out", f"{key}: {in_words(entry)[:200]}", place or key)
    return [entry for entry in entries if isinstance(entry, dict)]


def _report_rest(values: Mapping[str, Any], known: set[str], place: str, note: Note) -> None:
    for key, value in values.items():
        if key not in known and value not in (None, "", [], {}):
            note("field-left-out", f"{key}: {in_words(value)[:200]}", place)
