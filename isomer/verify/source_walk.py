"""Source markup as the new site is meant to show it: the table “What becomes of markup” of
docs/importing.md, read from the old site's side. Whatever is left out is named by its rule."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from bs4.element import Comment, NavigableString, PageElement, Tag

from content.library.file_titles import says_something, words_for_embed
from isomer.verify.addresses import Names, UnsafeAddressError
from isomer.verify.tokens import Explained, Reading, Token, TokenKind
from isomer.verify.walk import (
    HEADINGS,
    UNSEEN,
    WIDTHLESS,
    Walker,
    address_of_embed,
    attribute,
    children,
    squeezed,
)

_CELLS = ("td", "th")
_NAME_SPACE = re.compile(r"[\s_\-+]+")
# What a box that only arranged other things may be called.
_ARRANGES = frozenset({"presentation", "none"})


@dataclass(frozen=True)
class SourceAddresses:
    """Names addresses of the source; unsafe ones lead nowhere (see :class:`Names`)."""

    names: Names
    explained: list[Explained]

    def link(self, href: str) -> str:
        """Name what a link leads to, ``""`` if no browser may follow it."""
        try:
            return self.names.link(href)
        except UnsafeAddressError as error:
            self.explained.append(Explained("unsafe-address", str(error)))
            return ""

    def picture(self, source: str) -> str:
        """Name a picture of the site, or one that was brought there; ``""`` for all others."""
        try:
            full = self.names.full(source)
        except UnsafeAddressError:
            return ""
        path = self.names.own_path(full)
        if not path:
            return self.names.files.fetched(full)
        path = re.split("[?#]", path)[0]
        files = self.names.files
        # The site shows a picture whose name was written in another case.
        return files.at(path) or files.in_other_case(path)

    def host(self, address: str) -> str:
        """Return the host of an address elsewhere."""
        return urlsplit(self.names.full(address)).hostname or ""

    def embed(self, address: str) -> str:
        """Name what a frame loads, ``""`` if no browser may follow it."""
        try:
            return self.names.embed(address)
        except UnsafeAddressError as error:
            self.explained.append(Explained("unsafe-address", str(error)))
            return ""

    def is_elsewhere(self, source: str) -> bool:
        """Tell whether a browser would ask another site for a picture."""
        try:
            full = self.names.full(source)
        except UnsafeAddressError:
            return False
        return bool(full) and self.names.own_path(full) is None


class SourceWalker(Walker):
    """Reads markup of the source into what the new site must show."""

    addresses: SourceAddresses

    def __init__(self, names: Names) -> None:
        self.explained: list[Explained] = []
        self.markup = ""
        completed = replace(names, completed=lambda text: self.explain("scheme-added", text))
        super().__init__(SourceAddresses(completed, self.explained))
        self._tables = self._elsewhere = self._embeds = 0
        self._framed = [True]

    def explain(self, rule: str, text: str = "") -> None:
        """Note something that is not shown as it was, by the name of its rule."""
        self.explained.append(Explained(rule, text[:200]))

    def finish(self) -> Reading:
        """Return what was read, with what was left out."""
        found = super().finish()
        return Reading(found.tokens, self.explained, self.markup)

    def node(self, node: PageElement) -> None:
        """Read one node; name what nobody sees."""
        if isinstance(node, Comment):
            self.explain("comment", str(node).strip())
        elif isinstance(node, Tag) and node.name in UNSEEN and node.name != "source":
            self.explain("unseen-element", f"<{node.name}>")
        elif isinstance(node, NavigableString) and WIDTHLESS.search(node):
            self.explain("widthless-characters", node.strip())
        super().node(node)

    def element(self, tag: Tag) -> None:
        """Read an element; name a paragraph or heading without anything in it."""
        if tag.name == "blockquote" and (post := _instagram_post(tag)):
            self.add(Token(TokenKind.EMBED, "", self.addresses.embed(post)))
        before = len(self.tokens)
        if tag.name == "li" and _folds_out_only(tag.parent):
            self.explain("entries-that-fold-out", squeezed(tag.get_text(" ")))
            self.inside(tag)
        else:
            super().element(tag)
        if tag.name in ("p", *HEADINGS) and len(self.tokens) == before and _is_empty(tag):
            self.explain("empty-heading" if tag.name in HEADINGS else "empty-paragraph")

    def heading(self, tag: Tag, level: int) -> None:
        """Read a heading; the page's title is the only one of the first level."""
        if level == 1:
            self.explain("heading-of-first-level", squeezed(tag.get_text(" ")))
        super().heading(tag, max(2, level))

    def link(self, tag: Tag) -> None:
        """Read a link; where it has words, they alone lead there, and its pictures do not."""
        before, outer = len(self.tokens), self._link
        super().link(tag)
        if self._tables or tag.find("img") is None or not tag.get_text(strip=True):
            return
        for at in range(before, len(self.tokens)):
            token = self.tokens[at]
            if token.kind is TokenKind.PICTURE and token.links != ((0, outer),):
                self.explain("link-of-picture", token.text)
                self.tokens[at] = replace(token, links=((0, outer),))

    def picture(self, tag: Tag) -> None:
        """Read a picture; one of another site is called by what it says, or by its number."""
        source, words = attribute(tag, "src"), attribute(tag, "alt")
        if self.addresses.is_elsewhere(source) and not self.addresses.picture(source):
            self._elsewhere += 1
            own = (squeezed(attribute(tag, key)) for key in ("alt", "title"))
            host = self.addresses.host(source)
            words = next(filter(says_something, own), f"Picture {self._elsewhere}, on {host}")
        self.add_picture(source, words)

    def add_picture(self, source: str, words: str) -> None:
        """Add a picture, or what stands in its place."""
        target = self.addresses.picture(source)
        if target:
            super().add_picture(source, words)
        elif self.addresses.is_elsewhere(source):
            self.explain("picture-elsewhere", source)
            self._linked_words(words or _name_in(source), self.addresses.link(source))
        else:
            self.explain("picture-missing", source or "a picture without an address")
            if self._link and source:
                # A link needs a name, and a card has others.
                words = words or _name_in(source)
            self._optional_words(words, "picture-missing")

    def embed(self, tag: Tag) -> None:
        """Read a frame; in a table's cell it is a link."""
        address = address_of_embed(tag)
        target = self.addresses.embed(address) if address else ""
        if not target:
            self.part()
            self.explain("embed-without-address", f"<{tag.name}> {address}")
        elif self._tables:
            self.explain("embed-in-cell", address)
            self._embeds += 1
            title, host = squeezed(attribute(tag, "title")), self.addresses.host(address)
            words = words_for_embed(title, tag.name, host, self._embeds)
            self._linked_words(words, self.addresses.link(address))
        else:
            self.add(Token(TokenKind.EMBED, "", target))
            if tag.get_text(strip=True):
                self.explain("words-for-old-browsers", squeezed(tag.get_text(" ")))

    def table(self, tag: Tag) -> None:
        """Read a table; one that only put things beside one another gives way to them."""
        if self._tables:
            self.explain("table-in-cell")
            self.inside(tag)
            return
        before, arranged = len(self.tokens), _only_arranges(tag)
        self._tables += not arranged
        self._framed.append(not arranged)
        super().table(tag)
        self._framed.pop()
        self._tables -= not arranged
        found = self.tokens[before:]
        frame = (TokenKind.ROW, TokenKind.CELL)
        # One whose pictures are missing still has its cells.
        is_empty = tag.find("img") is None and all(token.kind in frame for token in found)
        if is_empty:
            self.tokens[before:] = []
            self.part()
        if arranged or is_empty:
            self.explain("empty-table" if is_empty else "table-for-layout")

    def row(self, number: int) -> None:
        """Begin a row of a table that has rows for the reader."""
        if self._framed[-1]:
            super().row(number)

    def cell(self, columns: int, rows: int) -> None:
        """Begin a cell of a table that has cells for the reader."""
        if self._framed[-1]:
            super().cell(columns, rows)
        else:
            self.part()

    def summary(self, tag: Tag) -> None:
        """Read the title of what folds out: plain words. Links and pictures in it come after."""
        if self._tables:
            super().summary(tag)
            return
        before = len(self.tokens)
        super().summary(tag)
        found = self.tokens[before:]
        words = [
            replace(token, heading=0, links=()) for token in found if token.kind is TokenKind.WORD
        ]
        moved = [
            part
            for token in found
            for part in ([token] if token.kind is TokenKind.PICTURE else _linked_parts(token))
        ]
        if moved or any(token.heading for token in found):
            self.explain("title-of-part", " ".join(token.text for token in words))
        self.tokens[before:] = [*words, *moved]
        self.part()
        for name, at in self.ids.items():
            if at >= before:
                self.ids[name] = before + len(words)

    def details(self, tag: Tag) -> None:
        """Read what folds out; a link to it leads to what it hides."""
        summary = tag.find("summary", recursive=False)
        super().details(tag)
        name = attribute(tag, "id")
        if name and isinstance(summary, Tag):
            words = len(squeezed(summary.get_text(" ")).split())
            self.ids[name] = min(self.ids[name] + words, len(self.tokens))

    def lead(self, since: int, address: str) -> None:
        """Make what was read since some token lead to an address, unless it leads elsewhere."""
        self.part()
        target = self.addresses.link(address) if address else ""
        for at in range(since, len(self.tokens)) if target else ():
            token = self.tokens[at]
            if token.kind in (TokenKind.WORD, TokenKind.PICTURE) and not token.target_of_word:
                size = len(token.text) if token.kind is TokenKind.WORD else 0
                self.tokens[at] = replace(token, links=((size, target),))

    def _linked_words(self, words: str, target: str) -> None:
        outer = self._link
        self._link = outer or target
        self.part()
        self.text(words)
        self.part()
        self._link = outer

    def _optional_words(self, words: str, rule: str) -> None:
        before = len(self.tokens)
        self.part()
        before = len(self.tokens)
        self.text(words)
        self.part()
        self.tokens[before:] = [replace(token, optional=rule) for token in self.tokens[before:]]


def _folds_out_only(listing: Tag | None) -> bool:
    """Tell whether the entries of a list are parts that fold out, and nothing else."""
    entries = listing.find_all("li", recursive=False) if listing is not None else []
    return bool(entries) and all(map(_begins_with_fold, entries))


def _begins_with_fold(entry: Tag) -> bool:
    first = next((node for node in children(entry) if isinstance(node, Tag) or node.strip()), None)
    if not isinstance(first, Tag):
        return False
    is_box = first.name == "input" and attribute(first, "type").lower() in ("checkbox", "radio")
    return first.name == "details" or (is_box and entry.find("label", recursive=False) is not None)


def _linked_parts(token: Token) -> list[Token]:
    """Return the stretches of a word that lead somewhere, each as a word."""
    found: list[Token] = []
    start = 0
    for size, target in token.links:
        if target:
            text = token.text[start : start + size]
            found.append(replace(token, text=text, links=((size, target),), heading=0))
        start += size
    return found


def _is_empty(tag: Tag) -> bool:
    return all(isinstance(node, Tag) or not node.strip() for node in children(tag))


def _name_in(address: str) -> str:
    """Return the words in the file name of an address."""
    path = re.sub(r"^(?:[^/:]*:)?//[^/]*", "", re.split("[?#]", address)[0]).rstrip("/")
    name = re.sub(r"\.\w{1,5}$", "", unquote(path.rpartition("/")[2]))
    return _NAME_SPACE.sub(" ", name).strip() or address


def _only_arranges(table: Tag) -> bool:
    """Tell whether a table shows no rows and columns of anything (docs/decisions/tables.md)."""
    if attribute(table, "role").lower() in _ARRANGES:
        return True
    cells = [cell for cell in table.find_all(_CELLS) if cell.find_parent("table") is table]
    has_header = any(cell.name == "th" for cell in cells)
    return len(cells) == 1 or (table.find("table") is not None and not has_header)


def _instagram_post(tag: Tag) -> str:
    """Return the address of the post that a quotation of Instagram's stands for."""
    written = [attribute(tag, "data-instgrm-permalink")]
    if "instagram-media" in (tag.get("class") or ()):
        written += [attribute(link, "href") for link in tag.find_all("a")]
    post = re.compile(r"https?://(?:www\.)?instagram\.com/", re.IGNORECASE)
    return next((address for address in written if post.match(address)), "")
