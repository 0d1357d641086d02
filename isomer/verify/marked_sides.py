"""The two sides as readers saw them: markup in which the differences are marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from unicodedata import normalize

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from content.markup.html_tree import TooDeepError, only_text, parse
from isomer.verify.compare import steps
from isomer.verify.served import INTERFACE
from isomer.verify.things import Thing
from isomer.verify.tokens import Token, TokenKind
from isomer.verify.walk import UNSEEN, WIDTHLESS

_WORD = re.compile(r"\S+")
_NAMES = {"lost": "Lost", "added": "Added", "changed": "Changed"}


@dataclass
class _Item:
    """A word or picture in a tree: its key, its node, and for a word where it stands in it."""

    key: tuple[str, str]
    node: Any
    begin: int = 0
    end: int = 0


def marked(markup: str, tokens: Sequence[Token], found: Sequence[Thing], is_source: bool) -> str:
    """Return a side's markup with each thing marked by its number, from 1.

    ``tokens`` are what was read of the markup. Where a thing is missing on this side, a note
    stands in its place. What can't be found in the markup again is noted where it belongs.
    """
    if not found:
        return markup
    try:
        tree = parse(markup)
    except TooDeepError:
        tree = parse(only_text(markup))
    items = list(_items(tree))
    places = _places(items, tokens)
    marks: dict[int, list[tuple[int, Thing]]] = {}
    notes: dict[int, list[str]] = {}
    for number, thing in enumerate(found, 1):
        begin, end = thing.left if is_source else thing.right
        own = sorted({places[at] for at in range(begin, end) if at in places})
        for at in own:
            marks.setdefault(at, []).append((number, thing))
        if not own:
            after = next((places[at] for at in range(end, len(tokens)) if at in places), len(items))
            notes.setdefault(after, []).append(_note(number, thing, missing=begin == end))
    _write(tree, items, marks, notes)
    return tree.decode_contents()


def _items(tree: Tag) -> Iterator[_Item]:
    for node in list(tree.descendants):
        if isinstance(node, Tag):
            if node.name == "img" and not _is_hidden(node):
                yield _Item((TokenKind.PICTURE, ""), node)
        elif _is_text(node) and not _is_hidden(node.parent):
            for word in _WORD.finditer(str(node)):
                text = normalize("NFC", WIDTHLESS.sub("", word[0]))
                yield _Item((TokenKind.WORD, text), node, word.start(), word.end())


def _is_text(node: PageElement) -> bool:
    return isinstance(node, NavigableString) and not isinstance(node, PreformattedString)


def _is_hidden(tag: Tag | None) -> bool:
    """Tell whether an element is none of the reader's: unseen, or the site's own interface."""
    while tag is not None:
        if tag.name in UNSEEN or tag.has_attr(INTERFACE):
            return True
        tag = tag.parent
    return False


def _places(items: Sequence[_Item], tokens: Sequence[Token]) -> dict[int, int]:
    """Return which item of a tree each token is, by their numbers.

    A word that is made of several pieces, bold in its middle, is found by what is around it.
    """
    seen = [at for at, one in enumerate(tokens) if one.kind in (TokenKind.WORD, TokenKind.PICTURE)]
    keys = [
        (tokens[at].kind, tokens[at].text if tokens[at].kind is TokenKind.WORD else "")
        for at in seen
    ]
    found: dict[int, int] = {}
    for name, i1, i2, j1, j2 in steps(keys, [one.key for one in items]):
        if name == "equal" or (name == "replace" and i2 - i1 <= j2 - j1):
            last = min(i2 - i1, j2 - j1)
            found |= {seen[i1 + step]: j1 + step for step in range(last)}
    return found


def _note(number: int, thing: Thing, missing: bool) -> str:
    if missing:
        text = (
            f"Missing here: {thing.what}" if thing.kind == "lost" else f"Only there: {thing.what}"
        )
    else:
        text = f"{_NAMES[thing.kind]}: {thing.what}"
    words = thing.was or thing.now
    return (
        f'<ins class="difference difference--note" id="difference-{number}">'
        f"{number} {escape(text)}{f': {escape(words)}' if words else ''}</ins>"
    )


def _write(
    tree: Tag,
    items: Sequence[_Item],
    marks: Mapping[int, Sequence[tuple[int, Thing]]],
    notes: Mapping[int, Sequence[str]],
) -> None:
    """Put the marks and notes into the tree. A text is replaced once, with all that it holds."""
    begun: set[int] = set()
    by_node: dict[int, list[int]] = {}
    for at, item in enumerate(items):
        if at in marks or at in notes:
            by_node.setdefault(id(item.node), []).append(at)
    for numbers in by_node.values():
        node = items[numbers[0]].node
        if isinstance(node, Tag):
            _mark_picture(node, numbers[0], marks, notes, begun)
        else:
            _mark_words(node, numbers, items, marks, notes, begun)
    for note in notes.get(len(items), ()):
        tree.append(BeautifulSoup(note, "html.parser"))


def _opening(at: int, marks: Mapping[int, Sequence[tuple[int, Thing]]], begun: set[int]) -> str:
    number, thing = marks[at][0]
    name = f' id="difference-{number}"' if number not in begun else ""
    label = f"<b>{number}</b> " if number not in begun else ""
    begun.add(number)
    title = escape(f"{_NAMES[thing.kind]}: {thing.what}")
    return f'<mark class="difference difference--{thing.kind}"{name} title="{title}">{label}'


def _mark_picture(
    node: Tag,
    at: int,
    marks: Mapping[int, Sequence[tuple[int, Thing]]],
    notes: Mapping[int, Sequence[str]],
    begun: set[int],
) -> None:
    for note in notes.get(at, ()):
        node.insert_before(BeautifulSoup(note, "html.parser"))
    if at in marks:
        frame = BeautifulSoup(f"{_opening(at, marks, begun)}</mark>", "html.parser").mark
        if frame is not None:
            node.wrap(frame)


def _mark_words(
    node: NavigableString,
    numbers: Sequence[int],
    items: Sequence[_Item],
    marks: Mapping[int, Sequence[tuple[int, Thing]]],
    notes: Mapping[int, Sequence[str]],
    begun: set[int],
) -> None:
    text, written, at = str(node), "", 0
    position = 0
    while position < len(numbers):
        number = numbers[position]
        item = items[number]
        written += escape(text[at : item.begin]) + "".join(notes.get(number, ()))
        at, position = item.end, position + 1
        if number not in marks:
            written += escape(text[item.begin : at])
            continue
        # Neighbours of one thing are marked together.
        while position < len(numbers) and _goes_on(numbers, position, marks, notes):
            at, position = items[numbers[position]].end, position + 1
        written += f"{_opening(number, marks, begun)}{escape(text[item.begin : at])}</mark>"
    node.replace_with(BeautifulSoup(written + escape(text[at:]), "html.parser"))


def _goes_on(
    numbers: Sequence[int], position: int, marks: Mapping[int, Any], notes: Mapping[int, Any]
) -> bool:
    before, here = numbers[position - 1], numbers[position]
    if here != before + 1 or here in notes or here not in marks:
        return False
    return bool(marks[here][0][0] == marks[before][0][0])


def markup_of(tokens: Sequence[Token]) -> str:
    """Return tokens as simple markup, for documents whose source is no text but fields."""
    parts: list[str] = []
    open_tag = ""

    def turn(tag: str) -> None:
        nonlocal open_tag
        if open_tag:
            parts.append(f"</{open_tag}>")
        if tag:
            parts.append(f"<{tag}>")
        open_tag = tag

    for token in tokens:
        in_heading = token.kind is TokenKind.WORD and token.heading
        if token.kind is TokenKind.HEADING:
            turn(f"h{token.text}")
        elif token.kind is TokenKind.ITEM:
            turn("p")
            parts.append(escape(token.shown))
        elif token.kind is TokenKind.PICTURE:
            turn("")
            source = escape(token.target.removeprefix("file "))
            parts.append(f'<p><img src="{source}" alt="{escape(token.text)}"></p>')
        elif token.kind is TokenKind.ROW:
            turn("p")
        elif token.kind is TokenKind.CELL:
            parts.append(" | ")
        elif token.kind is not TokenKind.WORD:
            turn("")
            parts.append(f"<p>{escape(token.shown)}</p>")
        else:
            if not open_tag or (open_tag != "p" and not in_heading):
                turn("p")
            target = token.target_of_word
            word = escape(token.text)
            parts.append(f' <a title="{escape(target)}">{word}</a>' if target else f" {word}")
    turn("")
    return "".join(parts)
