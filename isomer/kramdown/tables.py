"""Tables of lines with bars."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from isomer.kramdown.document import Block, Cell
from isomer.kramdown.grammar import BLOCK_BOUNDARY
from isomer.kramdown.html import BLOCKS, read_comment, read_raw, read_tag
from isomer.kramdown.scan import SPACES, Finder
from isomer.kramdown.tree import Element

if TYPE_CHECKING:
    from isomer.kramdown.blocks import BlockReader

LINE = re.compile(r"\||[^\n]*?[^\\\n]\|")
_RULE = re.compile(r"[+|: \t-]*-[+|: \t-]*\n")
_FOOT_RULE = re.compile(r"[+|: \t=]*=[+|: \t=]*\n")
_LINES = re.compile(r"[^\n]*\n")
_ROW = re.compile(rf"{LINE.pattern}|{_RULE.pattern}|{_FOOT_RULE.pattern}")
_ALIGNMENT = re.compile(r"[ \t]*(:)?-+(:)?[ \t]*")
_CODE = re.compile(r"(`+)|<code(?:\s[^<>]*)?>", re.ASCII)
_BAR = re.compile(r"(?<!\\)\|")
# A single tick between blanks begins no code.
_LONE_TICK = re.compile(r"(?:(?<=\s)|\A)`(?!`)(?=\s)", re.ASCII)
_MARK = re.compile(r"(`+)|<(?=[^\W\d]|!--)|\\.")
_TICKS = re.compile("`+")
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
    place = max(start, reader.no_table_before)
    while _ROW.match(text, place):
        place = reader.line_end(place)
    if place < len(text) and not BLOCK_BOUNDARY.match(text, place):
        reader.no_table_before = place
        return
    lines = _LINES.findall(text, start, place)
    parts, alignment = _parts(lines)
    if not any(name == "tbody" for name, _ in parts) or not _has_bars(text[start:place]):
        return
    reader.place, reader.pending = place, pending
    element = Element("table")
    reader.add(Block("table", element))
    _fill(reader, element, parts, alignment)


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
    for cell in line.strip(SPACES).strip("|").replace("+", "|").split("|"):
        match = _ALIGNMENT.match(cell)
        left, right = (match[1], match[2]) if match else (None, None)
        found.append("center" if left and right else "left" if left else "right" if right else "")
    return found


def _cells(line: str, has_leading_bar: bool) -> list[str]:
    """Return the cells of a line: bars part them, but none in code, and none after a backslash.
    Code is written anew, between as few ticks as it takes."""
    leading = _LEADING_BAR.match(line) if has_leading_bar else None
    finder = Finder(line.rstrip("\n").rstrip(" \t"))
    line = finder.text
    cells: list[list[str]] = [[]]

    def add_text(end: int) -> None:
        first, *others = _BAR.split(line[begin:end])
        cells[-1].append(first.replace("\\|", "|"))
        cells.extend([other.replace("\\|", "|")] for other in others)

    place = begin = leading.end() if leading else 0
    while (opening := _CODE.search(line, place)) is not None:
        place = opening.end()
        end = _after_code(finder, opening)
        if end:
            add_text(opening.start())
            ticks = opening[1]
            words = line[place : end - len(ticks)] if ticks else line[opening.start() : end]
            cells[-1].append(_code(ticks, words) if ticks else words)
            place = begin = end
    add_text(len(line))
    found = ["".join(cell).strip(" \t") for cell in cells]
    return found if found[-1] else found[:-1]


def _code(ticks: str, words: str) -> str:
    if len(ticks) > 1:
        words = words.removeprefix(" ").removesuffix(" ")
    ticks = max(_TICKS.findall(words), default="") + "`"
    return f"{ticks} {words} {ticks}" if len(ticks) > 1 else f"`{words}`"


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
    finder = Finder(text)
    shown = []
    place = begin = 0
    while (mark := _MARK.search(text, place)) is not None:
        start, place = mark.span()
        end = _after_code(finder, mark) if mark[1] else 0
        breaks = text.count("\n", start, end)
        if mark.group() == "<":
            end = _after_html(finder, start)
        if end:
            # A line that code begins belongs to the one above.
            shown += [text[begin:start].rstrip("\n"), "`" + "\n" * (breaks == 1)]
            place = begin = end if breaks < 2 else len(text)
    lines = "".join([*shown, text[begin:]]).rstrip("\n").split("\n")
    return all(map(_BAR.search, lines))


def _after_code(finder: Finder, mark: re.Match[str]) -> int:
    """Return the end of the code that begins with a mark, 0 if there is none."""
    if _LONE_TICK.match(finder.text, mark.start()):
        return 0
    closing = finder.next(re.compile(mark[1] or "</code>"), mark.end())
    return closing.end() if closing else 0


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
    return read_raw(finder, tag.end, Element(tag.name))
