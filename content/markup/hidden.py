"""What the markup of old pages kept from being seen, though it stands in the text.

Sources of the rules: the HTML standard, "The hidden attribute"; CSS 2.2, 9.2.4 "The 'display'
property" and 11.2 "Visibility"; CSS Cascade, "Importance".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

from bs4.element import NavigableString, PreformattedString, Tag


class Hiding(StrEnum):
    """How an element is hidden: it takes no room, or it takes room and shows nothing."""

    NOT = ""
    NO_BOX = "no box"
    NOT_SEEN = "not seen"


_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_WORDS = re.compile(r"[a-z-]+(?: [a-z-]+)*")
# Parts of lists and tables whose place is kept: numbers and columns go on.
_PLACES = frozenset({"li", "table", "tbody", "td", "tfoot", "th", "thead", "tr"})
_ROWS = frozenset({"tbody", "tfoot", "thead", "tr"})
# Elements that are seen by themselves, whatever stands in them.
_SHOWN_THEMSELVES = frozenset(
    {"audio", "embed", "iframe", "img", "input", "object", "select", "svg", "textarea", "video"}
)
_NO_WORDS = frozenset({"script", "style", "template"})
# Boxes to tick say nothing by themselves. Old pages hid them, and folded text out with them.
_TICKED = frozenset({"checkbox", "radio"})


def hiding(name: str, attributes: Mapping[str, object]) -> Hiding:
    """Tell how an element is hidden by its attributes."""
    if name == "input" and str(attributes.get("type", "")).strip().lower() in _TICKED:
        return Hiding.NOT
    style = str(attributes.get("style", ""))
    display = _declared(style, "display")
    if display == "none" or (not display and "hidden" in attributes):
        return Hiding.NO_BOX
    visibility = _declared(style, "visibility")
    if visibility == "collapse" and name in _ROWS:
        return Hiding.NO_BOX
    return Hiding.NOT_SEEN if visibility in ("hidden", "collapse") else Hiding.NOT


def _declared(style: str, name: str) -> str:
    """Return the value that a style gives a property, ``""`` for none: an important one, or
    else the last."""
    found, is_important = "", False
    if name not in style.lower():
        return found
    for declaration in _COMMENT.sub("", style).split(";"):
        key, _, value = declaration.lower().partition(":")
        value, mark, importance = value.partition("!")
        value = " ".join(value.split())
        important = bool(mark) and importance.strip() == "important"
        valid = key.strip() == name and _WORDS.fullmatch(value) and bool(mark) == important
        if valid and (important or not is_important):
            found, is_important = value, important
    return found


def take_out_hidden(tree: Tag) -> list[tuple[str, str]]:
    """Remove from a tree what no reader saw. Return the name and the words of each element that
    was hidden and held any words, pictures or frames."""
    found: list[tuple[str, str]] = []
    waiting = [tree]
    while waiting:
        tag = waiting.pop()
        how = hiding(tag.name, tag.attrs)
        if how is Hiding.NOT:
            waiting.extend(reversed([child for child in tag.children if isinstance(child, Tag)]))
            continue
        islands = [] if how is Hiding.NO_BOX else list(_seen_again(tag))
        held = _held_by(tag, islands)
        if held is not None:
            found.append((tag.name, held))
        if how is Hiding.NOT_SEEN:
            _empty(tag, islands)
            waiting.extend(reversed(islands))
        if tag is tree and how is Hiding.NO_BOX:
            tag.clear()
        elif tag is not tree and not islands and (how is Hiding.NO_BOX or tag.name not in _PLACES):
            tag.extract()
    return found


def _seen_again(tag: Tag) -> Iterator[Tag]:
    """Yield the outermost elements in a hidden one that are seen all the same."""
    for child in tag.children:
        if not isinstance(child, Tag) or hiding(child.name, child.attrs) is Hiding.NO_BOX:
            continue
        if _declared(str(child.get("style") or ""), "visibility") in ("visible", "initial"):
            yield child
        else:
            yield from _seen_again(child)


def _empty(tag: Tag, islands: list[Tag]) -> None:
    """Take out of an element all that is seen, but for some elements."""
    kept = {id(island) for island in islands}
    for child in list(tag.children):
        if not isinstance(child, Tag):
            child.extract()
        elif id(child) not in kept:
            if child.name in _SHOWN_THEMSELVES:
                child.extract()
            else:
                _empty(child, islands)


def _held_by(tag: Tag, islands: list[Tag]) -> str | None:
    """Return the words in an element, some elements left out; of one without words what pictures
    and frames it holds, ``None`` if it holds nothing."""
    kept = {id(island) for island in islands}
    words: list[str] = []
    things: list[str] = []
    waiting: list[object] = [tag]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            if id(node) in kept or node.name in _NO_WORDS:
                continue
            if node.name in _SHOWN_THEMSELVES:
                named = node.get("alt") or node.get("src") or node.get("value") or ""
                things.append(f"<{node.name}> {named}".strip())
            waiting.extend(reversed(node.contents))
            words.append(" ")
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            words.append(str(node))
    text = " ".join("".join(words).split())
    return text or ", ".join(things) or None
