"""Which bars of a table's lines stand in code or in HTML."""

from __future__ import annotations

import re

from isomer.kramdown.html_parts import BLOCKS, read_comment, read_raw, read_tag
from isomer.kramdown.scan import Finder
from isomer.kramdown.tree import Element

_MARK = re.compile(r"`+|<(?=[^\W\d]|!--)|\\.")


def without_covered(text: str) -> str:
    """Return text without its code and its elements of HTML, line breaks kept."""
    finder = Finder(text)
    parts = []
    place = 0
    begin = 0
    no_ticks = len(text) + 1
    while (mark := _MARK.search(text, place)) is not None:
        end = mark.end()
        if mark.group()[0] == "`":
            close = -1
            if len(mark.group()) < no_ticks:
                close = text.find(mark.group(), end)
            if close < 0:
                no_ticks = min(no_ticks, len(mark.group()))
            end = close + len(mark.group()) if close >= 0 else 0
        elif mark.group() == "<":
            end = _after_html(finder, mark.start())
        else:
            place = mark.end()
            continue
        if not end:
            place = mark.end()
            continue
        parts.append(text[begin : mark.start()])
        parts.append("\n" * text.count("\n", mark.start(), end))
        place = begin = end
    return "".join([*parts, text[begin:]])


def _after_html(finder: Finder, place: int) -> int:
    """Return the end of the element at a place, 0 if there is none."""
    comment = read_comment(finder, place)
    if comment:
        return comment[1]
    tag = read_tag(finder, place)
    if tag is None or tag.name in BLOCKS:
        return 0
    if tag.is_closed:
        return tag.end
    return read_raw(finder, tag.end, Element(tag.name), 100)[0]
