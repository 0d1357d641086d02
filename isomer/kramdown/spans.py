"""What stands within a paragraph: emphasis, code, links, HTML, quotation marks and the like."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from isomer.kramdown import html, links, typography
from isomer.kramdown.document import AttributeList, Document, NoteReference, read_attributes
from isomer.kramdown.html import END_TAG, MAXIMUM_DEPTH, TooDeepError, read_comment
from isomer.kramdown.marks import EM, ENDS, LINK, SIGN, STRONG, marks
from isomer.kramdown.scan import BRACE_END, EXTENSION, NAME, SPACES, Finder
from isomer.kramdown.tree import Element, Node, RawText, ShownTag, decoded

_TAG_MARK = re.compile(r"<(?=[/!:\w])")
_PLAIN = frozenset("*_`[]\\\"'!<&{$~-.> ")
_TAG = re.compile("<")
_COMMENT = re.compile("<!--")
_BRACE = re.compile(r"\{:(?![:/])")
_QUOTE = re.compile("[\"']")
_AUTOLINK = re.compile(r"<((?:mailto|https?|ftps?):[^\n>]+|[-.\w]+@[-\w]+(?:\.[-\w]+)*)>")
_LINE_OR_TAG_END = re.compile(r"[>\n]")
_CODE = re.compile("`+")
_NOTE = re.compile(rf"\[\^({NAME})\]")
_LINK = re.compile(r"!?\[(?!\^)")
_DELETED = re.compile(rf"~~(?=[^{SPACES}~])")
_DELETED_END = re.compile(r"(?<=[^\s~])~~", re.ASCII)
_MATH = re.compile(r"\$\$")
_NO_MATH = re.compile(r"\\\$\$")
_LINE_BREAK = re.compile(r"(?:  |\\\\?)(?=\n)")
_ESCAPE = re.compile(r"""\\(<<|>>|[\\.*_+`<>()\[\]{}\#!:|"'$=~-])""")
_ATTRIBUTES = re.compile(r"\{:(?![:/])((?:\\\}|[^}])+)\}")

# Reads a mark and goes on, or leaves the place where it is.
Reader: TypeAlias = "Callable[[SpanReader, Sink, re.Match[str]], None]"
# Tells at each mark whether the reading ends there.
Stop: TypeAlias = "Callable[[int, Sink], bool]"


class Sink:
    """Collects nodes; ``takes_attributes`` says whether some in braces may follow."""

    __slots__ = ("nodes", "takes_attributes")

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.takes_attributes = bool(nodes)

    def text(self, text: str) -> None:
        """Add text."""
        self.nodes.append(text)
        self.takes_attributes = False

    def node(self, node: Node) -> None:
        """Add an element, or a character that attributes may follow without effect."""
        self.nodes.append(node)
        self.takes_attributes = True


def read_spans(document: Document, element: Element, text: str, in_html: bool) -> None:
    """Read a paragraph's text into an element, after what is in it; ``in_html`` says that it
    stands in an element of HTML, where a backslash breaks no line.

    Raises:
        TooDeepError: if elements nest too deeply.
    """
    if _PLAIN.isdisjoint(text) or marks(0, 0).search(text) is None:
        element.children += [text] if text else []
    else:
        SpanReader(document, text, in_html).read(element)


class SpanReader:
    """Reads the text of one paragraph.

    What follows a place is read alike by all readings in the same surroundings, so where one
    ends is remembered for each place that it came by (``ends``), and found out once.
    """

    def __init__(self, document: Document, text: str, in_html: bool, depth: int = 0) -> None:
        self.document = document
        self.text = text
        self.finder = Finder(text)
        self.place = 0
        self.inside = 0
        self.parent = 0
        self.in_html = in_html
        # In elements whose content is no Markdown.
        self.only_tags = False
        self.depth = depth
        # The character before a mark, if it was plain text.
        self.before = ""
        self.ends: dict[tuple[int, bool, str], dict[int, int]] = {}
        self.elements: dict[tuple[int, int, bool], tuple[Element | ShownTag, int]] = {}
        self.last: dict[str, int] = {}
        self.parentheses: dict[int, int] | None = None

    def read(self, element: Element) -> Element:
        """Read the whole text into an element, and return it."""
        sink = Sink(element.children)
        self._read(sink, lambda place, sink: False)
        return element

    def within(self, inside: int, parent: int, stop: Stop) -> tuple[list[Node], bool]:
        """Read what stands within a mark, to where ``stop`` says so or to the end; return it,
        and whether it was stopped."""
        saved = self.inside, self.parent
        self.inside, self.parent = inside, parent
        self.depth += 1
        if self.depth > MAXIMUM_DEPTH:
            raise TooDeepError
        sink = Sink([])
        is_stopped = self._read(sink, stop)
        self.inside, self.parent = saved
        self.depth -= 1
        return sink.nodes, is_stopped

    def _read(self, sink: Sink, stop: Stop) -> bool:
        text = self.text
        pattern = _TAG_MARK if self.only_tags else marks(self.inside, self.parent)
        readers = _READERS if self.inside < LINK else _READERS_IN_LINK
        while (match := pattern.search(text, self.place)) is not None:
            start = match.start()
            self.before = ""
            if start > self.place:
                sink.text(text[self.place : start])
                self.before = text[start - 1]
            self.place = start
            if stop(start, sink):
                return True
            for beginning, reader in readers[text[start]]:
                begun = beginning.match(text, start)
                if begun:
                    reader(self, sink, begun)
                    if self.place > start:
                        break
            else:
                sink.text(text[start])
                self.place = start + 1
        if self.place < len(text):
            sink.text(text[self.place :])
            self.place = len(text)
        return False

    def words(self, begin: int, inside: int, parent: int, sign: str) -> tuple[list[Node], int]:
        """Return what stands between a place and the sign that ends it, and where that stands:
        -1 if nowhere. What was known to end there is not read: see ``words_to``."""
        if self.last_place(sign) < begin:
            return [], -1
        known = self.ends.setdefault((inside, self.in_html, sign), {})
        if begin in known:
            return [], known[begin]
        text, ending = self.text, ENDS[sign]
        first = marks(inside, parent).search(text, begin)
        if first and first.start() > begin and ending.match(text, first.start()):
            return [text[begin : first.start()]], first.start()
        # For each beginning that is open the places from which a reading ends where it does.
        opened: list[list[int]] = [[]]

        def close(end: int) -> None:
            for place in opened.pop():
                known[place] = end

        def ends(place: int, inner: Sink) -> bool:
            first = text[place]
            if first in sign and (inner.nodes or sign == "]") and ending.match(text, place):
                close(place)
                return not opened
            if place in known:
                return True
            # Whether attributes are read depends on what stands before them.
            if first != "{":
                opened[-1].append(place)
            if first == "[" and sign == "]":
                opened.append([place + 1])
            return False

        self.place = begin
        nodes, is_stopped = self.within(inside, parent, ends)
        end = self.place
        while is_stopped and opened:
            # Another reading came by here.
            nodes, end = [], known[self.place]
            if end < 0:
                break
            close(end)
            if opened:
                self.place = end + 1
                _, is_stopped = self.within(inside, parent, ends)
                end = self.place
        if not opened:
            return nodes, end
        while opened:
            close(-1)
        return [], -1

    def words_to(self, begin: int, end: int, inside: int, parent: int) -> list[Node]:
        """Return what stands between two places."""
        self.place = begin
        return self.within(inside, parent, lambda place, _: place >= end)[0]

    def last_place(self, sign: str) -> int:
        """Return where a sign stands for the last time, one of emphasis where it may end some."""
        if sign not in self.last:
            ends = ENDS.get(sign)
            places = (match.start() for match in ends.finditer(self.text)) if ends else ()
            self.last[sign] = max(places, default=-1) if ends else self.text.rfind(sign)
        return self.last[sign]

    def _emphasis(self, sink: Sink, match: re.Match[str]) -> None:
        sign, start = match.group(), match.start()
        kind = STRONG if len(sign) == 2 else EM
        if match[1] and not self.inside & kind:
            if self._emphasised(sink, start, sign, kind):
                return
            if kind == STRONG and self.parent != EM and self._emphasised(sink, start, sign[0], EM):
                return
        sink.text(sign)
        self.place = match.end()

    def _emphasised(self, sink: Sink, start: int, sign: str, kind: int) -> bool:
        begin, inside = start + len(sign), self.inside | kind
        nodes, end = self.words(begin, inside, kind, sign)
        if end < 0:
            return False
        nodes = nodes or self.words_to(begin, end, inside, kind)
        self.place = end + len(sign)
        sink.node(Element("em" if kind == EM else "strong", children=nodes))
        return True

    def _code(self, sink: Sink, match: re.Match[str]) -> None:
        text, ticks, start, begin = self.text, match.group(), match.start(), match.end()
        is_apart = text[start - 1] in SPACES if start else not sink.nodes
        is_alone = len(ticks) == 1 and is_apart and text[begin : begin + 1] in SPACES
        self.place = begin
        if is_alone or self.last_place(ticks) < begin:
            sink.text(ticks)
            return
        end = text.find(ticks, begin)
        words = text[begin:end]
        if len(ticks) > 1:
            words = words.removeprefix(" ").removesuffix(" ")
        self.place = end + len(ticks)
        sink.node(Element("code", children=[words]))

    def _note(self, sink: Sink, match: re.Match[str]) -> None:
        self.place = match.end()
        if match[1] in self.document.notes:
            sink.node(NoteReference(self.document.notes[match[1]]))
        else:
            sink.text(match.group())

    def _autolink(self, sink: Sink, match: re.Match[str]) -> None:
        end = self.finder.next(_LINE_OR_TAG_END, match.start())
        link = _AUTOLINK.match(self.text, match.start()) if end and end.group() == ">" else None
        if link is None or self.only_tags:
            return
        self.place = link.end()
        written = decoded(link[1])
        words = written.removeprefix("mailto:")
        address = f"mailto:{words}" if ":" not in words and "@" in words else written
        sink.node(Element("a", {"href": address}, [words]))

    def _comment(self, sink: Sink, match: re.Match[str]) -> None:
        found = read_comment(self.finder, match.start())
        if found:
            node, self.place = found
            sink.node(node)

    def _end_tag(self, sink: Sink, match: re.Match[str]) -> None:
        sink.text(ShownTag(match.group()))
        self.place = match.end()

    def _symbol(self, sink: Sink, match: re.Match[str]) -> None:
        if not self.only_tags:
            sink.node(typography.SYMBOLS[match.group()])
            self.place = match.end()

    def _line_break(self, sink: Sink, match: re.Match[str]) -> None:
        if not self.in_html or match.group() != "\\":
            sink.node(Element("br"))
            self.place = match.end()

    def _quote(self, sink: Sink, match: re.Match[str]) -> None:
        sign, self.place = typography.quotes(self.text, match.start(), self.before)
        sink.node(sign)

    def _no_math(self, sink: Sink, match: re.Match[str]) -> None:
        if self.finder.next(_MATH, match.end()):
            sink.text("$$")
            self.place = match.end()

    def _escape(self, sink: Sink, match: re.Match[str]) -> None:
        sink.text(match[1])
        self.place = match.end()

    def _reference(self, sink: Sink, match: re.Match[str]) -> None:
        found = typography.character(match)
        (sink.node if len(found) == 1 else sink.text)(found)
        self.place = match.end()

    def _deleted(self, sink: Sink, match: re.Match[str]) -> None:
        closing = self.finder.next(_DELETED_END, match.end() + 1)
        if closing is None:
            return
        words = self.text[match.end() : closing.start()]
        reader = SpanReader(self.document, words, self.in_html, self.depth)
        sink.node(reader.read(Element("del")))
        self.place = closing.end()

    def _math(self, sink: Sink, match: re.Match[str]) -> None:
        closing = self.finder.next(_MATH, match.end())
        if closing is None:
            return
        self.place = closing.end()
        words = RawText(f"\\({self.text[match.end() : closing.start()].strip(SPACES)}\\)")
        element = Element("span", children=[words])
        self.document.math.append(element)
        sink.node(element)

    def _attributes(self, sink: Sink, match: re.Match[str]) -> None:
        if not sink.takes_attributes:
            return
        written = AttributeList()
        # Several stand one after another as one.
        while self.finder.next(BRACE_END, self.place):
            found = _ATTRIBUTES.match(self.text, self.place)
            if found is None:
                break
            read_attributes(found[1], written)
            self.place = found.end()
        element = sink.nodes[-1]
        if isinstance(element, Element) and not isinstance(element, NoteReference):
            self.document.attributed.append((element.attributes, written))
            if "standalone" in written.names:
                self.document.standalone.append(element)

    def _extension(self, sink: Sink, match: re.Match[str]) -> None:
        found = self.document.extension(self.finder, match, is_block=False)
        if found:
            node, self.place = found
            if node:
                sink.node(node)


# The readers of marks in the order in which they are tried: the first characters of the mark, its
# pattern, and what reads it. A closing bracket matters to what it may end only.
_ORDER: tuple[tuple[str, re.Pattern[str], Reader], ...] = (
    ("*_", SIGN, SpanReader._emphasis),
    ("`", _CODE, SpanReader._code),
    ("[", _NOTE, SpanReader._note),
    ("[!", _LINK, links.read_link),
    ("<", _TAG, SpanReader._autolink),
    ("<", _COMMENT, SpanReader._comment),
    ("<", END_TAG, SpanReader._end_tag),
    ("<", _TAG, html.read_element),
    ("&", typography.REFERENCE, SpanReader._reference),
    ("{", EXTENSION, SpanReader._extension),
    ("{", _BRACE, SpanReader._attributes),
    ("$", _MATH, SpanReader._math),
    ("~", _DELETED, SpanReader._deleted),
    ("-.<> ", typography.SYMBOL, SpanReader._symbol),
    ("'\"", _QUOTE, SpanReader._quote),
    ("\\", _NO_MATH, SpanReader._no_math),
    (" \\", _LINE_BREAK, SpanReader._line_break),
    ("\\", _ESCAPE, SpanReader._escape),
)
_READERS = {
    first: [(beginning, reader) for firsts, beginning, reader in _ORDER if first in firsts]
    for first in "]" + "".join(firsts for firsts, _, _ in _ORDER)
}
_READERS_IN_LINK = _READERS | {"[": [(_NOTE, SpanReader._note)]}
