"""What stands in the cell of a table: paragraphs, headings and lists of normalised text.

One tree becomes one text, so that cleaning it again changes nothing. The elements are
those that cells of old sites hold (format reference, 6.2 and 6.3); of everything else the
words stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from bs4.element import NavigableString, PreformattedString, Tag

from content.markup.html_tree import MEANING_BOXES, UNSEEN, attribute, line_attribute, shown_text
from content.markup.links import clean_address, is_safe_address, resolve_address

# Sizes of pictures in a table; content/image_formats.py says what they are.
FULL_SIZE = "full"
PICTURE_SIZES = {"full": 100, "three-quarters": 75, "half": 50, "quarter": 25}
# Lists within lists, deeper than which entries follow one another.
MAXIMUM_LISTS = 6
MAXIMUM_START = 10_000_000

_MARK_OF_TAG = {
    "b": "b", "strong": "b", "i": "i", "em": "i", "u": "u", "ins": "u", "s": "s", "del": "s",
    "strike": "s", "sub": "sub", "sup": "sup", "code": "code", "kbd": "code", "samp": "code",
    "tt": "code",
}  # fmt: skip
# Marks stand one in another in this order.
_MARKS = ("b", "i", "u", "s", "sub", "sup", "code")
_HEADINGS = {"h1": "h2", **{f"h{level}": f"h{level}" for level in range(2, 7)}}
_LISTS = {"ul": "ul", "menu": "ul", "dir": "ul", "ol": "ol"}
_BLOCKS = MEANING_BOXES | {
    "blockquote", "caption", "col", "colgroup", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "hr", "legend", "li", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr",
}  # fmt: skip
# What visitors read apart from the words around it.
_APART = frozenset(
    {
        "audio", "button", "canvas", "input", "label", "meter", "object", "optgroup",
        "option", "output", "progress", "select", "svg", "textarea", "video",
    }
)  # fmt: skip
_SPACE = re.compile(r"\s+")
_SEVERAL_BLANKS = re.compile(r"[^\S\n]{2,}+")
_PICTURE_MARK = "\ufffc"
# Stands for text without white space at its ends where only the white space matters.
_CORE = "x"

# Writes a picture, ``""`` when the element names none.
WritePicture = Callable[[Tag], str]
_Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Link:
    """A link by its attributes. ``number`` tells two links to one target apart."""

    attributes: _Attributes
    number: int


@dataclass(frozen=True)
class Piece:
    """Text that shares its marks and link; ``"\\n"`` is a line break. A picture is a
    piece of its own, with its markup."""

    text: str
    marks: frozenset[str] = frozenset()
    link: Link | None = None
    picture: str = ""


@dataclass
class Text:
    """A paragraph or heading: ``name`` is ``p`` or ``h2`` to ``h6``."""

    name: str
    pieces: list[Piece]


@dataclass
class Listing:
    """A list: each entry holds text and lists in the order in which they are read."""

    name: str
    start: int = 1
    entries: list[list[Text | Listing]] = field(default_factory=list)


def quoted(value: str) -> str:
    """Return text as an attribute's value. Apostrophes stay: Wagtail reads attributes of
    rich text without knowing their escaped form."""
    return (
        value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


def read_cell(nodes: Iterable[object], write_picture: WritePicture) -> list[Text | Listing]:
    """Return what stands in a cell. Nodes are Beautiful Soup's, of a bounded tree."""
    reader = _Reader(write_picture)
    reader.read(nodes, frozenset(), None)
    reader.flush()
    return reader.found


def write_cell(found: Sequence[Text | Listing]) -> str:
    """Return a cell's content as markup; one paragraph alone stands without its element."""
    if len(found) == 1 and isinstance(found[0], Text) and found[0].name == "p":
        return write_pieces(found[0].pieces)
    return "".join(_written(one) for one in found)


class _Reader:
    """Reads the nodes of a cell, or of one list entry, into text and lists."""

    def __init__(self, write_picture: WritePicture, lists: int = 0) -> None:
        self.write_picture = write_picture
        self.lists = lists
        self.found: list[Text | Listing] = []
        self.pending: list[Piece] = []
        self.name = "p"
        self.links = 0

    def read(self, nodes: Iterable[object], marks: frozenset[str], link: Link | None) -> None:
        for node in nodes:
            if isinstance(node, PreformattedString):
                continue
            if isinstance(node, NavigableString):
                text = shown_text(node)
                self.pending.append(Piece(text, marks, link))
            elif isinstance(node, Tag) and node.name not in UNSEEN:
                self._element(node, marks, link)

    def flush(self) -> None:
        """End the paragraph; one without anything to see is none."""
        pieces = normalise_pieces(self.pending)
        self.pending = []
        last = self.found[-1] if self.found else None
        if isinstance(last, Text) and last.name == self.name == "p" and _one_link(last, pieces):
            # A link holds no paragraphs, so these are lines of one.
            marks = last.pieces[-1].marks & pieces[0].marks
            last.pieces += [Piece("\n", marks, pieces[0].link), *pieces]
        elif pieces:
            self.found.append(Text(self.name, pieces))

    def _element(self, tag: Tag, marks: frozenset[str], link: Link | None) -> None:
        name = tag.name
        if name == "iframe":  # what stands in it is markup for browsers without frames
            self.pending.append(Piece(" ", marks, link))
        elif name == "br":
            self.pending.append(Piece("\n", marks, link))
        elif name in ("img", "embed"):
            self._picture(tag, marks, link)
        elif name in _LISTS:
            self.flush()
            self._list(tag, marks, link)
        elif name in _HEADINGS or name in _BLOCKS:
            self.flush()
            before, self.name = self.name, _HEADINGS.get(name, self.name)
            self.read(tag.children, marks, link)
            self.flush()
            self.name = before
        elif name == "a":
            self.read(tag.children, marks, self._link(tag) or link)
        else:
            gap = [Piece(" ", marks, link)] if name in _APART else []
            mark = _MARK_OF_TAG.get(name)
            self.pending += gap
            self.read(tag.children, marks | {mark} if mark else marks, link)
            self.pending += gap

    def _picture(self, tag: Tag, marks: frozenset[str], link: Link | None) -> None:
        markup = self.write_picture(tag)
        if markup:
            self.pending.append(Piece(_PICTURE_MARK, frozenset(), link, markup))
        else:
            self.pending.append(Piece(f" {line_attribute(tag, 'alt')} ", marks, link))

    def _link(self, tag: Tag) -> Link | None:
        self.links += 1
        kind = attribute(tag, "linktype") or attribute(tag, "data-linktype")
        if kind:
            target = attribute(tag, "id") or attribute(tag, "data-id")
            known = kind in ("page", "document") and _is_id(target)
            return Link((("linktype", kind), ("id", target)), self.links) if known else None
        address = clean_address(attribute(tag, "href"))
        if not address or not is_safe_address(address):
            return None
        return Link((("href", resolve_address(address, "/")),), self.links)

    def _list(self, tag: Tag, marks: frozenset[str], link: Link | None) -> None:
        if self.lists >= MAXIMUM_LISTS:
            for child in tag.children:
                self.read([child], marks, link)
                self.flush()
            return
        listing = Listing(_LISTS[tag.name], _start(tag) if tag.name == "ol" else 1)
        for child in tag.children:
            inner = _Reader(self.write_picture, self.lists + 1)
            entry = child if isinstance(child, Tag) and child.name == "li" else None
            inner.links = self.links
            inner.read([child] if entry is None else entry.children, marks, link)
            inner.flush()
            self.links = inner.links
            nested = entry is None and all(isinstance(one, Listing) for one in inner.found)
            if nested and inner.found and listing.entries:
                # Old editors wrote nested lists beside the entry they belong to.
                listing.entries[-1].extend(inner.found)
            elif inner.found:
                listing.entries.append(_joined(inner.found))
        if listing.entries:
            self.found.append(listing)


def _one_link(text: Text, pieces: Sequence[Piece]) -> bool:
    """Tell whether a text and what follows it stand in one link."""
    if not pieces or pieces[0].link is None:
        return False
    ends = (text.pieces[0], text.pieces[-1], pieces[0], pieces[-1])
    return len({piece.link for piece in ends}) == 1


def _is_id(target: str) -> bool:
    return target.isascii() and target.isdecimal() and len(target) < 19


def _start(tag: Tag) -> int:
    start = attribute(tag, "start")
    number = int(start) if re.fullmatch(r"-?[0-9]{1,7}", start) else 1
    return number if abs(number) < MAXIMUM_START else 1


def _joined(found: Sequence[Text | Listing]) -> list[Text | Listing]:
    """Return a list entry with paragraphs that follow one another as lines of one text."""
    joined: list[Text | Listing] = []
    for one in found:
        last = joined[-1] if joined else None
        if isinstance(one, Text) and isinstance(last, Text):
            joined[-1] = Text("p", normalise_pieces([*last.pieces, Piece("\n"), *one.pieces]))
        elif isinstance(one, Text):
            joined.append(Text("p", one.pieces))
        else:
            joined.append(one)
    return joined


def normalise_pieces(pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces with white space normalised: none at the ends or beside a line break, one
    blank where several met, marks and links only where both sides of a blank share them."""
    letters = [letter for piece in pieces for letter in _edges_and_core(piece)]
    text = "".join(letter.text if letter.text.isspace() else _CORE for letter in letters)
    keep = [True] * len(letters)
    for match in _SPACE.finditer(text):
        is_inside = match.start() > 0 and match.end() < len(text)
        if "\n" in match.group() or not is_inside:
            for index in range(*match.span()):
                keep[index] = text[index] == "\n" and is_inside
    for match in _SEVERAL_BLANKS.finditer(text):
        if " " in match.group():
            letters[match.start()] = replace(letters[match.start()], text=" ")
            for index in range(match.start() + 1, match.end()):
                keep[index] = False
    kept = [letter for letter, wanted in zip(letters, keep, strict=True) if wanted]
    _share_spaces(kept)
    return _merged(kept)


def _edges_and_core(piece: Piece) -> Iterator[Piece]:
    """Yield the white space at the ends of a piece, character by character, and between them
    the rest of it as one, the white space within it normalised: both its sides are this piece."""
    without_start = piece.text.lstrip()
    core = without_start.rstrip()
    for letter in piece.text[: len(piece.text) - len(without_start)]:
        yield replace(piece, text=letter)
    if core:
        core = _SPACE.sub(_breaks_alone, core)
        yield replace(piece, text=_SEVERAL_BLANKS.sub(_one_blank, core))
    for letter in without_start[len(without_start.rstrip()) :]:
        yield replace(piece, text=letter)


def _breaks_alone(match: re.Match[str]) -> str:
    return "\n" * match.group().count("\n") or match.group()


def _one_blank(match: re.Match[str]) -> str:
    return " " if " " in match.group() else match.group()


def _share_spaces(letters: list[Piece]) -> None:
    """Give each blank and line break the marks and the link that both its sides share."""
    after: list[Piece | None] = [None] * len(letters)
    for index in range(len(letters) - 2, -1, -1):
        following = letters[index + 1]
        after[index] = after[index + 1] if following.text in " \n" else following
    for index, letter in enumerate(letters):
        following_word = after[index]
        if letter.text not in " \n" or index == 0 or following_word is None:
            continue
        before = letters[index - 1]
        link = before.link if before.link == following_word.link else None
        letters[index] = Piece(letter.text, before.marks & following_word.marks, link)


def _merged(letters: Iterable[Piece]) -> list[Piece]:
    merged: list[Piece] = []
    for (marks, link, picture), group in groupby(
        letters, key=lambda letter: (letter.marks, letter.link, letter.picture)
    ):
        text = "".join(letter.text for letter in group)
        if picture:
            merged += [Piece(_PICTURE_MARK, marks, link, picture)] * len(text)
        else:
            merged.append(Piece(text, marks, link))
    return merged


def write_pieces(pieces: Sequence[Piece]) -> str:
    """Return normalised pieces as markup: links outside, marks in one order within them."""
    parts: list[str] = []
    for link, group in groupby(pieces, key=lambda piece: piece.link):
        if link is not None:
            attributes = "".join(f' {key}="{quoted(value)}"' for key, value in link.attributes)
            parts.append(f"<a{attributes}>")
        stack: list[str] = []
        for piece in group:
            wanted = [mark for mark in _MARKS if mark in piece.marks]
            shared = 0
            while shared < min(len(stack), len(wanted)) and stack[shared] == wanted[shared]:
                shared += 1
            parts += [f"</{stack.pop()}>" for _ in range(len(stack) - shared)]
            parts += [f"<{mark}>" for mark in wanted[shared:]]
            stack = wanted
            text = piece.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            parts.append(piece.picture or text.replace("\n", "<br/>"))
        parts += [f"</{mark}>" for mark in reversed(stack)]
        parts.append("</a>" if link is not None else "")
    return "".join(parts)


def _written(one: Text | Listing) -> str:
    if isinstance(one, Text):
        return f"<{one.name}>{write_pieces(one.pieces)}</{one.name}>"
    entries = "".join(
        f"<li>{''.join(_in_entry(inner) for inner in entry)}</li>" for entry in one.entries
    )
    start = f' start="{one.start}"' if one.start != 1 else ""
    return f"<{one.name}{start}>{entries}</{one.name}>"


def _in_entry(one: Text | Listing) -> str:
    return write_pieces(one.pieces) if isinstance(one, Text) else _written(one)
