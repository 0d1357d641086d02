"""The served page: its main part as tokens, without the words of the site's own interface."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bs4.element import PageElement, Tag
from django.conf import settings

from content.markup.html_tree import parse
from isomer.verify.addresses import Names, UnsafeAddressError
from isomer.verify.hidden import read_shown
from isomer.verify.library import StoredFiles
from isomer.verify.tokens import Reading, Token, TokenKind
from isomer.verify.walk import Walker, attribute

INTERFACE = "data-interface"
# Our templates also use lists with a class for layout. Only entries with these classes are lists of
# the text.
ENTRIES_OF_TEXT = frozenset({"directory__row"})
LEVEL_IN_CARDS = "3"
LISTS_OF_TEXT = frozenset({"capabilities__list"})
_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)


class NoMainPartError(Exception):
    """A page has no ``<main>``."""


def main_part(html: str) -> str:
    """Return the markup within ``<main>``.

    Raises:
        NoMainPartError: if there is none.
    """
    found = _MAIN.search(html)
    if found is None:
        raise NoMainPartError
    return found[1]


@dataclass(frozen=True)
class ServedAddresses:
    """Names the addresses of a served page (see :class:`Names`)."""

    names: Names
    stored: StoredFiles

    def link(self, href: str) -> str:
        """Name what a link leads to; what no browser may follow names itself."""
        try:
            return self.names.link(href)
        except UnsafeAddressError:
            return href

    def picture(self, source: str) -> str:
        """Name a picture by the file of the source that it shows, else by its address."""
        return self.stored.picture(source, settings.MEDIA_URL) or self.link(source)

    def embed(self, address: str) -> str:
        """Name what a frame loads."""
        try:
            return self.names.embed(address)
        except UnsafeAddressError:
            return address


class ServedWalker(Walker):
    """Reads the main part of a served page. The site's own words are marked and left out."""

    def __init__(self, addresses: ServedAddresses) -> None:
        super().__init__(addresses)
        self._card: str | None = None
        self._in_grid = False

    def node(self, node: PageElement) -> None:
        """Read one node that is not the interface's."""
        if isinstance(node, Tag) and node.has_attr(INTERFACE):
            self.part()
            return
        super().node(node)

    def element(self, tag: Tag) -> None:
        """Read an element, a card as one thing."""
        classes = tag.get("class") or ()
        if "card-grid" in classes:
            outer, self._in_grid = self._in_grid, True
            super().element(tag)
            self._in_grid = outer
        elif tag.name == "li" and "cell" in classes:
            self._read_card(tag)
        elif tag.name == "h2" and tag.find_next_sibling("ul", class_=list(LISTS_OF_TEXT)):
            self._read_heading_of_block(tag)
        elif tag.name == "li" and _is_layout(tag):
            self.inside(tag)
        else:
            super().element(tag)

    def link(self, tag: Tag) -> None:
        """Read a link; one whose only words are the interface's is a token by itself."""
        before, letters = len(self.tokens), len(self._letters)
        super().link(tag)
        silent = len(self.tokens) == before and len(self._letters) == letters
        if silent and tag.find(None, attrs={INTERFACE: True}) is not None:
            self.add(Token(TokenKind.LINK, "", self.addresses.link(attribute(tag, "href"))))

    def empty_entry(self, before: int) -> None:
        """Say the number of an empty entry, which visitors see; not its bullet."""
        self._marks[before:] = [mark for mark in self._marks[before:] if " " in mark]
        self._say_marks()

    def _read_heading_of_block(self, tag: Tag) -> None:
        """Read the heading of a block that has one level for all its headings."""
        self.part()
        before = len(self.tokens)
        super().element(tag)
        for at in range(before, len(self.tokens)):
            if self.tokens[at].kind is TokenKind.HEADING:
                self.tokens[at] = replace(self.tokens[at], level_rule="heading-of-block")

    def _read_card(self, tag: Tag) -> None:
        """Read a card: the picture first, and everything with the card's one link."""
        self.part()
        before = len(self.tokens)
        cover = tag.find("a", class_=["cell__link", "cover"])
        target = self.addresses.link(attribute(cover, "href")) if isinstance(cover, Tag) else ""
        pictures = tag.find_all(class_="card-grid__picture", recursive=False)
        for child in [*pictures, *(node for node in tag.children if node not in pictures)]:
            self.node(child)
        self.part()
        for at in range(before, len(self.tokens)):
            token = replace(self.tokens[at], card=target)
            if self._in_grid and token.kind is TokenKind.HEADING and token.text == LEVEL_IN_CARDS:
                token = replace(token, optional="title-of-card", level_rule="title-of-card")
            self.tokens[at] = token


def _is_layout(entry: Tag) -> bool:
    """Tell whether an entry is one of a template's, before which no bullet stood."""
    around = set(entry.parent.get("class") or ()) if entry.parent is not None else set()
    own = set(entry.get("class") or ())
    return bool(around) and not around & LISTS_OF_TEXT and not own & ENTRIES_OF_TEXT


def read_served(html: str, addresses: ServedAddresses) -> Reading:
    """Return what a visitor meets in the main part of a page.

    Raises:
        NoMainPartError: if the page has none.
        TooDeepError: if the page nests deeper than any page of this site.
    """
    walker = ServedWalker(addresses)
    markup = main_part(html)
    read_shown(walker, parse(markup))
    found = walker.finish()
    found.markup = markup
    return found
