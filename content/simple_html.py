"""A quick way to the same tree for HTML that leaves a parser nothing to decide.

Markdown becomes HTML of a simple kind: a few elements, each closed where it was opened, and
none where a browser would move it. For that kind, and no other, what stands in the source is the
tree already, so it is taken over in one pass, several times faster than by the rules for
everything that people write. Whatever is in the least unusual is left to those rules.

Source of what is simple: the HTML standard, "Tree construction", by leaving out all that
its rules would mend (https://html.spec.whatwg.org/multipage/parsing.html).
"""

from __future__ import annotations

import re
from html import unescape

from bs4 import BeautifulSoup
from bs4.element import Doctype, NavigableString, PageElement, Tag

# Bounds that keep the reading quick; what is beyond them is left to the rules, as all that is
# unusual.
SIMPLE_DEPTH = 30
SIMPLE_ATTRIBUTES = 20
NAMESPACE = "http://www.w3.org/1999/xhtml"

_LISTS = frozenset({"ul", "ol"})
_HOLD_BLOCKS = frozenset({"blockquote", "body", "div", "li"})
# A block would end an open paragraph, and a heading an open heading.
_HOLD_WORDS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p"})
_BLOCKS = _HOLD_WORDS | _LISTS | {"blockquote", "div", "hr"}
_PHRASES = frozenset({"a", "b", "code", "del", "em", "i", "span", "strong", "sub", "sup"})
_EMPTY = frozenset({"br", "hr", "img"})

# Those that Markdown and its typography write, and numbers of signs that stand for themselves.
_REFERENCE = (
    "&(?:amp|gt|lt|nbsp|quot|lsquo|rsquo|ldquo|rdquo|ndash|mdash|hellip"
    r"|#(?:1[6-9][0-9]|[2-9][0-9]{2}|[1-9][0-9]{3}));"
)
# Other references, and signs that a parser takes for something else or complains of.
_STRANGE = re.compile(rf"(?!{_REFERENCE})&|[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_PART = re.compile(r"([^<]+)|<([a-z]+[1-6]?)([ /][^<>]*)?>|</([a-z]+[1-6]?)>")
_ATTRIBUTE = re.compile(r' ([a-z][a-z-]*)="([^"]*)"')


def simple_body(html: str) -> Tag | None:
    """Return the body element that a browser would make of HTML, or None if that takes its rules.

    ``html`` is what stands in the body.
    """
    if _STRANGE.search(html):
        return None
    reader = _Reader()
    place = 0
    for part in _PART.finditer(html):
        if part.start() != place or not reader.read(*part.groups()):
            return None
        place = part.end()
    return reader.body if place == len(html) and not reader.opened else None


class _Reader:
    """Builds Beautiful Soup's tree; ``opened`` holds what is open below the body."""

    def __init__(self) -> None:
        # Of this parser only what it knows of HTML's elements and attributes is used.
        self.soup = BeautifulSoup("", "html.parser")
        self.last: PageElement = self.soup
        self.opened: list[Tag] = []
        self._add(Doctype("html"), self.soup)
        page, head, body = (self.soup.new_tag(name, NAMESPACE) for name in ("html", "head", "body"))
        self._add(page, self.soup)
        self._add(head, page)
        self._add(body, page)
        self.body = body

    def read(
        self, words: str | None, name: str | None, after_name: str | None, ended: str | None
    ) -> bool:
        """Put a text or a start tag into the tree, or close what an end tag names.

        False if that is not simple; nothing more may be read then.
        """
        if words:
            self._add(NavigableString(unescape(words)), self.above)
            return True
        if ended:
            return bool(self.opened) and self.opened.pop().name == ended
        return name is not None and self._open(name, after_name or "")

    @property
    def above(self) -> Tag:
        """The innermost element that is open."""
        return self.opened[-1] if self.opened else self.body

    def _open(self, name: str, after_name: str) -> bool:
        attributes = after_name.removesuffix("/").removesuffix(" ")
        pairs = _ATTRIBUTE.findall(attributes)
        values = {key: unescape(value) for key, value in pairs}
        if not (
            self._may_stand_here(name)
            and (name in _EMPTY or not after_name.endswith("/"))
            and len(values) == len(pairs) <= SIMPLE_ATTRIBUTES
            and len(attributes) == sum(len(key) + len(value) + 4 for key, value in pairs)
        ):
            return False
        element = self.soup.new_tag(name, NAMESPACE, attrs=values)
        self._add(element, self.above)
        if name not in _EMPTY:
            self.opened.append(element)
        return True

    def _may_stand_here(self, name: str) -> bool:
        above = self.above.name
        if len(self.opened) >= SIMPLE_DEPTH:
            return False
        if name in _BLOCKS:
            return above in _HOLD_BLOCKS
        if name == "li":
            return above in _LISTS
        if name in _PHRASES:
            # A link ends the link that it begins in.
            return above not in _LISTS and all(one.name != name for one in self.opened)
        return name in _EMPTY

    def _add(self, node: PageElement, parent: Tag) -> None:
        node.setup(parent, self.last)
        parent.contents.append(node)
        self.last = node
