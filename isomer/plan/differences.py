"""What an update changes: field by field, block by block, word by word. No database."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html import unescape
from typing import Any

_TAG = re.compile(r"<[^>]*>")
_TARGET = re.compile(r'<(?:a|embed|img)\b[^>]*?\s(?:href|id|src)="([^"]*)"')
_MARKUP = re.compile(r"<[a-zA-Z/!]")
# Beyond so many words of one text, which words stand where is not worked out any more.
MAXIMUM_WORDS = 20_000
# What in a value is neither said nor shown.
_NOT_SHOWN = frozenset({"id", "$place"})
_REFERENCES = ("$page", "$picture", "$document")


@dataclass(frozen=True)
class BlockChange:
    """A block that is added, removed, changed or moved.

    ``number`` counts from 1 among the blocks as they will be; for a removed block, as they
    were. ``added`` and ``removed`` are words in order; ``targets_added`` and
    ``targets_removed`` what links and pictures lead to.
    """

    done: str
    block: str
    number: int
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    targets_added: list[str] = field(default_factory=list)
    targets_removed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class FieldChange:
    """A field that gets another value; a field of blocks names each that changes."""

    name: str
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    targets_added: list[str] = field(default_factory=list)
    targets_removed: list[str] = field(default_factory=list)
    blocks: list[BlockChange] = field(default_factory=list)


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FieldChange]:
    """Return which fields of imported content become another, in the order of ``after``.

    Both are content as :class:`isomer.plan.model.PlannedPage` holds it. Ids of blocks, which
    only say where a block stood, are no change by themselves.
    """
    names = [*after, *(name for name in before if name not in after)]
    found = []
    for name in names:
        old, new = before.get(name), after.get(name)
        if name in _NOT_SHOWN or _essence(old) == _essence(new):
            continue
        if _is_stream(old) and _is_stream(new):
            found.append(_stream_change(name, old or [], new or []))
        else:
            found.append(FieldChange(name, *_difference(old, new)))
    return found


def shown_words(value: Any) -> list[str]:
    """Return the words of JSON-like content in order, without markup, ids and addresses."""
    return [word for text in _texts(value) for word in text.split()]


def _stream_change(name: str, old: list[Any], new: list[Any]) -> FieldChange:
    blocks = list(_moves(_block_changes(old, new)))
    added, removed, targets_added, targets_removed = _difference(old, new)
    return FieldChange(name, added, removed, targets_added, targets_removed, blocks)


def _block_changes(old: list[Any], new: list[Any]) -> Iterator[tuple[BlockChange, str]]:
    """Yield each change with the essence of its block."""
    was, will = [_essence(block) for block in old], [_essence(block) for block in new]
    matcher = SequenceMatcher(None, was, will, autojunk=False)
    for done, i1, i2, j1, j2 in matcher.get_opcodes():
        if done == "equal":
            continue
        pairs, i, j = _pairs(old[i1:i2], new[j1:j2]), i1, j1
        for first, second in pairs:
            if first is not None and second is not None:
                difference = _difference(first["value"], second["value"])
                yield BlockChange("changed", second["type"], j + 1, *difference), ""
            elif second is not None:
                yield BlockChange("added", second["type"], j + 1, shown_words(second)), will[j]
            elif first is not None:
                yield BlockChange("removed", first["type"], i + 1, [], shown_words(first)), was[i]
            i, j = i + (first is not None), j + (second is not None)


def _pairs(old: list[Any], new: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield which block became which, by type and order; ``None`` stands for none."""
    types = SequenceMatcher(None, [b["type"] for b in old], [b["type"] for b in new], False)
    for _, i1, i2, j1, j2 in types.get_opcodes():
        if i2 - i1 == j2 - j1 and [b["type"] for b in old[i1:i2]] == [
            b["type"] for b in new[j1:j2]
        ]:
            yield from zip(old[i1:i2], new[j1:j2], strict=True)
        else:
            yield from ((block, None) for block in old[i1:i2])
            yield from ((None, block) for block in new[j1:j2])


def _moves(found: Iterable[tuple[BlockChange, str]]) -> Iterator[BlockChange]:
    """Say of a block that goes in one place and comes unchanged in another that it moves."""
    pairs = list(found)
    gone = Counter(essence for change, essence in pairs if change.done == "removed")
    come = Counter(essence for change, essence in pairs if change.done == "added")
    moved = gone & come
    left = dict(moved)
    arrived = dict(moved)
    for change, essence in pairs:
        if change.done == "removed" and left.get(essence):
            left[essence] -= 1
        elif change.done == "added" and arrived.get(essence):
            arrived[essence] -= 1
            yield BlockChange("moved", change.block, change.number)
        else:
            yield change


def _difference(old: Any, new: Any) -> tuple[list[str], list[str], list[str], list[str]]:
    """Return words added and removed, then targets added and removed."""
    added, removed = _words_between(shown_words(old), shown_words(new))
    was, will = Counter(_targets(old)), Counter(_targets(new))
    return added, removed, list((will - was).elements()), list((was - will).elements())


def _words_between(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    if max(len(old), len(new)) > MAXIMUM_WORDS:
        was, will = Counter(old), Counter(new)
        return list((will - was).elements()), list((was - will).elements())
    added: list[str] = []
    removed: list[str] = []
    for done, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if done != "equal":
            removed += old[i1:i2]
            added += new[j1:j2]
    return added, removed


def _is_stream(value: Any) -> bool:
    return value is None or (
        isinstance(value, list)
        and all(isinstance(item, dict) and {"type", "value"} <= item.keys() for item in value)
    )


def _essence(value: Any) -> str:
    """Return a value as text, the same for the same content wherever its blocks stand."""
    return json.dumps(_without_ids(value), sort_keys=True, ensure_ascii=False, default=str)


def _without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_ids(item) for key, item in value.items() if key != "id"}
    if isinstance(value, list):
        return [_without_ids(item) for item in value]
    return value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield unescape(_TAG.sub(" ", value)) if _MARKUP.search(value) else value
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int | float):
        yield str(value)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        is_block = {"type", "value"} <= value.keys()
        for key, item in value.items():
            unsaid = key in _NOT_SHOWN or _is_target(key, value) or (is_block and key == "type")
            if not unsaid:
                yield from _texts(item)


def _is_target(key: str, value: Mapping[str, Any]) -> bool:
    """Tell whether an entry of a value is where a link or picture leads."""
    return key in _REFERENCES or (key == "address" and {"page", "document"} <= value.keys())


def _targets(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (unescape(target) for target in _TARGET.findall(value))
    elif isinstance(value, list):
        for item in value:
            yield from _targets(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not _is_target(key, value):
                yield from _targets(item)
            elif item:
                yield str(item)
