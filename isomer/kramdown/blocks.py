"""The blocks of a text: paragraphs, headings, quotes, code, lists, tables, HTML."""

from __future__ import annotations

import re
from collections.abc import Callable

from isomer.kramdown import definitions, grammar, html, lists, tables
from isomer.kramdown.document import AttributeList, Block, Document, read_attributes
from isomer.kramdown.html import MAXIMUM_DEPTH, TooDeepError
from isomer.kramdown.scan import EXTENSION, REST_OF_LINE, SPACES, Finder
from isomer.kramdown.tree import Element, RawText

_INDENTED = re.compile(r"\t| {4}")
_INDENT = re.compile(r"^(?:\t| {4})", re.MULTILINE)
_INDENTED_CODE = re.compile(r"(?:\t| {4})[ \t]*\S", re.ASCII)
_LAZY = re.compile(r"\n( {0,3}\S)", re.ASCII)
_FENCE = re.compile(r" {0,3}(`{3,}+|~{3,}+)[ \t\r\f\v]*+(\S++)?[ \t\r\f\v]*+\n", re.ASCII)
# A fence has at most so many marks where a shorter one is looked for.
LONGEST_FENCE = 100
_HEADING = re.compile(r"(#{1,6})[\t ]+([^ \t\n].*)\n")
_UNDERLINED = re.compile(r" {0,3}([^ \t\n].*)\n([-=])[-=]*[ \t\r\f\v]*\n")
_HEADING_ID = re.compile(r"(?<![\t ])[\t ]++\{#([A-Za-z][\w:.-]*)\}\Z")
_HEADING_END = re.compile(r"(?<![\t ])[\t ]++#+\Z")
_QUOTE_MARK = re.compile(r"^ {0,3}> ?", re.MULTILINE)
_MATH = re.compile(r" {0,3}(\\)?\$\$")
_MATH_END = re.compile(r"\$\$")
_PARAGRAPH = re.compile(r" {0,3}[^ \t]")


def _fence_end(fence: str) -> re.Pattern[str]:
    return re.compile(rf"^ {{0,3}}({fence}{fence[0]}*)[ \t\r\f\v]*\n", re.MULTILINE)


class BlockReader:
    """Reads a text into blocks, from left to right; ``depth`` is how deep it stands.

    Raises:
        TooDeepError: if blocks nest deeper than ``MAXIMUM_DEPTH``.
    """

    def __init__(self, document: Document, text: str, depth: int, in_html: bool = False) -> None:
        self.document = document
        self.text = text
        self.finder = Finder(text)
        self.place = 0
        self.depth = depth
        self.blocks: list[Block] = []
        self.pending: AttributeList | None = None
        self.in_html = in_html
        # Lines before this place begin no table, since the rows from there on do not end one.
        self.no_table_before = 0

    def read(self, element: Element) -> None:
        """Read blocks into an element, up to the end of the text."""
        self.read_blocks(None)
        self.put(self.blocks, element)

    def read_blocks(self, within: Element | None) -> None:
        """Read blocks, up to the end tag of an HTML element or the end of the text."""
        if self.depth > MAXIMUM_DEPTH:
            raise TooDeepError
        while self.place < len(self.text):
            start = html.BLOCK_MARK.match(self.text, self.place) if within else None
            end = html.end_tag(self.text, start.end(), within) if start and within else 0
            if end:
                self.place = end
                return
            self._block()

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
        blank = grammar.BLANK.match(text, place)
        if blank:
            self.place = blank.end()
            if not self.blocks or self.blocks[-1].kind != "blank":
                self.add(Block("blank"))
            return
        if _INDENTED.match(text, place):
            self._indented_code()
            return
        start = place
        while text[start] == " ":
            start += 1
        for beginning, reader in _READERS.get(text[start], _OTHERS):
            match = beginning.match(text, place)
            if match:
                reader(self, match)
                if self.place > place:
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

    def define(self, end: int) -> AttributeList:
        """Add a block that shows nothing, and return the attributes that may follow it."""
        self.place = end
        return self.attributes(self.add(Block("definition")))

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
        return self.text.find("\n", place) + 1 or len(self.text)

    def lines_to(self, end: re.Pattern[str], place: int) -> int:
        """Return where lines end that begin at a place, up to one that begins with a pattern."""
        while place < len(self.text) and not end.match(self.text, place):
            place = self.line_end(place)
        return place

    def code_lines(self, place: int) -> int:
        """Return where indented code ends that begins at a place. Lines after it belong to it
        without being indented, and blank lines if indented ones follow."""
        text = self.text
        end = place
        while True:
            blank = grammar.BLANK.match(text, place)
            if blank:
                place = blank.end()
            if not _INDENTED_CODE.match(text, place):
                return end
            place = self.lines_to(grammar.LAZY_END, place)
            end = place if place > end else self.line_end(place)
            place = end

    def inner(self, text: str) -> BlockReader:
        """Return a reader of what stands in a block."""
        return BlockReader(self.document, text, self.depth + 1, self.in_html)

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
        self.place = place = self.lines_to(grammar.PARAGRAPH_END, self.line_end(start))
        lines = text[start : place - 1].rstrip(" \t\r\f\v")
        if self.blocks and self.blocks[-1].kind == "p" and self.pending is None:
            if text.startswith("  \n", start - 3):
                self.blocks[-1].text[-1] += "  "
            self.blocks[-1].text.append(lines)
            return
        block = self.add(Block("p", Element("p")))
        block.text.append(lines.lstrip(" "))

    def _indented_code(self) -> None:
        start, self.place = self.place, self.code_lines(self.place)
        written = _LAZY.sub(r" \1", self.text[start : self.place])
        self._add_code(_INDENT.sub("", written), "")

    def _fenced_code(self, match: re.Match[str]) -> None:
        fence, name = match[1], match[2] or ""
        closing = self.finder.next(_fence_end(fence), match.end())
        if closing is None and self.text[match.end(1)] not in " \t" * bool(name):
            # The longest shorter fence closes; the rest of the first is the first part of a name.
            for length in range(min(len(fence) - 1, LONGEST_FENCE), 2, -1):
                closing = closing or self.finder.next(_fence_end(fence[:length]), match.end())
            name = f"{fence[len(closing[1]) :]}{name}" if closing else ""
        if closing is not None:
            self.place = closing.end()
            text = self.text[match.end() : closing.start()]
            self._add_code(text, name.partition("?")[0])

    def _add_code(self, text: str, language: str) -> None:
        attributes = {"class": f"language-{language}"} if language else {}
        inner = Element("code", attributes, [text.removesuffix("\n") + "\n"])
        element = Element("pre", children=[inner])
        self.document.code.append(element)
        self.add(Block("code", element))

    def _heading(self, match: re.Match[str]) -> None:
        self.place = match.end()
        self._add_heading(match[2], len(match[1]), True)

    def _underlined(self, match: re.Match[str]) -> None:
        if self.at_boundary():
            self.place = match.end()
            self._add_heading(match[1], 1 if match[2] == "=" else 2, False)

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

    def _rule(self, match: re.Match[str]) -> None:
        self.place = match.end()
        self.add(Block("hr", Element("hr")))

    def _quote(self, match: re.Match[str]) -> None:
        end = self.lines_to(grammar.LAZY_END, self.line_end(self.place))
        text = _QUOTE_MARK.sub("", self.text[self.place : end])
        self.place = end
        element = Element("blockquote")
        self.add(Block("quote", element))
        self.inner(text).read(element)

    def _math(self, match: re.Match[str]) -> None:
        closing = self.finder.next(_MATH_END, match.end()) if self.at_boundary() else None
        if closing is None:
            return
        rest = REST_OF_LINE.match(self.text, closing.end())
        if match[1]:
            if rest:
                self.place = match.end(1)
                self._paragraph()
            return
        end = rest.end() if rest else closing.end()
        if end < len(self.text) and not grammar.BLOCK_BOUNDARY.match(self.text, end):
            return
        self.place = end
        words = self.text[match.end() : closing.start()].strip(SPACES)
        element = Element("div", children=[RawText(f"\\[{words}\\]")])
        self.document.math.append(element)
        self.add(Block("math", element))

    def _end_of_block(self, match: re.Match[str]) -> None:
        self.place = match.end()
        self.add(Block("end"))

    def _attributes(self, match: re.Match[str]) -> None:
        """Read a line of attributes: they belong to the block above, or to the one below."""
        self.place = match.end()
        last = self.blocks[-1] if self.blocks else None
        if last is None or last.kind in ("blank", "end", "gap"):
            self.pending = read_attributes(match[1], self.pending)
        else:
            read_attributes(match[1], self.attributes(last))
            if not grammar.BLOCK_ATTRIBUTES.match(self.text, self.place):
                self.add(Block("gap"))


# The readers of blocks in the order in which they are tried: what the first characters of the line
# may be that are no blanks ("" if any may), the pattern of its beginning, and what reads it.
_ORDER: tuple[tuple[str, re.Pattern[str], Callable[[BlockReader, re.Match[str]], None]], ...] = (
    (">", grammar.QUOTE, BlockReader._quote),
    ("#", _HEADING, BlockReader._heading),
    ("*-_", grammar.RULE, BlockReader._rule),
    ("*-+0123456789", grammar.ENTRY, lists.read_list),
    ("`~", _FENCE, BlockReader._fenced_code),
    (":", grammar.DEFINITION, lists.read_definitions),
    ("<", html.BLOCK_MARK, html.read_html),
    ("", _UNDERLINED, BlockReader._underlined),
    ("$\\", _MATH, BlockReader._math),
    ("", tables.LINE, tables.read_table),
    ("[", definitions.NOTE, definitions.read_note),
    ("[", definitions.LINK, definitions.read_link_definition),
    ("*", definitions.ABBREVIATION, definitions.read_abbreviation),
    ("{", definitions.ATTRIBUTES, definitions.read_attribute_definition),
    ("{", EXTENSION, definitions.read_extension),
    ("{", grammar.BLOCK_ATTRIBUTES, BlockReader._attributes),
    ("^", grammar.END_OF_BLOCK, BlockReader._end_of_block),
)
_OTHERS = [(beginning, reader) for firsts, beginning, reader in _ORDER if not firsts]
_READERS = {
    first: [
        (beginning, reader) for any_of, beginning, reader in _ORDER if first in any_of or not any_of
    ]
    for first in "".join(firsts for firsts, _, _ in _ORDER)
}
