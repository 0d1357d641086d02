"""List elements as text items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bs4.element import PreformattedString, Tag

from content.html_tree import attribute
from isomer.convert.richtext import TextItem
from isomer.convert.runs import INLINE, inline_runs, text_of

MAXIMUM_LIST_DEPTH = 4


def holds_block(tag: Tag) -> bool:
    """Tell whether anything but running text stands in an element."""
    return any(isinstance(node, Tag) and node.name not in INLINE for node in tag.descendants)


def first_number(tag: Tag) -> int | None:
    """Return the first number of a list, ``None`` if an editor's number field can't hold it."""
    start = attribute(tag, "start")
    if tag.name == "ul" or not re.fullmatch(r"-?\d+", start):
        return 1
    return int(start) if len(start) < 8 else None


def lines_of(entries: Sequence[TextItem]) -> list[list[TextItem]]:
    """Return each outermost entry as a paragraph, followed by the lists nested in it."""
    lines: list[list[TextItem]] = []
    for entry in entries:
        if entry.depth == 0:
            lines.append([TextItem("p", entry.runs)] if entry.runs else [])
        else:
            lines[-1].append(replace(entry, depth=entry.depth - 1))
    return lines


def list_entries(tag: Tag, numbers: Iterator[int], depth: int = 0) -> list[TextItem] | None:
    """Return the entries of a list element, ``None`` if rich text can't hold them.

    ``numbers`` gives each list element a number of its own.
    """
    if depth > MAXIMUM_LIST_DEPTH or tag.get("type") or (depth and tag.get("start")):
        return None
    number = next(numbers)
    found: list[TextItem] = []
    for child in tag.children:
        if isinstance(child, PreformattedString):
            continue
        if not isinstance(child, Tag):
            if str(child).strip():
                return None
            continue
        if child.name != "li" or child.get("value"):
            return None
        entry = _list_entry(child, tag.name, depth, number, numbers)
        if entry is None:
            return None
        found.extend(entry)
    return found


def _list_entry(
    entry: Tag, name: str, depth: int, number: int, numbers: Iterator[int]
) -> list[TextItem] | None:
    own: list[object] = []
    nested: list[TextItem] = []
    for node in entry.children:
        if isinstance(node, Tag) and node.name in ("ul", "ol"):
            below = list_entries(node, numbers, depth + 1)
            if below is None:
                return None
            nested.extend(below)
        elif isinstance(node, Tag) and node.name == "p" and not holds_block(node):
            if nested and node.get_text(strip=True):
                return None
            if own:
                own.append(Tag(name="br"))
            own.extend(node.children)
        else:
            block = isinstance(node, Tag) and (node.name not in INLINE or holds_block(node))
            text_after_list = nested and str(node).strip()
            if block or text_after_list:
                return None
            own.append(node)
    runs = inline_runs(own)
    if not text_of(runs).strip() and not nested:
        return []
    return [TextItem(name, tuple(runs), depth, number), *nested]
