"""Lists of a body, with the numbers that readers saw (format reference, 6.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bs4.element import PageElement, Tag

from isomer.convert.body_reader import BodyReader
from isomer.convert.text.list_blocks import OPEN_LIST, Entry, OpenList, joined_lists
from isomer.convert.text.lists import (
    BULLETS,
    entry_nodes,
    flat_entry,
    holds_id,
    lines_of,
    number_in,
    numbering_of,
)
from isomer.convert.text.richtext import LIST_TAGS, TextItem, lists_survive
from isomer.convert.text.streams import Item
from isomer.convert.text.values import Block

# What may stand in an entry: the children of content's EntryBlock. Anything else parts the list.
ENTRY_TYPES = frozenset(
    {
        "anchor", "bulleted_list", "code", "divider", "heading", "imported_html", "numbered_list",
        "picture", "quote", "text",
    }
)  # fmt: skip
# How many list blocks may stand one in another, as the blocks have it.
LIST_LEVELS = 4


def lists(reader: BodyReader, tag: Tag) -> list[Item] | None:
    """Turn a list into open lists, and what no list can hold between them.

    Returns ``None`` for any other element.
    """
    if tag.name not in LIST_TAGS:
        return None
    numbering = numbering_of(tag, "1") if tag.name == "ol" else BULLETS
    found: list[Item] = []
    entries = list(entry_nodes(tag))
    step = -1 if tag.has_attr("reversed") else 1
    count = sum(entry is not None for entry, _ in entries)
    first = number_in(tag, "start")
    following = (1 if step > 0 else count) if first is None else first
    list_number = next(reader.numbers)
    before = numbering
    for place, (entry, nodes) in enumerate(entries):
        if entry is None:
            found.extend(reader.inner(nodes))
            continue
        kind = numbering_of(entry, numbering) if tag.name == "ol" else BULLETS
        given = number_in(entry, "value")
        number = following if given is None else given
        if kind != before or number != following:
            # The numbering breaks here, so a new list begins.
            list_number = next(reader.numbers)
        before, following = kind, number + step
        name = "ol" if kind != BULLETS else "ul"
        flat = None
        # A later entry to which links lead (footnotes) becomes a block: text can't keep its id.
        if not (place and numbering and holds_id([entry], reader.anchors)):
            flat = flat_entry(nodes, name, list_number, reader.numbers)
        if flat is not None and lists_survive(lines_of(flat)[0] if flat else []):
            if flat:
                safe = [replace(one, runs=tuple(reader.safe(one.runs))) for one in flat]
                found.append(_open_list(kind, number, Entry(tuple(safe))))
        else:
            found.extend(_rich_entry(reader, entry, nodes, kind, number))
    return joined_lists(found)


def _open_list(numbering: str, start: int, entry: Entry) -> Block:
    return Block(OPEN_LIST, OpenList(numbering, start, [entry]))


def _rich_entry(
    reader: BodyReader, entry: Tag, nodes: Sequence[PageElement], numbering: str, number: int
) -> list[Item]:
    """Return an entry that holds blocks: a list of one entry, and what parts it from the next.

    What may not stand in an entry comes after it; so does what follows in the entry.
    """
    items = reader.inner(nodes)
    items[:0] = reader.anchors_of(entry)
    end = next((n for n, item in enumerate(items) if not _fits(item)), len(items))
    if not items or (end == 0 and numbering == BULLETS):
        return items
    return [_open_list(numbering, number, Entry((), tuple(items[:end]))), *items[end:]]


def _fits(item: Item) -> bool:
    return isinstance(item, TextItem) or (
        item.type in ENTRY_TYPES and _height([item]) < LIST_LEVELS
    )


def _height(blocks: Iterable[Block]) -> int:
    """Return how many list blocks stand one in another."""
    heights = [0]
    for block in blocks:
        if block.type in ("numbered_list", "bulleted_list"):
            entries = block.value["items"] if block.type == "numbered_list" else block.value
            heights.extend(1 + _height(entry) for entry in entries)
    return max(heights)
