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

from bs4 import BeautifulSoup
from bs4.builder._htmlparser import HTMLParserTreeBuilder
from bs4.element import Doctype, NavigableString, PageElement, Tag

# Lists nest much less deep; a deeper tree is for the parser to refuse.
MAXIMUM_DEPTH = 30
NAMESPACE = "http://www.w3.org/1999/xhtml"

_LISTS = frozenset({"ul", "ol"})
_HOLD_BLOCKS = frozenset({"blockquote", "body", "div", "li"})
# Elements whose text a block that begins within them would end.
_HOLD_WORDS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p"})
_BLOCKS = _HOLD_WORDS | _LISTS | {"blockquote", "div", "hr"}
_PHRASES = frozenset({"a", "b", "code", "del", "em", "i", "span", "strong", "sub", "sup"})
_EMPTY = frozenset({"br", "hr", "img"})

_CHARACTERS = {"&amp;": "&", "&gt;": ">", "&lt;": "<", "&nbsp;": "\xa0", "&quot;": '"'}
_REFERENCE = re.compile("|".join(_CHARACTERS))
# Other references, and signs that a parser takes for something else or complains of.
_STRANGE = re.compile(
    rf"&(?!{'|'.join(name[1:] for name in _CHARACTERS)})|[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]"
)
_PART = re.compile(r"([^<]+)|<([a-z]+[1-6]?)([^<>]*)>|</([a-z]+[1-6]?)>")
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
        if part.start() != place or not reader.takes(*part.groups()):
            return None
        place = part.end()
    return reader.tree[0] if place == len(html) and len(reader.tree) == 1 else None


def _text(written: str) -> str:
    return _REFERENCE.sub(lambda found: _CHARACTERS[found.group()], written)


class _Reader:
    """Builds Beautiful Soup's tree; ``tree`` holds the body and what is open below it."""

    def __init__(self) -> None:
        self.soup = BeautifulSoup("", builder=HTMLParserTreeBuilder())
        self.last: PageElement = self.soup
        self.tree: list[Tag] = []
        self._add(Doctype("html"), self.soup)
        page, head, body = (self.soup.new_tag(name, NAMESPACE) for name in ("html", "head", "body"))
        self._add(page, self.soup)
        self._add(head, page)
        self._add(body, page)
        self.tree.append(body)

    def takes(
        self, words: str | None, name: str | None, written: str | None, closed: str | None
    ) -> bool:
        """Put a text, a start tag (its name, what follows it) or an end tag into the tree.

        Tells whether it is simple.
        """
        if words:
            self._add(NavigableString(_text(words)), self.tree[-1])
            return True
        if not name or written is None:
            return len(self.tree) > 1 and self.tree.pop().name == closed
        attributes = written.removesuffix("/").removesuffix(" ")
        pairs = _ATTRIBUTE.findall(attributes)
        element = self.soup.new_tag(
            name, NAMESPACE, attrs={key: _text(value) for key, value in pairs}
        )
        is_simple = (
            self._may_stand_here(name)
            and (name in _EMPTY or not written.endswith("/"))
            and len(element.attrs) == len(pairs)
            and len(attributes) == sum(len(key) + len(value) + 4 for key, value in pairs)
        )
        self._add(element, self.tree[-1])
        if name not in _EMPTY:
            self.tree.append(element)
        return is_simple

    def _may_stand_here(self, name: str) -> bool:
        above = self.tree[-1].name
        if len(self.tree) > MAXIMUM_DEPTH:
            return False
        if name in _BLOCKS:
            return above in _HOLD_BLOCKS
        if name == "li":
            return above in _LISTS
        if name in _PHRASES:
            # Only what holds no blocks: a phrase left open by one would be opened in the next.
            return above not in _LISTS and all(open_one.name != name for open_one in self.tree)
        return name in _EMPTY

    def _add(self, node: PageElement, parent: Tag) -> None:
        node.setup(parent, self.last)
        parent.contents.append(node)
        self.last = node
