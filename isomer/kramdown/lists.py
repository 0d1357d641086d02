"""Lists, with bullets, numbers or definitions."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from isomer.kramdown.document import Block, read_attributes
from isomer.kramdown.grammar import BLANK, END_OF_BLOCK, ENTRY, ENTRY_END, RULE
from isomer.kramdown.scan import INSIDE, NAME, SPACES
from isomer.kramdown.tree import Element

if TYPE_CHECKING:
    from isomer.kramdown.blocks import BlockReader

_ATTRIBUTES = re.compile(rf"\s*\{{:(?!(?:{NAME})?:|/)({INSIDE}+)\}}\s*", re.ASCII)
_NO_TEXT = re.compile(rf"[ \t]*(?:\{{:(?!(?:{NAME})?:|/){INSIDE}+\}})?[ \t\r\f\v]*\n")
_TASK = re.compile(r"\[([ xX])\]\s+", re.ASCII)
_ONE_BLANK_LINE = re.compile(r"[^\n]?\n\n")
# Where the text of an entry begins that has none on its first line.
NO_TEXT_COLUMN = 4


@cache
def _columns(column: int, kind: str) -> tuple[re.Pattern[str], re.Pattern[str], str]:
    """Return what depends on the column in which the text of an entry begins: patterns of the
    beginning of another entry and of a line that goes on, and the indent of such lines."""
    sign = {"ul": "[+*-]", "ol": r"[0-9]+\.", "dl": ":"}[kind]
    start = rf"( {{0,{min(3, column - 1)}}}{sign})([\t| ].*\n)"
    units, rest = divmod(column, 4)
    content = rf"(?:\t| {{4}}){{{units}}} {{{rest}}}|(?:\t| {{4}}){{{units + 1}}}"
    return re.compile(start), re.compile(content), " " * column


class Entry:
    """An entry of a list while its lines are collected."""

    def __init__(self, marker: str, text: str, kind: str) -> None:
        words = text.lstrip(" \t") if text.strip(SPACES) else text.lstrip(SPACES)
        column = len((marker + text[: len(text) - len(text.lstrip(" \t"))]).expandtabs(4))
        if _NO_TEXT.fullmatch(text):
            column = NO_TEXT_COLUMN
        self.start, self.content, self.indent = _columns(min(column, 200), kind)
        self.kind = kind
        written = _ATTRIBUTES.match(words)
        self.attributes = read_attributes(written[1]) if written else None
        words = words[written.end() :] if written else words
        # The lines of the entry, and those from the first list in it.
        self.parts = [[words]]
        self.element = Element("dd" if kind == "dl" else "li")
        # A list or a blank line came, so that a mark at the margin begins no list in it.
        self.nested = ENTRY.match(words) is not None
        self.after_blank = False

    def add(self, line: str) -> None:
        """Add a line, as far to the left as the entry stands to the right."""
        tabs = len(line) - len(line.lstrip("\t"))
        line = "    " * tabs + line[tabs:]
        is_indented = line.startswith(self.indent)
        if is_indented:
            line = line[len(self.indent) :]
        if self.kind != "dl" and ENTRY.match(line):
            if is_indented and not self.nested:
                self.parts.append([])
                self.nested = True
            elif self.nested and not is_indented:
                line = f"{self.indent}    {line}"
        self.parts[-1].append(line)
        self.after_blank = False

    def add_blank(self, lines: str) -> None:
        """Add blank lines."""
        self.parts[-1].append(lines)
        self.nested = self.after_blank = True


def read_list(reader: BlockReader, match: re.Match[str]) -> None:
    """Read a list with bullets or numbers."""
    kind = "ol" if match[1].endswith(".") else "ul"
    element = Element(kind)
    reader.add(Block("list", element))
    entries, is_ended = _collect(reader, match, kind)
    read = [_blocks_of(reader, entry) for entry in entries]
    for entry, blocks, is_bare in zip(entries, read, _bare(read, is_ended), strict=True):
        has_blank = _drop_blank(blocks)
        if blocks and blocks[0].kind == "p":
            _read_task(element, entry.element, blocks[0])
        _put(reader, element, entry, blocks, is_bare)
    if has_blank and not is_ended:
        reader.add(Block("blank"))


def _collect(reader: BlockReader, match: re.Match[str], kind: str) -> tuple[list[Entry], bool]:
    """Collect the lines of each entry; tell whether a mark ended the list."""
    text, place = reader.text, match.end()
    entries = [Entry(match[1], match[2], kind)]
    while place < len(text):
        ended = END_OF_BLOCK.match(text, place)
        if ended:
            reader.place = place if kind == "dl" else ended.end()
            return entries, True
        entry = entries[-1]
        if kind != "dl" and entry.after_blank and RULE.match(text, place):
            break
        start = entry.start.match(text, place)
        if start:
            entries.append(Entry(start[1], start[2], kind))
            place = start.end()
            continue
        blank = BLANK.match(text, place)
        if blank:
            entry.add_blank(blank.group())
            place = blank.end()
            continue
        is_lazy = not entry.after_blank and not ENTRY_END.match(text, place)
        if not is_lazy and not entry.content.match(text, place):
            break
        end = reader.line_end(place)
        entry.add(text[place:end])
        place = end
    reader.place = place
    return entries, False


def _blocks_of(reader: BlockReader, entry: Entry) -> list[Block]:
    if entry.attributes is not None:
        reader.document.attributed.append((entry.element.attributes, entry.attributes))
    blocks: list[Block] = []
    for lines in entry.parts:
        inner = reader.inner("".join(lines))
        inner.blocks = blocks
        inner.read_blocks(None)
    return blocks


def _drop_blank(blocks: list[Block]) -> bool:
    """Leave away a blank line at the end; tell whether there was one."""
    return bool(blocks) and blocks[-1].kind == "blank" and blocks.pop() is not None


def _shown(blocks: list[Block]) -> list[Block]:
    return [block for block in blocks if block.kind != "gap"]


def _bare(entries: list[list[Block]], is_ended: bool) -> list[bool]:
    """Tell for each entry whether a first paragraph is shown without being one: if no blank line
    follows it, and, in the last of several, if one above is without, too."""
    kinds = [[block.kind for block in _shown(blocks)] for blocks in entries]
    apart = [one[:2] == ["p", "blank"] for one in kinds]
    if len(kinds[-1]) == 2 and not is_ended:
        apart[-1] = False
    if len(apart) > 1 and all(apart[:-1]):
        apart[-1] = True
    return [not one for one in apart]


def _read_task(box: Element, entry: Element, first: Block) -> None:
    """Make the box of a task that the first paragraph of an entry begins with. Entries after
    the first task are shown as tasks, too."""
    task = _TASK.match(first.text[0])
    if task and first.element and first.text[0][task.end() :]:
        checked = {"checked": "checked"} if task[1] != " " else {}
        kind = {"type": "checkbox", "class": "task-list-item-checkbox"}
        first.element.children = [Element("input", {**kind, "disabled": "disabled", **checked})]
        first.text[0] = first.text[0][task.end() :]
        box.attributes["class"] = "task-list"
    if box.attributes:
        entry.attributes["class"] = "task-list-item"


def _put(
    reader: BlockReader, box: Element, entry: Entry, blocks: list[Block], is_bare: bool
) -> None:
    """Put an entry into its list. The words of a first paragraph may be shown without it; before
    other blocks a backslash at their end shows nothing then, and two are a line break."""
    first = blocks[0] if blocks else None
    if is_bare and first and first.kind == "p" and first.element:
        first.element.name = ""
        if len(_shown(blocks)) > 1:
            text = first.text[-1].rstrip(" \t")
            is_escaped = (len(text) - len(text.rstrip("\\"))) % 2 == 0 and text.endswith("\\")
            first.text[-1] = f"{text[:-2]}<br>" if is_escaped else text.removesuffix("\\")
    reader.put(blocks, entry.element)
    box.children += [entry.element, "\n"]


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
    entries, is_ended = _collect(reader, match, "dl")
    for entry in entries:
        blocks = _blocks_of(reader, entry)
        has_blank = _drop_blank(blocks)
        _put(reader, box, entry, blocks, not is_apart)
        is_apart = entry.after_blank
    if has_blank and not is_ended:
        reader.add(Block("blank"))


def _box(reader: BlockReader, terms: Block) -> Element:
    """Return the list that definitions go into: one that stands just above, or a new one."""
    above = [block for block in reader.blocks[-2:] if block.kind != "blank"]
    if above and above[-1].kind == "definitions" and above[-1].element:
        _drop_blank(reader.blocks)
        return above[-1].element
    element = Element("dl")
    reader.add(Block("definitions", element))
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
