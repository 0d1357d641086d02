"""Tables of lines with bars."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from isomer.kramdown.document import Block, Cell
from isomer.kramdown.grammar import BLOCK_ATTRIBUTES, END_OF_BLOCK
from isomer.kramdown.html import BLOCKS, read_comment, read_raw, read_tag
from isomer.kramdown.scan import Finder
from isomer.kramdown.tree import Element

if TYPE_CHECKING:
    from isomer.kramdown.blocks import BlockReader

LINE = re.compile(r"\||[^\n]*?[^\\\n]\|")
_BLANK = re.compile(r"[ \t\r\f\v]*\n")
_RULE = re.compile(r"[+|: \t-]*-[+|: \t-]*\n")
_FOOT_RULE = re.compile(r"[+|: \t=]*=[+|: \t=]*\n")
_ALIGNMENT = re.compile(r"[ \t]*(:)?-+(:)?[ \t]*")
_CODE = re.compile(r"(`+)|<code(?:\s[^<>]*)?>")
_BAR = re.compile(r"(?<!\\)\|")
# A single tick between blanks begins no code.
_LONE_TICK = re.compile(r"(?:(?<=\s)|\A)`(?!`)(?=\s)")
_MARK = re.compile(r"`+|<(?=[^\W\d]|!--)|\\.")
_LEADING_BAR = re.compile(r"[ \t]*\|")
# Short rows are filled up, unless that made far more cells than anybody wrote.
MOST_FILLED = 20
# The names of the parts of a table and their rows of cells.
Parts: TypeAlias = list[tuple[str, list[list[str]]]]


def read_table(reader: BlockReader, match: re.Match[str]) -> None:
    """Read a table: lines up to a blank one, each with a bar outside of code and tags."""
    text, start = reader.text, reader.place
    if not reader.at_boundary():
        return
    # Attributes above belong to what looked like a table, even if it is none.
    pending, reader.pending = reader.pending, None
    place = start
    lines = []
    while place < len(text) and not _ends(text, place):
        end = reader.line_end(place)
        line = text[place:end]
        if not (LINE.match(line) or _RULE.match(line) or _FOOT_RULE.match(line)):
            return
        lines.append(line)
        place = end
    parts, alignment = _parts(lines)
    if not any(name == "tbody" for name, _ in parts) or not _has_bars(text[start:place]):
        return
    reader.place, reader.pending = place, pending
    element = Element("table")
    reader.add(Block("table", element))
    _fill(reader, element, parts, alignment)


def _ends(text: str, place: int) -> bool:
    return bool(
        _BLANK.match(text, place)
        or END_OF_BLOCK.match(text, place)
        or BLOCK_ATTRIBUTES.match(text, place)
    )


def _parts(lines: list[str]) -> tuple[Parts, list[str]]:
    """Return the parts of a table with their rows, and the alignment of its columns. Lines of
    hyphens end parts, the first of which is the head; after one of equals signs comes the foot."""
    parts: Parts = []
    rows: list[list[str]] = []
    alignment: list[str] = []
    has_foot = False
    has_leading_bar = bool(lines) and _LEADING_BAR.match(lines[0]) is not None
    for line in lines:
        if _RULE.fullmatch(line):
            if rows and not has_foot:
                alignment = alignment if parts else _alignment(line)
                parts.append(("tbody" if parts else "thead", rows))
                rows = []
        elif _FOOT_RULE.fullmatch(line):
            if rows:
                parts.append(("tbody", rows))
                rows = []
            has_foot = True
        else:
            rows.append(_cells(line, has_leading_bar))
    if rows:
        parts.append(("tfoot" if has_foot else "tbody", rows))
    return parts, alignment


def _alignment(line: str) -> list[str]:
    found = []
    for cell in line.strip().strip("|").replace("+", "|").split("|"):
        match = _ALIGNMENT.match(cell)
        left, right = (match[1], match[2]) if match else (None, None)
        found.append("center" if left and right else "left" if left else "right" if right else "")
    return found


def _cells(line: str, has_leading_bar: bool) -> list[str]:
    line = line.rstrip("\n")
    leading = _LEADING_BAR.match(line) if has_leading_bar else None
    line = line.rstrip(" \t")
    cells = []
    begin = leading.end() if leading else 0
    for place in _bars(line):
        if place >= begin:
            cells.append(line[begin:place])
            begin = place + 1
    if line[begin:].strip(" \t"):
        cells.append(line[begin:])
    return [cell.strip(" \t").replace("\\|", "|") for cell in cells]


def _bars(line: str) -> list[int]:
    """Return the places of the bars between cells: none in code, none after a backslash."""
    shown = []
    place = begin = 0
    while (opening := _CODE.search(line, place)) is not None:
        place = opening.end()
        closing = opening[1] or "</code>"
        end = -1 if _LONE_TICK.match(line, opening.start()) else line.find(closing, place)
        if end >= 0:
            place = end + len(closing)
            shown += [line[begin : opening.start()], "`" * (place - opening.start())]
            begin = place
    return [match.start() for match in _BAR.finditer("".join([*shown, line[begin:]]))]


def _fill(reader: BlockReader, table: Element, parts: Parts, alignment: list[str]) -> None:
    lengths = [len(row) for _, part in parts for row in part]
    width = max(lengths)
    if width * len(lengths) > MOST_FILLED * (sum(lengths) + 100):
        width = 0
    for name, part in parts:
        box = Element(name)
        table.children += [box, "\n"]
        for row in part:
            line = Element("tr")
            box.children += [line, "\n"]
            for number in range(max(width, len(row))):
                cell = Cell("th" if name == "thead" else "td")
                side = alignment[number] if number < len(alignment) else ""
                if side:
                    cell.attributes["style"] = f"text-align: {side}"
                text = row[number] if number < len(row) else ""
                reader.document.wait(cell, text, reader.in_html)
                line.children += [cell, "\n"]


def _has_bars(text: str) -> bool:
    """Tell whether each line has a bar; elements of HTML are passed over with their lines. Of
    lines from code of three lines on nothing is asked."""
    if "`" not in text and "<" not in text:
        return all(map(_BAR.search, text.removesuffix("\n").split("\n")))
    finder = Finder(text)
    begin, has_bar = 0, False
    no_ticks = len(text) + 1
    place = 0
    while (mark := _MARK.search(text, place)) is not None:
        start, place = mark.span()
        end = 0
        if mark.group()[0] == "`":
            if _LONE_TICK.match(text, start) or len(mark.group()) >= no_ticks:
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
        has_bar = _BAR.search(line) is not None or (has_bar and not number)
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
    return read_raw(finder, tag.end, Element(tag.name), 100)
