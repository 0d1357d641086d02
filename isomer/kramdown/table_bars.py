"""Which lines of a table have a bar outside of code and HTML."""

from __future__ import annotations

import re

from isomer.kramdown.html_parts import BLOCKS, read_comment, read_raw, read_tag
from isomer.kramdown.scan import Finder
from isomer.kramdown.tree import Element

BAR = re.compile(r"(?<!\\)\|")
# A single tick between blanks begins no code.
LONE_TICK = re.compile(r"(?:(?<=\s)|\A)`(?!`)(?=\s)")
_MARK = re.compile(r"`+|<(?=[^\W\d]|!--)|\\.")


def has_bars(text: str) -> bool:
    """Tell whether each line has a bar; elements of HTML are passed over with their lines. Of
    lines from code of three lines on nothing is asked."""
    if "`" not in text and "<" not in text:
        return all(map(BAR.search, text.removesuffix("\n").split("\n")))
    finder = Finder(text)
    begin, has_bar = 0, False
    no_ticks = len(text) + 1
    place = 0
    while (mark := _MARK.search(text, place)) is not None:
        start, place = mark.span()
        end = 0
        if mark.group()[0] == "`":
            if LONE_TICK.match(text, start) or len(mark.group()) >= no_ticks:
                continue
            end = text.find(mark.group(), place) + len(mark.group())
            if end < place:
                no_ticks = len(mark.group())
                continue
        elif mark.group() == "<":
            end = _after_html(finder, start)
        if not end:
            continue
        lines = _lines(text[begin:start], has_bar)
        breaks = text.count("\n", start, end) if mark.group() != "<" else 0
        if not lines and (lines is None or breaks):
            return False
        if breaks > 1:
            return True
        has_bar = lines and not breaks
        place = begin = end
    return bool(_lines(text[begin:], has_bar))


def _lines(text: str, has_bar: bool) -> bool | None:
    """Tell whether the last line of a text has a bar, ``None`` if one above it has none."""
    lines = text.rstrip("\n").split("\n")
    for number, line in enumerate(lines):
        if number and not has_bar:
            return None
        has_bar = BAR.search(line) is not None or (has_bar and not number)
    return has_bar


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
