"""The blocks of a text: paragraphs, headings, quotes, code, lists, tables, HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from isomer.kramdown import code, definitions, html_blocks, lists, tables
from isomer.kramdown.document import AttributeList, Block, Document, read_attributes
from isomer.kramdown.grammar import (
    BLANK,
    BLOCK_ATTRIBUTES,
    BLOCK_BOUNDARY,
    DEFINITION,
    END_OF_BLOCK,
    ENTRY,
    LAZY_END,
    PARAGRAPH_END,
    QUOTE,
    RULE,
)
from isomer.kramdown.html_parts import MAXIMUM_DEPTH, TooDeepError
from isomer.kramdown.scan import EXTENSION, Finder
from isomer.kramdown.tree import Element, RawText

_INDENTED = re.compile(r"\t| {4}")
_HEADING = re.compile(r"(#{1,6})[\t ]+([^ \t\n].*)\n")
_UNDERLINED = re.compile(r" {0,3}([^ \t\n].*)\n([-=])[-=]*[ \t\r\f\v]*\n")
_HEADING_ID = re.compile(r"(?<![\t ])[\t ]++\{#([A-Za-z][\w:.-]*)\}\Z")
_HEADING_END = re.compile(r"(?<![\t ])[\t ]++#+\Z")
_QUOTE_MARK = re.compile(r"^ {0,3}> ?", re.MULTILINE)
_MATH = re.compile(r" {0,3}(\\)?\$\$")
_MATH_END = re.compile(r"\$\$")
_PARAGRAPH = re.compile(r" {0,3}[^ \t]")
_REST_OF_LINE = re.compile(r"[ \t\r\f\v]*\n")


class BlockReader:
    """Reads a text into blocks, from left to right; ``depth`` is how deep it stands.

    Raises:
        TooDeepError: if blocks nest deeper than ``MAXIMUM_DEPTH``.
    """

    def __init__(self, document: Document, text: str, depth: int) -> None:
        if depth > MAXIMUM_DEPTH:
            raise TooDeepError
        self.document = document
        self.text = text
        self.finder = Finder(text)
        self.place = 0
        self.depth = depth
        self.blocks: list[Block] = []
        self.pending: AttributeList | None = None
        # The HTML element whose end tag ends the reading.
        self.within: Element | None = None
        self.in_html = False

    def read(self, element: Element) -> list[Block]:
        """Read blocks into an element, up to the end of the text."""
        self.read_blocks(None)
        self.put(self.blocks, element)
        return self.blocks

    def read_blocks(self, within: Element | None) -> bool:
        """Read blocks, up to the end tag of an HTML element; tell whether there was one."""
        self.within = within
        length = len(self.text)
        while self.place < length:
            if within is not None and html_blocks.read_end_tag(self, within):
                return True
            self._block()
        return False

    def put(self, blocks: list[Block], element: Element) -> None:
        """Put blocks into an element, each on a line of its own."""
        for block in blocks:
            if block.kind == "p" and block.element is not None:
                text = "\n".join(block.text).rstrip(" \t\r\f\v\n")
                self.document.wait(block.element, text, self.in_html)
            if block.node is not None:
                element.children.append(block.node)
                element.children.append("\n")

    def _block(self) -> None:
        text, place = self.text, self.place
        blank = BLANK.match(text, place)
        if blank:
            self.place = blank.end()
            if not self.blocks or self.blocks[-1].kind != "blank":
                self.add(Block("blank"))
            return
        if _INDENTED.match(text, place):
            code.read_indented(self)
            return
        start = place
        while text[start] == " ":
            start += 1
        for beginning, reader in _READERS.get(text[start], _OTHERS):
            match = beginning.match(text, place)
            if match and reader(self, match):
                return
        self._paragraph()

    # What readers of blocks use.

    def add(self, block: Block) -> Block:
        """Add a block; attributes that stood before it are its own."""
        if self.pending is not None:
            attributes = self.attributes(block)
            attributes.names += self.pending.names
            attributes.own.update(self.pending.own)
            self.pending = None
        self.blocks.append(block)
        return block

    def attributes(self, block: Block) -> AttributeList:
        """Return the attributes in braces of a block, to which more may come."""
        if block.own is None:
            block.own = AttributeList()
            if block.element is not None:
                self.document.attributed.append((block.element.attributes, block.own))
                if block.kind == "list":
                    self.document.contents.append((block.element, block.own))
        return block.own

    def at_boundary(self) -> bool:
        """Tell whether a new block may begin that a paragraph would not let begin."""
        if not self.blocks or self.pending is not None:
            return True
        return self.blocks[-1].kind in ("blank", "end")

    def line_end(self, place: int) -> int:
        """Return where the line of a place ends, after its line break."""
        end = self.text.find("\n", place)
        return len(self.text) if end < 0 else end + 1

    def lazy_lines(self, place: int) -> int:
        """Return where lines end that belong to a block without its mark."""
        place = self.line_end(place)
        while place < len(self.text) and not LAZY_END.match(self.text, place):
            place = self.line_end(place)
        return place

    def inner(self, text: str) -> BlockReader:
        """Return a reader of what stands in a block."""
        reader = BlockReader(self.document, text, self.depth + 1)
        reader.in_html = self.in_html
        return reader

    # Blocks that need no module of their own.

    def _paragraph(self) -> None:
        text, start = self.text, self.place
        if not _PARAGRAPH.match(text, start):
            # Blanks and a tab: neither code nor a paragraph.
            self.place = self.line_end(start)
            block = self.add(Block("text", Element("")))
            if block.element is not None:
                self.document.wait(block.element, text[start : self.place], self.in_html)
            return
        place = self.line_end(start)
        while place < len(text) and not PARAGRAPH_END.match(text, place):
            place = self.line_end(place)
        self.place = place
        lines = text[start : place - 1].rstrip(" \t\r\f\v")
        if self.blocks and self.blocks[-1].kind == "p" and self.pending is None:
            if text.startswith("  \n", start - 3):
                self.blocks[-1].text[-1] += "  "
            self.blocks[-1].text.append(lines)
            return
        block = self.add(Block("p", Element("p")))
        block.text.append(lines.lstrip(" "))

    def _heading(self, match: re.Match[str]) -> bool:
        self.place = match.end()
        self._add_heading(match[2], len(match[1]), True)
        return True

    def _underlined(self, match: re.Match[str]) -> bool:
        if not self.at_boundary():
            return False
        self.place = match.end()
        self._add_heading(match[1], 1 if match[2] == "=" else 2, False)
        return True

    def _add_heading(self, text: str, level: int, is_marked: bool) -> None:
        text = text.rstrip(" \t\r\f\v")
        element = Element(f"h{level}")
        named = _HEADING_ID.search(text)
        if named:
            element.attributes["id"] = named[1]
            text = text[: named.start()]
        if is_marked:
            text = _HEADING_END.sub("", text)
        self.add(Block("heading", element))
        self.document.headings.append((element, self.in_html))
        self.document.wait(element, text.strip(" \t\r\f\v"), self.in_html)

    def _rule(self, match: re.Match[str]) -> bool:
        self.place = match.end()
        self.add(Block("hr", Element("hr")))
        return True

    def _quote(self, match: re.Match[str]) -> bool:
        end = self.lazy_lines(self.place)
        text = _QUOTE_MARK.sub("", self.text[self.place : end])
        self.place = end
        element = Element("blockquote")
        self.add(Block("quote", element))
        self.inner(text).read(element)
        return True

    def _math(self, match: re.Match[str]) -> bool:
        closing = self.finder.next(_MATH_END, match.end()) if self.at_boundary() else None
        if closing is None:
            return False
        rest = _REST_OF_LINE.match(self.text, closing.end())
        if match[1]:
            self.place = match.end(1) if rest else self.place
            return False
        end = rest.end() if rest else closing.end()
        if end < len(self.text) and not BLOCK_BOUNDARY.match(self.text, end):
            return False
        self.place = end
        words = self.text[match.end() : closing.start()].strip()
        element = Element("div", children=[RawText(f"\\[{words}\\]")])
        self.document.math.append(element)
        self.add(Block("math", element))
        return True

    def _end_of_block(self, match: re.Match[str]) -> bool:
        self.place = match.end()
        self.add(Block("end"))
        return True

    def _attributes(self, match: re.Match[str]) -> bool:
        """Read a line of attributes: they belong to the block above, or to the one below."""
        self.place = match.end()
        last = self.blocks[-1] if self.blocks else None
        if last is None or last.kind in ("blank", "end", "gap"):
            self.pending = read_attributes(match[1], self.pending)
            return True
        read_attributes(match[1], self.attributes(last))
        if not BLOCK_ATTRIBUTES.match(self.text, self.place):
            self.add(Block("gap"))
        return True


# What may stand at the beginning of a line and its reader, in the order in which they are tried, by
# the first character of the line that is no blank.
_Readers: TypeAlias = tuple[
    tuple[re.Pattern[str], Callable[[BlockReader, re.Match[str]], bool]], ...
]
_UNDERLINED_HEADING = (_UNDERLINED, BlockReader._underlined)
_OTHERS: _Readers = (_UNDERLINED_HEADING, (tables.LINE, tables.read_table))
_RULES: _Readers = ((RULE, BlockReader._rule),)
_LISTS: _Readers = ((ENTRY, lists.read_list),)
_FENCES: _Readers = ((code.FENCE, code.read_fenced),)
_MATHEMATICS: _Readers = (_UNDERLINED_HEADING, (_MATH, BlockReader._math), *_OTHERS)
_READERS: dict[str, _Readers] = {
    ">": ((QUOTE, BlockReader._quote), *_OTHERS),
    "#": ((_HEADING, BlockReader._heading), *_OTHERS),
    "*": (*_RULES, *_LISTS, *_OTHERS, (definitions.ABBREVIATION, definitions.read_abbreviation)),
    "-": (*_RULES, *_LISTS, *_OTHERS),
    "+": (*_LISTS, *_OTHERS),
    "_": (*_RULES, *_OTHERS),
    **dict.fromkeys("`~", (*_FENCES, *_OTHERS)),
    ":": ((DEFINITION, lists.read_definitions), *_OTHERS),
    "<": ((html_blocks.MARK, html_blocks.read_html), *_OTHERS),
    **dict.fromkeys("$\\", _MATHEMATICS),
    "[": (
        *_OTHERS,
        (definitions.NOTE, definitions.read_note),
        (definitions.LINK, definitions.read_link_definition),
    ),
    "{": (
        *_OTHERS,
        (definitions.ATTRIBUTES, definitions.read_attribute_definition),
        (EXTENSION, definitions.read_extension),
        (BLOCK_ATTRIBUTES, BlockReader._attributes),
    ),
    "^": (*_OTHERS, (END_OF_BLOCK, BlockReader._end_of_block)),
    **dict.fromkeys("0123456789", (*_LISTS, *_OTHERS)),
}
