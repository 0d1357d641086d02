"""The tree of a Markdown body as the one that HTML bodies are read into.

Nearly all that Markdown gives stands where a browser leaves it, and is taken over as it is. What
a browser would move (a list in a paragraph, words between the cells of a table) is written as HTML
and read by the rules of browsers.

Source of what stays: the HTML standard, "Tree construction"
(https://html.spec.whatwg.org/multipage/parsing.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from bs4 import BeautifulSoup
from bs4.element import Comment, Doctype, NavigableString, PageElement, Tag

from content.markup.html_tree import MAXIMUM_DEPTH, MAXIMUM_TAGS, TooDeepError, parse
from isomer import kramdown
from isomer.kramdown import Element, Markup, Node, OpenTag

NAMESPACE = "http://www.w3.org/1999/xhtml"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# A start tag of any of these ends an open paragraph.
_BLOCKS = _HEADINGS | {
    "address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt",
    "figcaption", "figure", "footer", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "summary", "table", "ul",
}  # fmt: skip
# Elements that stand only in some others.
_STANDS_IN = {
    "caption": ("table",), "col": ("colgroup",), "colgroup": ("table",), "dd": ("dl",),
    "dt": ("dl",), "li": ("ol", "ul"), "tbody": ("table",), "td": ("tr",), "tfoot": ("table",),
    "th": ("tr",), "thead": ("table",), "tr": ("table", "tbody", "tfoot", "thead"),
}  # fmt: skip
# Elements that hold nothing else than what stands only in them.
_HOLD_ONLY = frozenset({"colgroup", "table", "tbody", "tfoot", "thead", "tr"})
_CELLS = frozenset({"caption", "td", "th"})
_VOID = frozenset({"br", "col", "hr", "img", "input", "source", "track", "wbr"})
# Inline elements: none of their start tags ends another element.
_PHRASES = frozenset({
    "a", "abbr", "acronym", "audio", "b", "bdi", "bdo", "big", "cite", "code", "data", "del",
    "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "video",
})  # fmt: skip
_SCRIPTS = frozenset({"script", "style"})
# Tags of these have an effect beyond the block that they stand in.
_FAR_REACHING = frozenset({"body", "frameset", "head", "html", "plaintext", "template"})
_ATTRIBUTE = re.compile(r"[a-z][a-z0-9_:.-]*")
_STRANGE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def tree_of(nodes: list[Node]) -> Tag:
    """Return a body element with nodes in it, nested as a browser would nest their HTML.

    Raises:
        TooDeepError: if elements nest deeper than ``MAXIMUM_DEPTH``, or if there are more than
            ``MAXIMUM_TAGS``.
    """
    if _reach_far(nodes):
        return parse(kramdown.to_html(nodes))
    builder = _Builder()
    for stays, group in groupby(nodes, _stays):
        if stays:
            builder.add(group, builder.body)
        else:
            builder.add_mended(list(group))
    return builder.body


def _reach_far(nodes: list[Node]) -> bool:
    """Tell whether a tag among nodes has an effect beyond the block that it stands in."""
    count, reach_far = 0, False
    waiting = [(node, 1) for node in nodes]
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, Element):
            count += 1
            if depth > MAXIMUM_DEPTH or count > MAXIMUM_TAGS:
                raise TooDeepError
            if isinstance(node, OpenTag) or node.name.lower() in _FAR_REACHING:
                reach_far = True
            waiting.extend((child, depth + bool(node.name)) for child in node.children)
    return reach_far


def _stays(node: Node) -> bool:
    """Tell whether a browser leaves all that is in a node where it stands."""
    # Each with the element around it and those of _BLOCKS and _PHRASES that are open.
    waiting = [(one, "body", frozenset[str]()) for one in _flat([node])]
    while waiting:
        one, above, opened = waiting.pop()
        if isinstance(one, str):
            if _STRANGE.search(one) or (above in _HOLD_ONLY and one.strip(" \t\n")):
                return False
        elif isinstance(one, Element):
            if not _may_stand(one, above, opened):
                return False
            inside = opened if one.name not in _CELLS else frozenset()
            if one.name in ("a", "p") or one.name in _HEADINGS:
                inside = inside | {one.name}
            waiting.extend((child, one.name, inside) for child in _flat(one.children))
        elif isinstance(one, Markup):
            return False
    return True


def _may_stand(element: Element, above: str, opened: frozenset[str]) -> bool:
    name = element.name
    if any(not _ATTRIBUTE.fullmatch(key) for key in element.attributes):
        return False
    if any(_STRANGE.search(value) for value in element.attributes.values()):
        return False
    if (name in _STANDS_IN or above in _HOLD_ONLY) and above not in _STANDS_IN.get(name, ()):
        return False
    if name in _BLOCKS:
        is_heading = name in _HEADINGS and above in _HEADINGS
        return "p" not in opened and not is_heading
    if name == "iframe" or name in _SCRIPTS:
        words = "".join(child if isinstance(child, str) else "<" for child in element.children)
        return "<" not in words and ("&" not in words or name in _SCRIPTS)
    if name == "a" and "a" in opened:
        return False
    return name in _PHRASES or name in _VOID or name in _STANDS_IN


def _flat(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield nodes, and in place of elements without a name what they hold."""
    for node in nodes:
        if isinstance(node, Element) and not node.name:
            yield from _flat(node.children)
        else:
            yield node


class _Builder:
    """Builds Beautiful Soup's tree."""

    def __init__(self) -> None:
        # Of this parser only what it knows of HTML's elements and attributes is used.
        self.soup = BeautifulSoup("", "html.parser")
        self.last: PageElement = self.soup
        self._put(Doctype("html"), self.soup)
        page, head, body = (self.soup.new_tag(name, NAMESPACE) for name in ("html", "head", "body"))
        self._put(page, self.soup)
        self._put(head, page)
        self._put(body, page)
        self.body = body

    def add_mended(self, nodes: list[Node]) -> None:
        """Add nodes as a browser reads their HTML."""
        mended = parse(kramdown.to_html(nodes))
        for node in list(mended.children):
            self.body.append(node.extract())
        self.last = self.body._last_descendant() or self.last

    def add(self, nodes: Iterable[Node], parent: Tag) -> None:
        """Add nodes that stay as they are."""
        for is_text, group in groupby(_flat(nodes), lambda one: isinstance(one, str)):
            if is_text:
                self._put(NavigableString("".join(map(str, group))), parent)
                continue
            for one in group:
                if isinstance(one, Element):
                    self._add_element(one, parent)
                elif isinstance(one, kramdown.Comment):
                    self._put(Comment(one.text), parent)

    def _add_element(self, element: Element, parent: Tag) -> None:
        if element.name == "tr" and parent.name == "table":
            parent = self._body_of(parent)
        tag = self.soup.new_tag(element.name, NAMESPACE, attrs=dict(element.attributes))
        self._put(tag, parent)
        children = element.children
        first = children[0] if children else ""
        if element.name == "pre" and isinstance(first, str) and first.startswith("\n"):
            children = [first[1:], *children[1:]]
        self.add(children, tag)

    def _body_of(self, table: Tag) -> Tag:
        """Return the table's body, which HTML need not name."""
        last = next((one for one in reversed(table.contents) if isinstance(one, Tag)), None)
        if last is not None and last.name == "tbody":
            return last
        body = self.soup.new_tag("tbody", NAMESPACE)
        self._put(body, table)
        return body

    def _put(self, node: PageElement, parent: Tag) -> None:
        node.setup(parent, self.last)
        parent.contents.append(node)
        self.last = node
