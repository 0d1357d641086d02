"""Grids of cards: picture, title, a few words and a link, repeated.

The rich editor writes ``isomer-card`` (format reference, 6.2). Hand-written grids count
when a class calls each box a card and every box has exactly the shape of one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from bs4.element import NavigableString, PageElement, Tag

from content.markup.html_tree import MEDIA_PARTS, attribute, line_attribute
from content.markup.links import is_elsewhere, is_link_address, is_safe_address
from isomer.convert.body_reader import HEADINGS, OPENED_BOXES, PICTURE_TAGS, BodyReader
from isomer.convert.text.lists import holds_block
from isomer.convert.text.richtext import TextItem
from isomer.convert.text.runs import INLINE, Run, inline_runs, link_address, text_of
from isomer.convert.text.streams import Item
from isomer.convert.text.values import Block, Content, LinkTo, PictureOf, RichText

_CARD = re.compile(r"(?:^|[-_])(?:card|tile|tile-item)$", re.IGNORECASE)
_TITLE = re.compile(r"(?:^|[-_])(?:title|name|heading|header)$", re.IGNORECASE)


@dataclass
class _Piece:
    """A paragraph of a card, or a picture with the link around it."""

    tag: Tag
    runs: tuple[Run, ...] = ()
    picture: Tag | None = None
    link: str = ""

    @property
    def words(self) -> str:
        return text_of(self.runs).strip()

    def is_called(self, name: str) -> bool:
        return name in _classes(self.tag)


@dataclass
class _Card:
    title: str = ""
    picture: Tag | None = None
    text: list[TextItem] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    link_text: str = ""


def card_grid(reader: BodyReader, tag: Tag) -> list[Item] | None:
    """Return a card block for a box that holds nothing but cards. A grid of the rich editor may
    hold something else, too, which stands between its cards.

    Its value is ``{"cards": [{"image", "alt", "title", "text", "link", "link_text"}, …]}``.
    """
    if tag.name not in OPENED_BOXES and tag.name != "ul":
        return None
    boxes = [node for node in tag.children if not _is_nothing(node)]
    cards = [_card(box) if isinstance(box, Tag) else None for box in boxes]
    if not boxes:
        return None
    if None in cards:
        is_grid = "isomer-card-grid" in _classes(tag)
        # HTML has no link in a link, so a browser splits such a card: its first half, which has
        # the picture only, is no card.
        whole = [card if card and card.title else None for card in cards]
        return _parted(reader, boxes, whole) if is_grid and any(whole) else None
    return [_grid([card for card in cards if card])]


def _grid(cards: Sequence[_Card]) -> Block:
    return Block("card_grid", {"cards": [_value(card) for card in cards]})


def _parted(
    reader: BodyReader, boxes: Sequence[PageElement], cards: Sequence[_Card | None]
) -> list[Item]:
    """Return the cards of a grid in grids, and between them what is no card."""
    found: list[Item] = []
    for is_card, group in groupby(
        zip(boxes, cards, strict=True), key=lambda pair: pair[1] is not None
    ):
        pairs = list(group)
        if is_card:
            found.append(_grid([card for _, card in pairs if card]))
        else:
            found.extend(reader.inner(box for box, _ in pairs))
    return found


def _classes(tag: Tag) -> list[str]:
    return list(tag.get("class") or ())


def _is_nothing(node: PageElement) -> bool:
    if isinstance(node, NavigableString):
        return not node.strip()
    if not isinstance(node, Tag) or node.name in MEDIA_PARTS | {"br"}:
        return True
    return node.name == "p" and not node.get_text(strip=True) and not holds_block(node)


def _card(box: Tag) -> _Card | None:
    """Return what a card says, ``None`` if the element is no card or holds more than one can."""
    if not any(_CARD.search(name) for name in _classes(box)):
        return None
    pieces = _pieces(list(box.children))
    if pieces is None:
        return None
    card = _isomer_card(pieces) if "isomer-card" in _classes(box) else _written_card(pieces)
    if card is None:
        return None
    if box.name == "a" and link_address(box):
        if any(run.link for piece in pieces for run in piece.runs):
            return None
        card.links.append(link_address(box))
    usable = all(is_link_address(link) and is_safe_address(link) for link in card.links)
    shows = bool(card.title or card.text or card.picture)
    return card if shows and usable and len(set(card.links)) <= 1 else None


def _isomer_card(pieces: Sequence[_Piece]) -> _Card | None:
    """Read a card of the rich editor, whose classes name its parts."""
    card = _Card()
    for piece in pieces:
        if piece.picture is not None and card.picture is None and not piece.link:
            card.picture = piece.picture
        elif piece.is_called("isomer-card-description"):
            card.text.append(TextItem("p", piece.runs))
        elif any(run.link for run in piece.runs) and not piece.link:
            return None
        elif piece.is_called("isomer-card-title") and not card.title:
            card.title = piece.words
            card.links += [piece.link] if piece.link else []
        elif piece.is_called("isomer-card-link") and not card.link_text:
            card.link_text = piece.words
            card.links += [piece.link] if piece.link else []
        else:
            return None
    return card


def _written_card(pieces: Sequence[_Piece]) -> _Card | None:
    """Read a card that somebody wrote by hand: a picture, a title that is marked as one, text,
    and perhaps a link in its last line."""
    texts = [piece for piece in pieces if piece.picture is None]
    if len(pieces) != len(texts) + 1 or pieces[0].picture is None or len(texts) < 2:
        return None
    picture, (title, *rest) = pieces[0], texts
    marked = (
        title.tag.name in HEADINGS
        or any(_TITLE.search(name) for name in _classes(title.tag))
        or all("BOLD" in run.styles for run in title.runs)
    )
    if not marked:
        return None
    card = _Card(title.words, picture.picture)
    card.links = [link for link in (picture.link, title.link) if link]
    if any(run.link for run in title.runs) and not title.link:
        return None
    if rest[-1].link:
        card.links.append(rest[-1].link)
        card.link_text = rest.pop().words
    card.text = [TextItem("p", piece.runs) for piece in rest]
    return card


def _pieces(nodes: Sequence[PageElement]) -> list[_Piece] | None:
    """Return the paragraphs and pictures in a card, ``None`` if it holds anything else."""
    found: list[_Piece] = []
    for node in nodes:
        if _is_nothing(node):
            continue
        inner = _pieces_of(node) if isinstance(node, Tag) else None
        if inner is None:
            return None
        found.extend(inner)
    return found


def _pieces_of(tag: Tag) -> list[_Piece] | None:
    if tag.name == "img":
        own = attribute(tag, "src") and not is_elsewhere(attribute(tag, "src"))
        return [_Piece(tag, picture=tag)] if own else None
    if tag.name in PICTURE_TAGS:
        return _pieces(list(tag.children))
    is_box = tag.name in OPENED_BOXES or tag.name in ("p", *HEADINGS)
    if not holds_block(tag):
        return _text_piece(tag) if is_box or tag.name in INLINE else None
    inner = _pieces(list(tag.children))
    if tag.name == "a" and inner is not None and len(inner) == 1 and inner[0].picture is not None:
        return [_Piece(tag, picture=inner[0].picture, link=link_address(tag))]
    return inner if is_box and tag.name not in HEADINGS else None


def _text_piece(tag: Tag) -> list[_Piece] | None:
    runs = tuple(inline_runs([tag] if tag.name in INLINE else tag.children))
    if any(run.link and not is_safe_address(run.link.address) for run in runs):
        return None
    addresses = {run.link.address if run.link else "" for run in runs}
    link = addresses.pop() if len(addresses) == 1 else ""
    return [_Piece(tag, runs, link=link)] if text_of(runs).strip() else []


def _value(card: _Card) -> dict[str, Content]:
    return {
        "image": PictureOf(attribute(card.picture, "src") if card.picture else "", "body"),
        "alt": line_attribute(card.picture, "alt") if card.picture else "",
        "title": card.title,
        "text": card.text or RichText(""),
        "link": LinkTo(card.links[0] if card.links else "", "body"),
        "link_text": card.link_text,
    }
