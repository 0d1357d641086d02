"""What stands within a paragraph: emphasis, code, links, HTML, quotation marks and the like."""

from __future__ import annotations

import re
from collections.abc import Callable

from isomer.kramdown import links
from isomer.kramdown.attributes import NAME, read_attributes
from isomer.kramdown.document import Document, NoteReference
from isomer.kramdown.html_parts import END_TAG, MAXIMUM_DEPTH, TooDeepError, read_comment
from isomer.kramdown.links import EM, IMAGE, LINK, STRONG, Sink
from isomer.kramdown.scan import BRACE_END, Finder, extension_ends
from isomer.kramdown.span_html import read_element
from isomer.kramdown.tree import Comment, Element, Markup, Node, RawText, ShownTag
from isomer.kramdown.typography import SPACES, quotes, reference, symbol

# What may begin a mark; in the words of a link also the bracket that ends them.
_MARK = re.compile(
    r"""[*_`\[\\"'] | !\[ | <(?=[/!:<\w]) | &(?=[\#\w:]) | \{: | \$\$ | ~~
    | -- | \.\.\. | [ ]?>> | [ ]{2}(?=\n)""",
    re.VERBOSE,
)
_MARK_IN_LINK = re.compile(rf"\] | {_MARK.pattern}", re.VERBOSE)
_TAG_MARK = re.compile(r"<(?=[/!:\w])")
_PLAIN = frozenset("*_`[]\\\"'!<&{$~-.> ")
_ESCAPE = re.compile(r"""\\([\\.*_+`<>()\[\]{}\#!:|"'$=~-])|(\\\\?)\n|\\(<<|>>)""")
_IN_WORD = re.compile(r"[^\W\d_]-?\Z")
_BACKTICKS = re.compile("`+")
_AUTOLINK = re.compile(r"<((?:mailto|https?|ftps?):[^\n>]+|[-.\w]+@[-\w]+(?:\.[-\w]+)*)>")
_LINE_OR_TAG_END = re.compile(r"[>\n]")
_DELETED_END = re.compile(r"(?<=[^\s~])~~")
_MATH = re.compile(r"\$\$")
_ATTRIBUTES = re.compile(r"\{:(?![:/])((?:\\\}|[^}])+)\}")
_EXTENSION = re.compile(r"\{::(comment|nomarkdown|options)(?:[ \t\n]([^}]*?))?(/)?\}")
_NOTE = re.compile(rf"\[\^({NAME})\]")

# As many characters of a paragraph may be read again for marks of emphasis without an end. After
# that it is taken that where one had none, later ones in the same surroundings have none either.
# Without the bound such marks took the square of their number in time; the other way round, to
# take it from the first on, is wrong where a mark between the two swallowed an end.
FREE_WORK = 50_000
Stop = Callable[[int, Sink], bool]


def read_spans(document: Document, text: str, in_html: bool = False) -> list[Node]:
    """Return the nodes of a paragraph's text; ``in_html`` says that it stands in an element
    of HTML, where a backslash breaks no line.

    Raises:
        TooDeepError: if elements nest too deeply.
    """
    if _PLAIN.isdisjoint(text) or _MARK.search(text) is None:
        return [text] if text else []
    sink = Sink()
    SpanReader(document, text, 0, in_html).read(sink)
    return sink.nodes


class SpanReader:
    """Reads the text of one paragraph.

    A mark that was found to have no end is remembered with what it stood in (``inside``), so
    that later ones of its kind are not looked for again.
    """

    def __init__(self, document: Document, text: str, inside: int, in_html: bool) -> None:
        self.document = document
        self.text = text
        self.finder = Finder(text)
        self.place = 0
        self.inside = inside
        self.in_html = in_html
        # In elements whose content is no Markdown.
        self.only_tags = False
        self.parent = 0
        self.depth = 0
        self.before = ""
        self.endless: dict[tuple[int, int, str], int] = {}
        self.endless_code: dict[int, int] = {}
        self.work = 0
        self.brackets: dict[tuple[int, int], int] = {}
        self.last: dict[str, int] = {}
        # Where elements of HTML began that are being read, and where those read before ended.
        self.open_elements: list[int] = []
        self.ends: dict[int, int] = {}
        self.limit = len(text)
        self.parentheses: links.Parentheses | None = None

    def read(self, sink: Sink, stop: Stop | None = None) -> bool:
        """Read up to the end, or to where ``stop`` says so; tell whether it did."""
        text = self.text
        pattern = _MARK_IN_LINK if self.inside & (LINK | IMAGE) else _MARK
        if self.only_tags:
            pattern = _TAG_MARK
        while True:
            match = pattern.search(text, self.place)
            if match is None:
                if self.place < len(text):
                    sink.text(text[self.place :])
                self.place = len(text)
                return False
            start = match.start()
            if start >= self.limit:
                return False
            if start > self.place:
                sink.text(text[self.place : start])
                self.before = text[start - 1]
            else:
                self.before = ""
            self.place = start
            if stop is not None and stop(start, sink):
                return True
            mark = text[start]
            if not _READERS[mark](self, sink, start):
                sink.text(mark)
                self.place = start + 1

    def _emphasis(self, sink: Sink, start: int) -> bool:
        text = self.text
        mark = text[start]
        sign = mark * 2 if text.startswith(mark * 2, start) else mark
        kind = STRONG if len(sign) == 2 else EM
        after = text[start + len(sign) : start + len(sign) + 1]
        in_word = mark == "_" and _IN_WORD.search(text[max(0, start - 2) : start]) is not None
        if not after or after in SPACES or self.inside & kind or in_word:
            sink.text(sign)
            self.place = start + len(sign)
            return True
        if self._emphasised(sink, start, sign, kind):
            return True
        if kind == STRONG and self.parent != EM and self._emphasised(sink, start, mark, EM):
            return True
        sink.text(sign)
        self.place = start + len(sign)
        return True

    def _emphasised(self, sink: Sink, start: int, sign: str, kind: int) -> bool:
        key = (self.inside, kind, sign)
        limit = self.limit
        if key in self.endless and self.work > FREE_WORK + len(self.text):
            limit = min(limit, self._limit(self.endless[key]))
        if limit <= start or self.last_place(sign) <= start:
            return False
        text, width = self.text, len(sign)

        def ends(place: int, inner: Sink) -> bool:
            if not text.startswith(sign, place) or not inner.nodes or text[place - 1] in SPACES:
                return False
            after = text[place + width : place + width + 1]
            if kind == EM and after == sign and text[place + 2 : place + 3] != sign:
                return False
            return not (sign[0] == "_" and after.isalnum())

        inner = Sink()
        self.place = start + width
        saved, self.limit = self.limit, limit
        is_found = self.within(kind, inner, ends)
        self.limit = saved
        if not is_found:
            self.endless[key] = start
            self.work += self.place - start
            return False
        self.place += width
        self._add(sink, "em" if kind == EM else "strong", inner)
        return True

    def _limit(self, start: int) -> int:
        """Return how far a mark can reach, if an earlier one at ``start`` has no end: to the end
        of the element around it that began since."""
        for begin in self.open_elements:
            if begin > start:
                return self.ends.get(begin, len(self.text))
        return 0

    def last_place(self, sign: str) -> int:
        """Return where a mark stands for the last time."""
        if sign not in self.last:
            self.last[sign] = self.text.rfind(sign)
        return self.last[sign]

    def within(self, kind: int, inner: Sink, stop: Stop | None) -> bool:
        """Read what stands within a mark of a kind; ``inside`` says of which kinds."""
        saved = self.inside, self.parent
        self.inside |= kind
        self.parent = kind
        self.depth += 1
        if self.depth > MAXIMUM_DEPTH:
            raise TooDeepError
        try:
            return self.read(inner, stop)
        finally:
            self.inside, self.parent = saved
            self.depth -= 1

    def _add(self, sink: Sink, name: str, inner: Sink) -> None:
        element = Element(name)
        element.children = inner.nodes
        self.add_element(sink, element)

    def add_element(self, sink: Sink, element: Element) -> None:
        sink.node(element)
        if sink.target is not None:
            self.document.attributed.append((element.attributes, sink.target))

    def _code(self, sink: Sink, start: int) -> bool:
        text = self.text
        run = _BACKTICKS.match(text, start)
        ticks = run.group() if run else "`"
        begin = start + len(ticks)
        before = text[start - 1] if start else " "
        is_alone = len(ticks) == 1 and before in SPACES and text[begin : begin + 1] in SPACES
        is_known = self.endless_code.get(len(ticks), len(text)) <= start
        end = -1 if is_alone or is_known else text.find(ticks, begin)
        if end < 0:
            if not is_alone and not is_known:
                self.endless_code[len(ticks)] = start
            sink.text(ticks)
            self.place = begin
            return True
        words = text[begin:end]
        if len(ticks) > 1:
            words = words.removeprefix(" ").removesuffix(" ")
        self.place = end + len(ticks)
        inner = Sink()
        inner.text(words)
        self._add(sink, "code", inner)
        return True

    def _bracket(self, sink: Sink, start: int) -> bool:
        if self.text.startswith("[^", start):
            note = _NOTE.match(self.text, start)
            if note is None:
                return False
            if note[1] in self.document.notes:
                sink.node(NoteReference(note[1]))
            else:
                sink.text(note.group())
            self.place = note.end()
            return True
        return links.read_link(self, sink, start)

    def _image(self, sink: Sink, start: int) -> bool:
        if self.text.startswith("![", start) and not self.text.startswith("![^", start):
            return links.read_link(self, sink, start)
        return False

    def _angle(self, sink: Sink, start: int) -> bool:
        text = self.text
        end = self.finder.next(_LINE_OR_TAG_END, start)
        link = _AUTOLINK.match(text, start) if end and end.group() == ">" else None
        if link and not self.only_tags:
            self.place = link.end()
            words = link[1].removeprefix("mailto:")
            address = f"mailto:{words}" if ":" not in words and "@" in words else link[1]
            element = Element("a", {"href": address})
            element.children = [words]
            self.add_element(sink, element)
            return True
        comment = read_comment(self.finder, start)
        if comment:
            sink.node(comment[0])
            self.place = comment[1]
            return True
        ending = END_TAG.match(text, start)
        if ending:
            sink.text(ShownTag(ending.group()))
            self.place = ending.end()
            return True
        if read_element(self, sink, start):
            return True
        return not self.only_tags and self._symbol(sink, start)

    def _symbol(self, sink: Sink, start: int) -> bool:
        found = symbol(self.text, start)
        if found is None:
            return self.text[start] == " " and self._line_break(sink, start)
        sink.node(found[0])
        self.place = found[1]
        return True

    def _line_break(self, sink: Sink, start: int) -> bool:
        if not self.text.startswith("  \n", start):
            return False
        sink.node(Element("br"))
        self.place = start + 2
        return True

    def _quote(self, sink: Sink, start: int) -> bool:
        sign, self.place = quotes(self.text, start, self.before)
        sink.node(sign)
        return True

    def _escape(self, sink: Sink, start: int) -> bool:
        if self.text.startswith("\\$$", start) and self._math_end(start + 3) >= 0:
            sink.text("$$")
            self.place = start + 3
            return True
        match = _ESCAPE.match(self.text, start)
        if match is None:
            return False
        self.place = match.end()
        if self.text.startswith("\\\n", start) and self.in_html:
            return False
        if self.text.startswith(("\\\n", "\\\\\n"), start):
            self.place = self.text.index("\n", start)
            sink.node(Element("br"))
        elif self.text.startswith(("\\<<", "\\>>"), start):
            sink.text(self.text[start + 1 : start + 3])
            self.place = start + 3
        else:
            sink.text(match[1])
        return True

    def _reference(self, sink: Sink, start: int) -> bool:
        found = reference(self.text, start)
        if found is None:
            return False
        (sink.node if len(found[0]) == 1 else sink.text)(found[0])
        self.place = found[1]
        return True

    def _deleted(self, sink: Sink, start: int) -> bool:
        text = self.text
        after = text[start + 2 : start + 3]
        if not text.startswith("~~", start) or not after or after in SPACES + "~":
            return False
        closing = self.finder.next(_DELETED_END, start + 3)
        if closing is None:
            return False
        inner = Sink()
        reader = SpanReader(self.document, text[start + 2 : closing.start()], 0, self.in_html)
        reader.depth = self.depth
        reader.read(inner)
        self.place = closing.end()
        self._add(sink, "del", inner)
        return True

    def _math_end(self, start: int) -> int:
        closing = self.finder.next(_MATH, start)
        return closing.start() if closing else -1

    def _math(self, sink: Sink, start: int) -> bool:
        end = self._math_end(start + 2) if self.text.startswith("$$", start) else -1
        if end < 0:
            return False
        self.place = end + 2
        element = Element("span")
        element.children = [RawText(f"\\({self.text[start + 2 : end].strip()}\\)")]
        self.document.math.append(element)
        self.add_element(sink, element)
        return True

    def _brace(self, sink: Sink, start: int) -> bool:
        if extension_ends(self.finder, start, self.document.closing):
            extension = _EXTENSION.match(self.text, start)
            if extension:
                return self._extension(sink, extension)
        if sink.target is None or self.finder.next(BRACE_END, start) is None:
            return False
        match = _ATTRIBUTES.match(self.text, start)
        if match is None:
            return False
        read_attributes(match[1], sink.target)
        if "standalone" in sink.target.names and isinstance(sink.nodes[-1], Element):
            self.document.standalone.append(sink.nodes[-1])
        self.place = match.end()
        return True

    def _extension(self, sink: Sink, match: re.Match[str]) -> bool:
        name, body, end = match[1], "", match.end()
        if not match[3]:
            closing = self.finder.next(self.document.closing(name), end)
            if closing is None:
                return False
            body, end = self.text[end : closing.start()], closing.end()
        self.place = end
        if name == "options":
            self.document.set_options(match[2] or "")
        elif name == "comment":
            if body:
                sink.node(Comment(f" {body} "))
        elif body and self.document.is_for_html(match[2] or ""):
            sink.node(Markup(body))
        return True

    def _plain(self, sink: Sink, start: int) -> bool:
        return False


_READERS: dict[str, Callable[[SpanReader, Sink, int], bool]] = {
    "*": SpanReader._emphasis, "_": SpanReader._emphasis, "`": SpanReader._code,
    "[": SpanReader._bracket, "]": SpanReader._plain, "!": SpanReader._image,
    "<": SpanReader._angle, "&": SpanReader._reference, "{": SpanReader._brace,
    "$": SpanReader._math, "~": SpanReader._deleted, "-": SpanReader._symbol,
    ".": SpanReader._symbol, ">": SpanReader._symbol, " ": SpanReader._symbol,
    "'": SpanReader._quote, '"': SpanReader._quote, "\\": SpanReader._escape,
}  # fmt: skip
