"""Lists, with bullets, numbers or definitions."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from isomer.kramdown.document import Block, read_attributes
from isomer.kramdown.grammar import (
    BLANK,
    BULLET,
    DEFINITION,
    END_OF_BLOCK,
    ENTRY,
    ENTRY_END,
    NUMBER,
    RULE,
)
from isomer.kramdown.scan import INSIDE, NAME
from isomer.kramdown.tree import Element, start_tag

if TYPE_CHECKING:
    from isomer.kramdown.blocks import BlockReader

_ATTRIBUTES = re.compile(rf"\s*\{{:(?!(?:{NAME})?:|/)({INSIDE}+)\}}\s*")
_NO_TEXT = re.compile(rf"[ \t]*(?:\{{:(?!(?:{NAME})?:|/){INSIDE}+\}})?[ \t\r\f\v]*\n")
_TASK = re.compile(r"\[([ xX])\]\s+")
_ONE_BLANK_LINE = re.compile(r"[^\n]?\n\n")
_TABS = re.compile(r"\t+")
# Where the text of an entry begins that has none on its first line.
NO_TEXT_COLUMN = 4


class Columns(NamedTuple):
    """Patterns that depend on the column in which the text of an entry begins."""

    start: re.Pattern[str]
    content: re.Pattern[str]
    indent: str


@cache
def _columns(column: int, kind: str) -> Columns:
    most = min(3, column - 1)
    sign = {"ul": "[+*-]", "ol": r"[0-9]+\.", "dl": ":"}[kind]
    units, rest = divmod(column, 4)
    content = rf"(?:\t| {{4}}){{{units}}} {{{rest}}}|(?:\t| {{4}}){{{units + 1}}}"
    return Columns(
        re.compile(rf"( {{0,{most}}}{sign})([\t| ].*\n)"), re.compile(content), " " * column
    )


class Entry:
    """An entry of a list while its lines are collected."""

    __slots__ = ("after_blank", "attributes", "columns", "element", "kind", "nested", "parts")

    def __init__(self, marker: str, text: str, kind: str) -> None:
        column = len(marker)
        if _NO_TEXT.fullmatch(text):
            column = NO_TEXT_COLUMN
        else:
            column, text = _without_blanks(column, text)
        self.kind = kind
        self.columns = _columns(min(column, 200), kind)
        text = text.lstrip(" \t\r\f\v\n") if not text.strip() else text.lstrip(" \t")
        written = _ATTRIBUTES.match(text)
        self.attributes = read_attributes(written[1]) if written else None
        text = text[written.end() :] if written else text
        # The lines of the entry, and those from the first list in it.
        self.parts = [[text]]
        self.element = Element("dd" if kind == "dl" else "li")
        # A list or a blank line came, so that a mark at the margin begins no list in it.
        self.nested = ENTRY.match(text) is not None
        self.after_blank = False

    def add(self, line: str) -> None:
        """Add a line, as far to the left as the entry stands to the right."""
        tabs = _TABS.match(line)
        if tabs:
            line = "    " * tabs.end() + line[tabs.end() :]
        is_indented = line.startswith(self.columns.indent)
        if is_indented:
            line = line[len(self.columns.indent) :]
        if self.kind != "dl" and ENTRY.match(line):
            if is_indented and not self.nested:
                self.parts.append([])
                self.nested = True
            elif self.nested and not is_indented:
                line = f"{self.columns.indent}    {line}"
        self.parts[-1].append(line)
        self.after_blank = False

    def add_blank(self, lines: str) -> None:
        """Add blank lines."""
        self.parts[-1].append(lines)
        self.nested = self.after_blank = True


def _without_blanks(column: int, text: str) -> tuple[int, str]:
    """Return the column in which the text after a marker begins, and the text."""
    blanks = len(text) - len(text.lstrip(" \t"))
    for character in text[:blanks]:
        column += 1 if character == " " else 4 - column % 4
    return column, text[blanks:]


def read_list(reader: BlockReader, match: re.Match[str]) -> None:
    """Read a list with bullets or numbers."""
    pattern, kind = (BULLET, "ul") if match[1] else (NUMBER, "ol")
    element = Element(kind)
    reader.add(Block("list", element))
    entries, is_ended = _collect(reader, kind, pattern)
    waiting: Block | None = None
    read = [_blocks_of(reader, entry) for entry in entries]
    bare = _bare([_shown(inner.blocks) for inner in read], is_ended)
    has_task = False
    for entry, inner, is_bare in zip(entries, read, bare, strict=True):
        blocks = inner.blocks
        waiting = blocks.pop() if blocks and blocks[-1].kind == "blank" else None
        has_task = _put(entry, inner, is_bare, has_task, element)
        element.children += [entry.element, "\n"]
    if waiting is not None and not is_ended:
        reader.add(Block("blank"))


def _collect(reader: BlockReader, kind: str, pattern: re.Pattern[str]) -> tuple[list[Entry], bool]:
    """Collect the lines of each entry; tell whether a mark ended the list."""
    text = reader.text
    place = reader.place
    entries: list[Entry] = []
    while place < len(text):
        ended = END_OF_BLOCK.match(text, place)
        if ended:
            reader.place = place if kind == "dl" else ended.end()
            return entries, True
        entry = entries[-1] if entries else None
        if kind != "dl" and entry and entry.after_blank and RULE.match(text, place):
            break
        start = (entry.columns.start if entry else pattern).match(text, place)
        if start:
            entries.append(Entry(start[1], start[2], kind))
            place = start.end()
            continue
        if entry is None:
            break
        blank = BLANK.match(text, place)
        if blank:
            entry.add_blank(blank.group())
            place = blank.end()
            continue
        is_lazy = not entry.after_blank and not ENTRY_END.match(text, place)
        if not is_lazy and not entry.columns.content.match(text, place):
            break
        end = reader.line_end(place)
        entry.add(text[place:end])
        place = end
    reader.place = place
    return entries, False


def _blocks_of(reader: BlockReader, entry: Entry) -> BlockReader:
    if entry.attributes is not None:
        reader.document.attributed.append((entry.element.attributes, entry.attributes))
    blocks: list[Block] = []
    for lines in entry.parts:
        inner = reader.inner("".join(lines))
        inner.blocks = blocks
        inner.read_blocks(None)
    return inner


def _shown(blocks: list[Block]) -> list[Block]:
    return [block for block in blocks if block.kind != "gap"]


def _bare(entries: list[list[Block]], is_ended: bool) -> list[bool]:
    """Tell for each entry whether its first paragraph is shown without being one: if no
    blank line follows it, and, in the last of several, if one above is without, too."""
    found: list[bool] = []
    for number, blocks in enumerate(entries):
        is_last = number == len(entries) - 1
        if not blocks or blocks[0].kind != "p":
            found.append(False)
            continue
        is_apart = len(blocks) > 1 and blocks[1].kind == "blank"
        if is_apart and is_last and len(blocks) == 2 and not is_ended:
            is_apart = False
        others = (
            any(
                not above or above[0].kind != "p" or found[place]
                for place, above in enumerate(entries[:number])
            )
            if is_last and number
            else True
        )
        found.append(not is_apart and others)
    return found


def _put(entry: Entry, inner: BlockReader, is_bare: bool, has_task: bool, box: Element) -> bool:
    """Put the blocks of an entry into it; tell whether it or one above it is a task."""
    blocks = inner.blocks
    first = blocks[0] if blocks else None
    if first is not None and first.kind == "p" and first.element is not None:
        if is_bare:
            _make_bare(blocks)
        task = _TASK.match(first.text[0])
        if task and first.text[0][task.end() :]:
            first.text[0] = first.text[0][task.end() :]
            checked = {"checked": "checked"} if task[1] != " " else {}
            kind = {"type": "checkbox", "class": "task-list-item-checkbox"}
            task_box = Element("input", {**kind, "disabled": "disabled", **checked})
            first.text[0] = start_tag(task_box) + first.text[0]
            has_task = True
            box.attributes["class"] = "task-list"
        if has_task:
            entry.element.attributes["class"] = "task-list-item"
    inner.put(blocks, entry.element)
    return has_task


def _make_bare(blocks: list[Block]) -> None:
    """Show the words of a first paragraph without it. Before other blocks a backslash at its
    end shows nothing, and two are a line break."""
    first = blocks[0]
    if first.element is not None:
        first.element.name = ""
    if len(_shown(blocks)) > 1:
        text = first.text[-1].rstrip(" \t")
        is_escaped = (len(text) - len(text.rstrip("\\"))) % 2 == 0 and text.endswith("\\")
        first.text[-1] = f"{text[:-2]}<br>" if is_escaped else text.removesuffix("\\")


def read_definitions(reader: BlockReader, match: re.Match[str]) -> None:
    """Read a list of definitions; the lines of the paragraph above are what they define."""
    blocks = reader.blocks
    is_apart = bool(blocks) and blocks[-1].kind == "blank"
    above = blocks[-2:-1] if is_apart else blocks[-1:]
    if not above or above[0].kind != "p" or reader.pending is not None:
        return
    terms = above[0]
    if is_apart and not _ONE_BLANK_LINE.fullmatch(reader.text[reader.place - 3 : reader.place]):
        return
    del blocks[-2 if is_apart else -1 :]
    box = _box(reader, terms)
    _add_terms(reader, box, terms)
    entries, is_ended = _collect(reader, "dl", DEFINITION)
    waiting = None
    for entry in entries:
        inner = _blocks_of(reader, entry)
        has_blank_after = (
            bool(inner.blocks) and inner.blocks[-1].kind == "blank" and inner.pending is None
        )
        waiting = inner.blocks.pop() if has_blank_after else None
        first = inner.blocks[0] if inner.blocks else None
        if first is not None and first.kind == "p" and first.element and not is_apart:
            _make_bare(inner.blocks)
        inner.put(inner.blocks, entry.element)
        box.children += [entry.element, "\n"]
        is_apart = entry.after_blank
    if waiting is not None and not is_ended:
        reader.add(Block("blank"))


def _box(reader: BlockReader, terms: Block) -> Element:
    """Return the list that definitions go into: one that stands just above, or a new one."""
    blocks = reader.blocks
    place = -2 if blocks and blocks[-1].kind == "blank" else -1
    if len(blocks) >= -place and blocks[place].kind == "definitions":
        if place == -2:
            blocks.pop()
        element = blocks[-1].element
        if element is not None:
            return element
    element = Element("dl")
    block = Block("definitions", element)
    reader.add(block)
    if terms.own is not None:
        reader.document.attributed.append((element.attributes, terms.own))
    return element


def _add_terms(reader: BlockReader, box: Element, terms: Block) -> None:
    for line in "\n".join(terms.text).split("\n"):
        element = Element("dt")
        match = _ATTRIBUTES.match(line)
        if match:
            attributes = read_attributes(match[1])
            reader.document.attributed.append((element.attributes, attributes))
            line = line[match.end() :]
        reader.document.wait(element, line.strip(" \t"), reader.in_html)
        box.children += [element, "\n"]
