"""A home page's sections: front matter to blocks (format reference, section 3).

Infobar, infocols, textcards, announcements, resources and carousel have no block
yet; each gets an entry in ``SECTIONS`` when it does. Until then a message names
what was left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from isomer.convert.markup import parse
from isomer.convert.values import Block, Content, LinkTo, PictureOf

Note = Callable[[str, str, str], None]

MAXIMUM_HIGHLIGHTS = 4


def plain(value: object) -> str:
    """Return a front matter value as plain text: tags give way to blanks, entities are decoded.

    The old theme printed these values unescaped, so they may hold markup.
    """
    if value is None or isinstance(value, (list, dict)):
        return ""
    text = str(value)
    if "<" in text or "&" in text:
        text = parse(text).get_text(" ")
    return " ".join(text.split()) if "\n" not in text.strip() else text.strip()


def _button(values: Mapping[str, Any], place: str, note: Note) -> dict[str, Content]:
    text, url = plain(values.get("button")), plain(values.get("url"))
    if bool(text) != bool(url):
        missing = "address" if text else "text"
        note("button-incomplete", f"“{text or url}” has no {missing}", place)
    return {"text": text, "link": LinkTo(url, f"{place}, button")}


def _hero(values: Mapping[str, Any], place: str, note: Note) -> Block:
    highlights = [item for item in _mappings(values.get("key_highlights")) if any(item.values())]
    for item in highlights[MAXIMUM_HIGHLIGHTS:]:
        note("field-left-out", f"the fifth highlight or later: {item.get('title')}", place)
    _report_rest(
        values, {"title", "subtitle", "background", "button", "url", "key_highlights"}, place, note
    )
    return Block(
        "hero",
        {
            "title": plain(values.get("title")),
            "subtitle": plain(values.get("subtitle")),
            "background": PictureOf(plain(values.get("background")), f"{place}, background"),
            "button": _button(values, place, note),
            "key_highlights": [
                {
                    "title": plain(item.get("title")),
                    "description": plain(item.get("description")),
                    "link": LinkTo(plain(item.get("url")), f"{place}, highlight {number}"),
                }
                for number, item in enumerate(highlights[:MAXIMUM_HIGHLIGHTS], 1)
            ],
        },
    )


def _infopic(values: Mapping[str, Any], place: str, note: Note) -> Block:
    _report_rest(
        values,
        {"title", "subtitle", "description", "button", "url", "image", "alt"},
        place,
        note,
    )
    return Block(
        "infopic",
        {
            "title": plain(values.get("title")),
            "subtitle": plain(values.get("subtitle")),
            "description": plain(values.get("description")),
            "button": _button(values, place, note),
            "image": PictureOf(plain(values.get("image")), f"{place}, image"),
            "alt": plain(values.get("alt")),
        },
    )


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _report_rest(values: Mapping[str, Any], known: set[str], place: str, note: Note) -> None:
    for key, value in values.items():
        if key not in known and key != "id" and value not in (None, "", [], {}):
            note("field-left-out", f"{key}: {str(value)[:200]}", place)


SECTIONS: dict[str, Callable[[Mapping[str, Any], str, Note], Block]] = {
    "hero": _hero,
    "infopic": _infopic,
}


def home_sections(front_matter: Mapping[str, Any], note: Note) -> list[Block]:
    """Return the blocks of a home page. ``note(rule, text, place)`` receives messages."""
    blocks: list[Block] = []
    for number, section in enumerate(_mappings(front_matter.get("sections")), 1):
        for name, values in section.items():
            if name == "id":
                continue
            place = f"section {number} ({name})"
            if name not in SECTIONS:
                note("field-left-out", f"a home page section of the kind “{name}”", place)
            elif isinstance(values, dict):
                blocks.append(SECTIONS[name](values, place, note))
    return blocks
