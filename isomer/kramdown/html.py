"""HTML within a text: its tags, which elements are what, and how their content is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from isomer.kramdown.document import Block
from isomer.kramdown.scan import REST_OF_LINE, SPACES, Finder
from isomer.kramdown.tree import (
    VERBATIM,
    VOID,
    Comment,
    Element,
    Node,
    OpenTag,
    RawText,
    ShownTag,
    decoded,
    to_html,
)

if TYPE_CHECKING:
    from isomer.kramdown.blocks import BlockReader
    from isomer.kramdown.spans import Sink, SpanReader

# Elements that stand within a paragraph, also at the beginning of a line.
SPANS = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdo", "big", "br", "button", "cite", "code", "del", "dfn",
        "em", "i", "img", "input", "ins", "kbd", "label", "mark", "option", "q", "rb", "rbc", "rp",
        "rt", "rtc", "ruby", "samp", "select", "small", "span", "strong", "sub", "sup", "tt",
        "u", "var",
    }
)  # fmt: skip
# Elements that no table of kramdown's names as block or span, but whose content is read.
_READ_IN_SPANS = frozenset({"details", "figure", "noscript", "object"})
# What the content of an element is read as, where Markdown is wanted in it.
HOLD_BLOCKS = _READ_IN_SPANS | {
    "address", "applet", "article", "aside", "blockquote", "body", "dd", "div", "dl", "fieldset",
    "figcaption", "footer", "form", "header", "hgroup", "iframe", "li", "main", "map", "menu",
    "nav", "section", "summary", "td",
}  # fmt: skip
_BLOCKS_OF_WORDS = frozenset(
    {"caption", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "optgroup", "p", "th"}
)
HOLD_SPANS = SPANS - {"code", "kbd", "mark", "option", "samp", "u", "var"} | _BLOCKS_OF_WORDS
# Elements whose tags are text within a paragraph.
BLOCKS = HOLD_BLOCKS - _READ_IN_SPANS | _BLOCKS_OF_WORDS | {
    "col", "colgroup", "head", "hr", "html", "ol", "pre", "table", "tbody", "tfoot", "thead",
    "tr", "ul",
}  # fmt: skip
KNOWN = SPANS | BLOCKS | HOLD_BLOCKS | VOID | VERBATIM | {"math", "textarea"}

_S = r"(?a:\s)"
NAME = r"[^\W\d][\w.\-]*+(?::[^\W\d][\w.\-]*+)?+"
_TAG = re.compile(f"<({NAME})")
_KEY = re.compile(rf"{_S}++(?P<key>{NAME})(?:{_S}*+={_S}*+(?P<value>\w++|[\"'])|(?!{_S}*+=))")
_TAG_END = re.compile(r"\s*+(/)?>", re.ASCII)
_QUOTES = {'"': re.compile('"'), "'": re.compile("'")}
END_TAG = re.compile(rf"</({NAME}){_S}*>")
_COMMENT_END = re.compile("-->")
BLOCK_MARK = re.compile(r" {0,3}(?=<(?:[^\W\d]|/|!--))")
_RAW_MARK = re.compile(r"<(?=[^\W\d]|/|!--)")


class TooDeepError(Exception):
    """A text nests deeper than anything that a person wrote."""


# Elements, lists and quotes that may stand one in another.
MAXIMUM_DEPTH = 100


class Tag(NamedTuple):
    """A start tag; ``is_closed`` where nothing may follow in it."""

    name: str
    attributes: dict[str, str]
    is_closed: bool
    end: int

    def element(self) -> Element:
        """Return the element that it begins."""
        is_open = self.is_closed and self.name not in VOID
        return (OpenTag if is_open else Element)(self.name, self.attributes)


def read_tag(finder: Finder, place: int) -> Tag | None:
    """Return the start tag at a place, ``None`` if there is none that can be read."""
    text = finder.text
    named = _TAG.match(text, place)
    if named is None:
        return None
    name, end = known_name(named[1]), named.end()
    attributes: dict[str, str] = {}
    while (closing := _TAG_END.match(text, end)) is None:
        key = _KEY.match(text, end)
        if key is None:
            return None
        value, end = key["value"] or "", key.end()
        if value in _QUOTES:
            quote = finder.next(_QUOTES[value], end)
            if quote is None:
                return None
            value, end = text[end : quote.start()], quote.end()
        attributes[key["key"].lower()] = decoded(value)
    if not attributes.get("id", "-").strip(SPACES):
        del attributes["id"]
    return Tag(name, attributes, bool(closing[1]) or name in VOID, closing.end())


def known_name(name: str) -> str:
    """Return the name of an element as it is compared: those of HTML in small letters."""
    small = name.lower()
    return small if small in KNOWN else name


def read_comment(finder: Finder, place: int) -> tuple[Comment, int] | None:
    """Return the comment at a place and where it ends."""
    if not finder.text.startswith("<!--", place):
        return None
    closing = finder.next(_COMMENT_END, place + 4)
    if closing is None:
        return None
    return Comment(finder.text[place + 4 : closing.start()]), closing.end()


def read_raw(finder: Finder, place: int, root: Element, reader: BlockReader | None = None) -> int:
    """Read HTML into an element up to its end tag, and return where the reading stopped.

    End tags that close nothing stay as text. The content of an element that says so
    (``markdown="1"``) is read by the reader of blocks, if there is one.

    Raises:
        TooDeepError: if more than ``MAXIMUM_DEPTH`` elements stand one in another.
    """
    text, limit = finder.text, MAXIMUM_DEPTH - (reader.depth if reader else 0)
    opened = [root]
    while opened:
        element = opened[-1]
        if element.name in VERBATIM:
            end, after = _end_of(text, place, element.name)
            element.children.append(RawText(text[place:end]))
            place = after
            opened.pop()
            continue
        mark = _RAW_MARK.search(text, place)
        start = mark.start() if mark else len(text)
        if start > place:
            element.children.append(RawText(decoded(text[place:start])))
        if mark is None:
            return start
        end = end_tag(text, start, element)
        if end:
            place = end
            opened.pop()
            continue
        place, node = _raw_node(finder, start)
        element.children.append(node)
        wanted = node.attributes.pop("markdown", None) if isinstance(node, Element) else None
        if isinstance(node, Element) and not isinstance(node, OpenTag) and node.name not in VOID:
            kind = content_kind(reader, node, wanted) if reader and wanted is not None else "raw"
            if reader and kind != "raw":
                reader.place = place
                read_content(reader, node, kind)
                place = reader.place
                continue
            opened.append(node)
            if len(opened) > limit:
                raise TooDeepError
    return place


def _raw_node(finder: Finder, place: int) -> tuple[int, Node]:
    """Return the end of the mark at a place and what it is."""
    ending = END_TAG.match(finder.text, place)
    if ending:
        return ending.end(), ShownTag(ending.group())
    comment = read_comment(finder, place)
    if comment:
        return comment[1], comment[0]
    tag = read_tag(finder, place)
    return (tag.end, tag.element()) if tag else (place + 1, "<")


def _end_of(text: str, place: int, name: str) -> tuple[int, int]:
    """Return where the end tag of an element stands and where it ends, both at the end of the
    text if there is none."""
    closing = re.compile(rf"</{name}{_S}*>|\Z", re.IGNORECASE).search(text, place)
    return closing.span() if closing else (len(text), len(text))


def end_tag(text: str, place: int, element: Element) -> int:
    """Return where the end tag of an element ends that stands at a place, 0 if none does."""
    ending = END_TAG.match(text, place)
    return ending.end() if ending and known_name(ending[1]) == element.name else 0


def read_html(reader: BlockReader, start: re.Match[str]) -> None:
    """Read a comment or an element that begins a block; end tags of others are text."""
    comment = read_comment(reader.finder, reader.place)
    if comment:
        reader.place = comment[1]
        reader.add(Block("html", comment[0]))
        _finish(reader)
        return
    tag = read_tag(reader.finder, start.end())
    if tag is None or tag.name in SPANS:
        return
    wanted = tag.attributes.pop("markdown", "")
    element = Element(tag.name, tag.attributes)
    content = content_kind(reader, element, wanted)
    if content == "raw":
        element = tag.element()
    reader.place = tag.end
    reader.add(Block("html", element))
    if not tag.is_closed:
        read_content(reader, element, content)
        if element.name not in VERBATIM:
            _finish(reader)


def content_kind(reader: BlockReader, element: Element, wanted: str) -> str:
    """Return as what the content of an element is read."""
    if wanted in ("block", "span"):
        return "raw" if element.name in VERBATIM else wanted
    if wanted == "1" or (not wanted and reader.document.flag("parse_block_html")):
        if element.name in HOLD_BLOCKS:
            return "block"
        if element.name in HOLD_SPANS:
            return "span"
    return "raw"


def read_content(reader: BlockReader, element: Element, kind: str) -> None:
    """Read what stands in an element, and its end tag."""
    text = reader.text
    if kind == "raw":
        reader.place = read_raw(reader.finder, reader.place, element, reader)
    elif kind == "span":
        start = reader.place
        end, reader.place = _end_of(text, start, element.name)
        reader.document.wait(element, text[start:end], in_html=True)
    else:
        rest = REST_OF_LINE.match(text, reader.place)
        reader.place = rest.end() if rest else reader.place
        saved = reader.blocks, reader.in_html
        reader.blocks, reader.in_html = [], True
        reader.depth += 1
        reader.read_blocks(element)
        reader.depth -= 1
        reader.put(reader.blocks, element)
        reader.blocks, reader.in_html = saved


def _finish(reader: BlockReader) -> None:
    """Pass over the rest of the line, if nothing stands there."""
    rest = REST_OF_LINE.match(reader.text, reader.place)
    if rest:
        reader.place = rest.end()


def read_element(reader: SpanReader, sink: Sink, match: re.Match[str]) -> None:
    """Read the element at a place. It is read once in the same surroundings, however many marks
    before it have no end."""
    key = (match.start(), reader.inside, reader.only_tags)
    if key not in reader.elements:
        node = _element(reader, match.start())
        if node is None:
            return
        reader.elements[key] = node, reader.place
    found, reader.place = reader.elements[key]
    if isinstance(found, Element):
        sink.node(Element(found.name, dict(found.attributes), found.children))
    else:
        sink.text(found)


def _element(reader: SpanReader, start: int) -> Element | ShownTag | None:
    text = reader.text
    tag = read_tag(reader.finder, start)
    if tag is None:
        return None
    reader.place = tag.end
    if tag.name in BLOCKS:
        return ShownTag(text[start : tag.end])
    attributes = {key: re.sub(r"\n+", " ", value) for key, value in tag.attributes.items()}
    wanted = attributes.pop("markdown", "")
    is_read = wanted in ("span", "block")
    if wanted == "1" or (wanted != "0" and reader.document.flag("parse_span_html")):
        holds = tag.name in HOLD_SPANS or tag.name in _READ_IN_SPANS
        is_read = is_read or (holds and (wanted == "1" or not reader.only_tags))
    element = Element(tag.name, attributes)
    if tag.is_closed:
        return element
    saved = reader.only_tags, reader.in_html
    reader.only_tags, reader.in_html = not is_read or tag.name in VERBATIM, True
    nodes, _ = reader.within(reader.inside, 0, lambda place, _: end_tag(text, place, element) > 0)
    reader.place = end_tag(text, reader.place, element) or reader.place
    if reader.only_tags:
        nodes = [RawText(decoded(one)) if type(one) is str else one for one in nodes]
    element.children = [RawText(to_html(nodes))] if tag.name in VERBATIM else nodes
    reader.only_tags, reader.in_html = saved
    return element
