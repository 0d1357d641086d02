"""From a tree of markup to tokens, as a browser shows it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from isomer.verify.lists import BULLET, LISTS, Counting
from isomer.verify.tokens import ON_PAGE, Reading, Token, TokenKind, place_of

# Elements that no browser shows.
UNSEEN = frozenset(
    {
        "base", "datalist", "head", "link", "meta", "noembed", "noframes", "noscript", "param",
        "script", "source", "style", "template", "title", "track",
    }
)  # fmt: skip
# Elements that part the words on their two sides.
APART = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center",
        "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "input",
        "label", "legend", "li", "listing", "main", "marquee", "math", "menu", "meter", "nav",
        "ol", "optgroup", "option", "output", "p", "picture", "plaintext", "pre", "progress",
        "search", "section", "select", "summary", "svg", "table", "tbody", "td", "textarea",
        "tfoot", "th", "thead", "tr", "ul", "xmp",
    }
)  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
EMBEDS = frozenset({"audio", "embed", "frame", "iframe", "object", "video"})
# Form fields that show no words of their own.
WORDLESS_INPUTS = frozenset({"checkbox", "color", "file", "hidden", "image", "password", "radio"})
SECTIONS_OF_TABLE = ("thead", "tbody", "tfoot")
# Code points that nobody sees; white space and line ends are none of them. In scripts whose letters
# join (from Arabic on) U+200C changes what readers see, so it stays there.
WIDTHLESS = re.compile(
    "[\u200b\u2060\ufeff\u00ad\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
    "|(?:^|(?<=[^\u0600-\u1cff\ua800-\ua8ff\ua930-\uabff]))\u200c"
)
_SPACE = re.compile(r"(\s+)")


class Addresses(Protocol):
    """Says what addresses in markup lead to; two that lead to one thing get one name."""

    def link(self, href: str) -> str: ...

    def picture(self, source: str) -> str: ...

    def embed(self, address: str) -> str: ...


def squeezed(text: str) -> str:
    """Return text in one line as a reader sees it."""
    return " ".join(WIDTHLESS.sub("", unicodedata.normalize("NFC", text)).split())


def attribute(tag: Tag, name: str) -> str:
    """Return an attribute without white space around it, ``""`` when it is absent."""
    value = tag.get(name)
    return value.strip() if isinstance(value, str) else ""


def children(tag: Tag) -> Iterator[Tag | NavigableString]:
    """Yield the children of an element that may be shown: no comments and the like."""
    for node in tag.children:
        if isinstance(node, Tag | NavigableString) and not isinstance(node, PreformattedString):
            yield node


class Walker:
    """Reads markup into tokens. Subclasses know what is particular to one side.

    ``finish`` gives what was read. Between two calls of ``read`` words do not join.
    """

    def __init__(self, addresses: Addresses) -> None:
        self.addresses = addresses
        self.tokens: list[Token] = []
        self.ids: dict[str, int] = {}
        self._letters: list[tuple[str, str]] = []
        self._link = ""
        self._heading = (0, 0)
        self._said_heading = 0
        self._headings = 0
        self._marks: list[str] = []
        self._lists: list[Counting] = []
        self._block_start = 0
        self._quotes = 0

    def read(self, nodes: Iterable[PageElement]) -> None:
        """Read sibling nodes."""
        self.part()
        for node in nodes:
            self.node(node)
        self.part()

    def finish(self) -> Reading:
        """Return what was read, links within the page resolved to the words they lead to."""
        self.part()
        places = {f"#{name}": place_of(self.tokens, at) for name, at in self.ids.items()}
        self.tokens = [
            replace(
                token,
                links=tuple((size, _resolved(target, places)) for size, target in token.links),
                target=_resolved(token.target, places),
            )
            if token.links or token.target
            else token
            for token in self.tokens
        ]
        return Reading(self.tokens, [])

    def explain(self, rule: str, text: str = "") -> None:
        """Be told of something that is not shown as it was, by the name of its rule."""

    def part(self) -> None:
        """End the word and the line."""
        self._end_word()
        self._block_start = len(self.tokens)

    def node(self, node: PageElement) -> None:
        """Read one node."""
        if isinstance(node, Tag):
            self._note_ids(node)
            if node.name not in UNSEEN:
                self.element(node)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            self.text(str(node))

    def text(self, text: str) -> None:
        """Read text; white space of any kind parts words."""
        for piece in _SPACE.split(WIDTHLESS.sub("", text)):
            if piece.isspace():
                self._end_word()
            elif piece:
                self._letters.append((piece, self._link))

    def element(self, tag: Tag) -> None:
        """Read an element by its kind."""
        name = tag.name
        if name == "a":
            self.link(tag)
        elif name == "img":
            self.picture(tag)
        elif name in EMBEDS:
            self.embed(tag)
        elif name in HEADINGS:
            self.heading(tag, HEADINGS[name])
        elif name in LISTS:
            self._list(tag)
        elif name == "li":
            self._entry(tag)
        elif name == "table":
            self.table(tag)
        elif name == "details":
            self.details(tag)
        elif name == "input":
            self._input(tag)
        elif name == "q":
            self._quotation(tag)
        elif name == "wbr":
            pass
        else:
            self.inside(tag)

    def inside(self, tag: Tag) -> None:
        """Read what stands in an element, apart from its neighbours if it shows so."""
        apart = tag.name in APART
        if apart:
            self.part()
        for child in tag.children:
            self.node(child)
        if apart:
            self.part()

    def link(self, tag: Tag) -> None:
        """Read a link: its words and pictures lead there."""
        outer = self._link
        written = attribute(tag, "href")
        self._link = (self.addresses.link(written) if written else "") or outer
        self.inside(tag)
        self._link = outer

    def picture(self, tag: Tag) -> None:
        """Read a picture."""
        self.add_picture(attribute(tag, "src"), attribute(tag, "alt"))

    def add_picture(self, source: str, words: str) -> None:
        """Add a picture by its address and alternative text."""
        target = self.addresses.picture(source)
        self.add(Token(TokenKind.PICTURE, squeezed(words), target, links=((0, self._link),)))

    def embed(self, tag: Tag) -> None:
        """Read a frame, film or sound; what stands in it is for browsers that can't show it."""
        address = address_of_embed(tag)
        if address:
            self.add(Token(TokenKind.EMBED, "", self.addresses.embed(address)))
        else:
            self.part()

    def heading(self, tag: Tag, level: int) -> None:
        """Read a heading."""
        self.part()
        outer = self._heading
        self._headings += 1
        self._heading = (level, self._headings)
        self.inside(tag)
        self._heading = outer

    def table(self, tag: Tag) -> None:
        """Read a table: caption, then rows in the order in which browsers show them."""
        self.part()
        for caption in tag.find_all("caption", recursive=False):
            self.inside(caption)
        number = 0
        for row, left in rows_of(tag):
            cells = list(row.find_all(["td", "th"], recursive=False))
            if not cells:
                continue
            number += 1
            self.row(number)
            for cell in cells:
                self._note_ids(cell)
                self.cell(span(cell, "colspan"), min(span(cell, "rowspan"), left))
                self.inside(cell)
        self.part()

    def row(self, number: int) -> None:
        """Begin a row of a table, which are counted from 1."""
        self.add(Token(TokenKind.ROW, "", str(number)))

    def cell(self, columns: int, rows: int) -> None:
        """Begin a table cell."""
        self.add(Token(TokenKind.CELL, f"{columns} × {rows}"))

    def details(self, tag: Tag) -> None:
        """Read what folds out: its title comes first wherever it stands."""
        summary = tag.find("summary", recursive=False)
        self.part()
        if isinstance(summary, Tag):
            self._note_ids(summary)
            self.summary(summary)
        for child in tag.children:
            if child is not summary:
                self.node(child)
        self.part()

    def summary(self, tag: Tag) -> None:
        """Read the title of what folds out."""
        self.inside(tag)

    def add(self, token: Token) -> None:
        """Add a token that is no word, after whatever must be said before it."""
        self.part()
        if token.kind is TokenKind.PICTURE:
            self._say_marks()
        else:
            # A bullet belongs to words or a picture; a number stands by itself.
            self._marks = [mark for mark in self._marks if mark != BULLET]
            self._say_marks()
        self.tokens.append(token)
        self._block_start = len(self.tokens)

    def word(self, letters: list[tuple[str, str]]) -> Token:
        """Return a word of pieces with their links."""
        text = unicodedata.normalize("NFC", "".join(piece for piece, _ in letters))
        links: list[tuple[int, str]] = []
        for letter, target in letters:
            piece = unicodedata.normalize("NFC", letter)
            if links and links[-1][1] == target:
                links[-1] = (links[-1][0] + len(piece), target)
            else:
                links.append((len(piece), target))
        kept = tuple(links) if any(target for _, target in links) else ()
        return Token(TokenKind.WORD, text, heading=self._heading[0], links=kept)

    def _end_word(self) -> None:
        letters, self._letters = self._letters, []
        if not letters:
            return
        self._say_marks()
        level, number = self._heading
        if number and number != self._said_heading:
            self._said_heading = number
            self.tokens.append(Token(TokenKind.HEADING, str(level)))
        self.tokens.append(self.word(letters))

    def _say_marks(self) -> None:
        marks, self._marks = self._marks, []
        self.tokens.extend(Token(TokenKind.ITEM, mark) for mark in marks)

    def _list(self, tag: Tag) -> None:
        self.part()
        self._lists.append(Counting.of(tag))
        for child in tag.children:
            self.node(child)
        self._lists.pop()
        self.part()

    def _entry(self, tag: Tag) -> None:
        self.part()
        counting = self._lists[-1] if self._lists else Counting(BULLET, 1, 1)
        before = len(self._marks)
        self._marks.append(counting.label(tag))
        outer, self._lists = self._lists, []
        self.inside(tag)
        self._lists = outer
        # An entry without anything in it.
        self.empty_entry(before)
        self.part()

    def empty_entry(self, before: int) -> None:
        """Forget the mark of an entry in which nothing was found."""
        del self._marks[before:]

    def _input(self, tag: Tag) -> None:
        kind = (attribute(tag, "type") or "text").lower()
        self.part()
        if kind not in WORDLESS_INPUTS:
            self.text(attribute(tag, "value"))
        self.part()

    def _quotation(self, tag: Tag) -> None:
        self.text("“")
        self.inside(tag)
        self.text("”")

    def _note_ids(self, tag: Tag) -> None:
        names = [attribute(tag, "id")]
        if tag.name == "a":
            names.append(attribute(tag, "name"))
        for name in names:
            if name and name not in self.ids:
                self.place_id(name, tag)

    def place_id(self, name: str, tag: Tag) -> None:
        """Remember where links to an id lead: to the line that it stands in."""
        if tag.name in APART:
            self.part()
        self.ids[name] = self._block_start


def _resolved(target: str, places: dict[str, str]) -> str:
    words = places.get(target)
    return target if words is None else ON_PAGE + words


def rows_of(table: Tag) -> Iterator[tuple[Tag, int]]:
    """Yield a table's own rows as shown, each with the number of rows left in its part."""
    for name in SECTIONS_OF_TABLE:
        for part in table.find_all(name, recursive=False):
            rows = part.find_all("tr", recursive=False)
            for number, row in enumerate(rows):
                yield row, len(rows) - number


def span(cell: Tag, name: str) -> int:
    """Return how many columns or rows a cell takes, at least 1."""
    found = re.match(r"\s*\+?(\d{1,4})", str(cell.get(name) or ""))
    number = int(found[1]) if found else 1
    # None means "to the end" for rows, and nothing for columns.
    return number or (10_000 if name == "rowspan" and found else 1)


def address_of_embed(tag: Tag) -> str:
    """Return what a frame, film or sound loads, ``""`` when it names nothing."""
    names = ("data-src", "src", "data")
    written = [attribute(tag, name) for name in names]
    for one in tag.find_all(["source", "embed", "param"]):
        is_film = one.name != "param" or attribute(one, "name") in ("movie", "src")
        written.append(attribute(one, "value" if one.name == "param" else "src") if is_film else "")
    return next((found for found in written if found and found.lower() != "about:blank"), "")
