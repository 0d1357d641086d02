"""Lists that were read: as text where text can hold them, and as list blocks where it can't.

Numbers that readers see are content (format reference, 6.1): each entry keeps its number,
whatever becomes of its list. Lists whose numbers go on are one list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from isomer.convert.text.lists import (
    BULLETS,
    lines_of,
)
from isomer.convert.text.richtext import TextItem, lists_survive
from isomer.convert.text.streams import Item, merge_text_items
from isomer.convert.text.values import Block

OPEN_LIST = "open list"


@dataclass(frozen=True)
class Entry:
    """An entry: text items as in rich text if ``flat``, else what stands in it."""

    flat: tuple[TextItem, ...]
    items: tuple[Item, ...] = ()

    @property
    def blocks(self) -> list[Block]:
        if not self.flat:
            return merge_text_items(self.items)
        return merge_text_items(lines_of(self.flat)[0])


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
