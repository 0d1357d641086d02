"""Lists as text where text can hold them, and as list blocks where it can't.

Numbers that readers see are content (format reference, 6.1): each entry keeps its number,
whatever becomes of its list. Lists whose numbers go on are one list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bs4.element import PageElement, Tag

from isomer.convert.text.lists import (
    BULLETS,
    entry_nodes,
    flat_entry,
    holds_id,
    lines_of,
    number_in,
    numbering_of,
)
from isomer.convert.text.richtext import TextItem, lists_survive
from isomer.convert.text.streams import gather
from isomer.convert.text.values import Block

if TYPE_CHECKING:
    from isomer.convert.body import BodyReader, Item

# What may stand in an entry: the children of content's EntryBlock. Anything else parts the list.
ENTRY_TYPES = frozenset(
    {
        "anchor", "bulleted_list", "code", "divider", "heading", "imported_html", "numbered_list",
        "picture", "quote", "text",
    }
)  # fmt: skip
# How many list blocks may stand one in another, as the blocks have it.
LIST_LEVELS = 4
OPEN_LIST = "open list"


@dataclass(frozen=True)
class Entry:
    """An entry: text items as in rich text if ``flat``, else what stands in it."""

    flat: tuple[TextItem, ...]
    items: tuple[Item, ...] = ()

    @property
    def blocks(self) -> list[Block]:
        if not self.flat:
            return gather(self.items)
        return gather(lines_of(self.flat)[0])


@dataclass(frozen=True)
class OpenList:
    """A list, or a part of one, that the next list may go on with."""

    numbering: str
    start: int
    entries: list[Entry] = field(default_factory=list)

    def goes_on_with(self, other: OpenList) -> bool:
        """Tell whether another list counts on from this one."""
        if self.numbering != other.numbering:
            return False
        return self.numbering == BULLETS or other.start == self.start + len(self.entries)


def read_list(reader: BodyReader, tag: Tag) -> list[Item]:
    """Return what a list element holds: open lists, and what no list can hold between them."""
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
            # What counts on its own is a list of its own.
            list_number = next(reader.numbers)
        before, following = kind, number + step
        name = "ol" if kind != BULLETS else "ul"
        flat = None
        # Footnotes are such lists: each link leads to its own entry.
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


def joined_lists(items: Iterable[Item]) -> list[Item]:
    """Return items, neighbouring open lists joined where the numbers go on."""
    joined: list[Item] = []
    for item in items:
        before = joined[-1] if joined else None
        if (
            isinstance(item, Block)
            and item.type == OPEN_LIST
            and isinstance(before, Block)
            and before.type == OPEN_LIST
            and before.value.goes_on_with(item.value)
        ):
            before.value.entries.extend(item.value.entries)
        elif isinstance(item, Block) and item.type == OPEN_LIST:
            # Entries are added above: to a list of its own, never to one of the caller's.
            joined.append(Block(OPEN_LIST, replace(item.value, entries=[*item.value.entries])))
        else:
            joined.append(item)
    return joined


def finished_lists(items: Iterable[Item]) -> list[Item]:
    """Return items with every open list written as text or as a list block."""
    finished: list[Item] = []
    for item in joined_lists(items):
        if isinstance(item, Block) and item.type == OPEN_LIST:
            finished.extend(_finished(item.value))
        else:
            finished.append(item)
    return finished


def _finished(found: OpenList) -> list[Item]:
    if all(entry.flat for entry in found.entries):
        number = found.entries[0].flat[0].list_number
        text = [
            item if item.depth else replace(item, list_number=number)
            for entry in found.entries
            for item in entry.flat
        ]
        counts_from_one = found.numbering == "1" and found.start == 1
        if (found.numbering == BULLETS or counts_from_one) and lists_survive(text):
            return list(text)
    blocks = [entry.blocks for entry in found.entries]
    if found.numbering == BULLETS:
        return [Block("bulleted_list", blocks)]
    value = {"start": found.start, "numbering": found.numbering, "items": blocks}
    return [Block("numbered_list", value)]


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def written_number(number: int, numbering: str) -> str:
    """Return the number of an entry as a browser writes it before the entry.

    ``numbering`` is one of the kinds of numbers; what letters can't say is said in digits.
    """
    kind, written, rest = numbering.lower(), "", number
    if number < 1 or (kind == "i" and number > 3999) or kind not in ("a", "i"):
        return str(number)
    if kind == "a":
        while rest:
            rest, letter = divmod(rest - 1, 26)
            written = chr(ord("a") + letter) + written
    else:
        for value, sign in _ROMAN:
            times, rest = divmod(rest, value)
            written += sign * times
    return written if numbering.islower() else written.upper()
