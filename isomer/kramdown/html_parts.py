"""HTML within a text: its tags, and which elements are what."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import NamedTuple, TypeAlias

from isomer.kramdown.scan import Finder
from isomer.kramdown.tree import (
    VERBATIM,
    VOID,
    Comment,
    Element,
    Node,
    OpenTag,
    RawText,
    ShownTag,
)

# Elements that stand within a paragraph, also at the beginning of a line.
SPANS = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdo", "big", "br", "button", "cite", "code", "del", "dfn",
        "em", "i", "img", "input", "ins", "kbd", "label", "mark", "option", "q", "rb", "rbc", "rp",
        "rt", "rtc", "ruby", "samp", "select", "small", "span", "strong", "sub", "sup", "tt",
        "u", "var",
    }
)  # fmt: skip
# Elements whose tags are text within a paragraph.
BLOCKS = frozenset(
    {
        "address", "applet", "article", "aside", "blockquote", "body", "caption", "col",
        "colgroup", "dd", "div", "dl", "dt", "fieldset", "figcaption", "footer", "form", "h1",
        "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "iframe",
        "legend", "li", "main", "map", "menu", "nav", "ol", "optgroup", "p", "pre", "section",
        "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
# What the content of an element is read as, where Markdown is wanted in it.
HOLD_BLOCKS = frozenset(
    {
        "address", "applet", "article", "aside", "blockquote", "body", "dd", "details", "div",
        "dl", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup",
        "iframe", "li", "main", "map", "menu", "nav", "noscript", "object", "section", "summary",
        "td",
    }
)  # fmt: skip
HOLD_SPANS = SPANS - {"code", "kbd", "mark", "option", "samp", "u", "var"} | {
    "caption", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "optgroup", "p", "th",
}  # fmt: skip
KNOWN = SPANS | BLOCKS | HOLD_BLOCKS | VOID | VERBATIM | {"math", "textarea"}

NAME = r"[^\W\d][\w.\-]*+(?::[^\W\d][\w.\-]*+)?+"
_TAG = re.compile(
    rf"""<(?P<name>{NAME})
    (?P<attributes>(?:\s++{NAME}(?:\s*+=\s*+
        (?:\w++ | "[^"<>]*+" | '[^'<>]*+'))?+)*+)
    \s*+(?P<closed>/)?>""",
    re.VERBOSE,
)
_TAG_NAME = re.compile(f"<({NAME})")
_KEY = re.compile(rf"\s++{NAME}(?:\s*+=\s*+(?P<value>\w++|[\"'])|(?!\s*+=))")
_TAG_END = re.compile(r"\s*+(/)?>")
_QUOTES = {'"': re.compile('"'), "'": re.compile("'")}
_ATTRIBUTE = re.compile(
    rf"""({NAME})(?:\s*=\s*(?:(\w+)|"([^"]*)"|'([^']*)'))?""",
)
END_TAG = re.compile(rf"</({NAME})\s*>")
_COMMENT_END = re.compile("-->")
_REFERENCE = re.compile(r"&(?:[A-Za-z_:][\w:-]*|#[0-9]+|#x[0-9a-fA-F]+);", re.ASCII)
RAW_MARK = re.compile(r"<(?=[^\W\d]|/|!--)")


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


def decoded(text: str) -> str:
    """Return text of HTML with its character references read as a browser reads them."""
    if "&" not in text:
        return text
    return _REFERENCE.sub(lambda match: unescape(match.group()), text)


def read_tag(finder: Finder, place: int) -> Tag | None:
    """Return the start tag at a place, ``None`` if there is none that can be read."""
    match = _TAG.match(finder.text, place)
    if match:
        written, closed, end = match["attributes"], match["closed"], match.end()
        name = match["name"]
    else:
        found = _unusual_tag(finder, place)
        if found is None:
            return None
        name, written, closed, end = found
    name = known_name(name)
    attributes: dict[str, str] = {}
    if written:
        for key, bare, double, single in _ATTRIBUTE.findall(written):
            attributes[key.lower()] = decoded(bare or double or single)
        if not attributes.get("id", "-").strip():
            del attributes["id"]
    return Tag(name, attributes, bool(closed) or name in VOID, end)


def _unusual_tag(finder: Finder, place: int) -> tuple[str, str, str, int] | None:
    """Read a tag whose values hold angle brackets."""
    text = finder.text
    named = _TAG_NAME.match(text, place)
    if named is None:
        return None
    end = named.end()
    while (end_match := _TAG_END.match(text, end)) is None:
        key = _KEY.match(text, end)
        if key is None:
            return None
        end = key.end()
        if (quote := _QUOTES.get(key["value"] or "")) is not None:
            closing = finder.next(quote, end)
            if closing is None:
                return None
            end = closing.end()
    return named[1], text[named.end() : end], end_match[1] or "", end_match.end()


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


Reader: TypeAlias = Callable[[Element, int, str], int]


def read_raw(
    finder: Finder, place: int, root: Element, limit: int, read_marked: Reader | None = None
) -> tuple[int, bool]:
    """Read HTML into an element up to its end tag.

    Return where the reading stopped, and whether that was after the end tag. End tags that
    close nothing stay as text. ``limit`` is how many elements may stand one in another.
    ``read_marked(element, place, wanted)`` reads the content of an element that says so
    (``markdown="1"``), and returns where it ended, or -1 if it is HTML as well.

    Raises:
        TooDeepError: if there are more.
    """
    text = finder.text
    open_elements = [root]
    while open_elements:
        element = open_elements[-1]
        if element.name in VERBATIM:
            place, is_closed = _verbatim(finder, place, element)
            if not is_closed:
                return place, False
            open_elements.pop()
            continue
        mark = RAW_MARK.search(text, place)
        if mark is None:
            element.children.append(RawText(decoded(text[place:])))
            return len(text), False
        start = mark.start()
        if start > place:
            element.children.append(RawText(decoded(text[place:start])))
        place, node = _raw_node(finder, start, element)
        if node is None:
            open_elements.pop()
            continue
        element.children.append(node)
        wanted = node.attributes.pop("markdown", None) if isinstance(node, Element) else None
        if isinstance(node, Element) and not isinstance(node, OpenTag) and node.name not in VOID:
            after = -1 if wanted is None or not read_marked else read_marked(node, place, wanted)
            if after >= 0:
                place = after
                continue
            open_elements.append(node)
            if len(open_elements) > limit:
                raise TooDeepError
    return place, True


def _raw_node(finder: Finder, place: int, element: Element) -> tuple[int, Node | None]:
    """Return the end of the mark at a place and what it is; ``None`` for the end tag of an
    element."""
    ending = END_TAG.match(finder.text, place)
    if ending:
        is_own = known_name(ending[1]) == element.name
        return ending.end(), None if is_own else ShownTag(ending.group())
    comment = read_comment(finder, place)
    if comment:
        return comment[1], comment[0]
    tag = read_tag(finder, place)
    if tag is None:
        return place + 1, "<"
    kind = OpenTag if tag.is_closed and tag.name not in VOID else Element
    return tag.end, kind(tag.name, tag.attributes)


def _verbatim(finder: Finder, place: int, element: Element) -> tuple[int, bool]:
    closing = re.compile(rf"</{element.name}\s*>", re.IGNORECASE).search(finder.text, place)
    end = closing.start() if closing else len(finder.text)
    element.children.append(RawText(finder.text[place:end]))
    return (closing.end(), True) if closing else (end, False)
