"""What each block of a body holds, as plain data: the one table for marked blocks.

A block that no markup of the old format can say (format reference, 6) is written as a
``<div data-block="…">`` with its parts in it (:mod:`isomer.write.marked`), and read from there
(:mod:`isomer.convert.rules.marked`). A test holds this table against the blocks themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from isomer.convert.list_blocks import ENTRY_TYPES, LIST_LEVELS
from isomer.convert.values import Block
from isomer.convert.widgets import LEVELS

# Attributes of marked blocks, of their parts, and of the entries of a list in them.
BLOCK, PART, ENTRY = "data-block", "data-part", "data-entry"


class Kind(StrEnum):
    """A part without parts of its own, by how it is written."""

    WORDS = "words"
    LINES = "lines"
    RICH = "rich text"
    TABLE = "table"
    LINK = "link"
    PICTURE = "picture"
    MARKUP = "markup"
    # In an attribute, because they say something about other parts.
    NOTE = "note"
    NAME = "name"
    NUMBER = "number"
    FLAG = "flag"
    # A flag that is stored only where it is set.
    CHOICE_MADE = "choice made"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Choice:
    """One of some words, in an attribute; the first is the default."""

    of: tuple[str, ...]


@dataclass(frozen=True)
class Struct:
    """Named parts in their order."""

    parts: dict[str, Shape]


@dataclass(frozen=True)
class Many:
    """A list of equal parts."""

    of: Shape


@dataclass(frozen=True)
class Stream:
    """A stream of blocks of some types."""

    of: frozenset[str]


# Kinds that are attributes of the box.
IN_ATTRIBUTES = (Kind.NOTE, Kind.NAME, Kind.NUMBER, Kind.FLAG, Kind.CHOICE_MADE)

Shape = Kind | Choice | Struct | Many | Stream

INNER_TYPES = ENTRY_TYPES | {"button", "card_grid", "embed", "table"}
_ENTRIES = Many(Stream(ENTRY_TYPES))
_NUMBERS = Choice(("1", "a", "A", "i", "I"))

BODY_SHAPES: dict[str, Shape] = {
    "text": Kind.RICH,
    "heading": Struct(
        {"text": Kind.WORDS, "level": Choice(("2", "3", "4", "5", "6")), "anchor": Kind.NAME}
    ),
    "anchor": Struct({"name": Kind.NAME}),
    "numbered_list": Struct({"start": Kind.NUMBER, "numbering": _NUMBERS, "items": _ENTRIES}),
    "bulleted_list": _ENTRIES,
    "quote": Struct({"text": Kind.RICH}),
    "code": Struct({"text": Kind.LINES}),
    "picture": Struct(
        {
            "image": Kind.PICTURE,
            "alt": Kind.NOTE,
            "decorative": Kind.CHOICE_MADE,
            "caption": Kind.WORDS,
            "width": Kind.NUMBER,
            "pixels": Kind.NUMBER,
            "link": Kind.LINK,
        }
    ),
    "table": Struct({"caption": Kind.WORDS, "table": Kind.TABLE}),
    "embed": Struct({"source": Kind.LINK, "title": Kind.WORDS, "height": Kind.NUMBER}),
    "divider": Kind.NOTHING,
    "button": Struct(
        {"text": Kind.WORDS, "link": Kind.LINK, "style": Choice(("primary", "secondary"))}
    ),
    "card_grid": Struct(
        {
            "cards": Many(
                Struct(
                    {
                        "image": Kind.PICTURE,
                        "alt": Kind.NOTE,
                        "decorative": Kind.CHOICE_MADE,
                        "title": Kind.WORDS,
                        "text": Kind.RICH,
                        "link": Kind.LINK,
                        "link_text": Kind.WORDS,
                    }
                )
            )
        }
    ),
    "imported_html": Struct({"html": Kind.MARKUP, "pattern": Kind.NOTE}),
    "accordion": Struct(
        {
            "entries": Many(
                Struct(
                    {
                        "title": Kind.WORDS,
                        "open": Kind.FLAG,
                        "body": Stream(INNER_TYPES | {"accordion"}),
                    }
                )
            )
        }
    ),
}
# Blocks of particular page types: the recipe of the same name says where they may stand.
RECIPE_SHAPES: dict[str, Shape] = {
    "network_directory": Struct(
        {
            "entries": Many(
                Struct(
                    {
                        "text_before": Kind.WORDS,
                        "link_text": Kind.WORDS,
                        "text_after": Kind.WORDS,
                        "link": Kind.LINK,
                    }
                )
            )
        }
    ),
    "capabilities": Struct({"heading": Kind.WORDS, "items": Many(Kind.RICH)}),
    "enquiry_contact": Struct(
        {
            "sentence": Kind.LINES,
            "address": Kind.WORDS,
            "sentence_end": Kind.WORDS,
            "subject": Kind.NOTE,
        }
    ),
}


def nests_too_deep(blocks: Sequence[Block]) -> bool:
    """Tell whether lists or accordions stand deeper in one another than pages allow."""
    return _depth(blocks, ("numbered_list", "bulleted_list")) > LIST_LEVELS or (
        _depth(blocks, ("accordion",)) > LEVELS
    )


def _depth(blocks: Sequence[Block], types: tuple[str, ...]) -> int:
    deepest = 0
    for block in blocks:
        own = 1 if block.type in types else 0
        inner = max((_depth(one, types) for one in streams_in(block)), default=0)
        deepest = max(deepest, own + inner)
    return deepest


def streams_in(block: Block) -> list[Sequence[Block]]:
    """Return the streams that stand in a block: entries of lists, bodies of accordions."""
    if block.type == "bulleted_list":
        return list(block.value)
    if block.type == "numbered_list":
        return list(block.value["items"])
    if block.type == "accordion":
        return [entry["body"] for entry in block.value["entries"]]
    return []
