"""How far our reader and kramdown itself agree: words and trees as browsers have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, Tag

from isomer import kramdown
from tests.isomer.read.sources import SHARED

CASES = SHARED / "kramdown" / "cases"
_SPACES = re.compile(r"[ \t\n\r\f]+")
# Where white space is part of the text.
_VERBATIM = frozenset({"pre", "textarea"})


class Shape(NamedTuple):
    """A tree without the white space that no browser shows, and its words."""

    tree: list[object]
    words: list[str]


def shape(html: str) -> Shape:
    """Return the shape of HTML as a browser reads it."""
    soup = BeautifulSoup(f"<!doctype html><body>{html}", "html5lib")
    tree: list[object] = []
    text: list[str] = []

    def end_text() -> None:
        words = "".join(text).strip(" \n\t")
        text.clear()
        if words:
            tree.append(words)

    for event in _events(soup.body or soup):
        if isinstance(event, str):
            text.append(event)
        else:
            end_text()
            tree.append(event)
    end_text()
    return Shape(tree, " ".join(one for one in tree if isinstance(one, str)).split())


def _events(top: Tag) -> Iterator[object]:
    waiting: list[tuple[object, bool]] = [(child, False) for child in reversed(top.contents)]
    while waiting:
        node, is_verbatim = waiting.pop()
        if isinstance(node, Comment):
            yield ("comment", " ".join(node.split()))
        elif isinstance(node, NavigableString):
            yield str(node) if is_verbatim else _SPACES.sub(" ", node)
        elif isinstance(node, Tag):
            inside = is_verbatim or node.name in _VERBATIM
            yield (
                "open",
                node.name,
                sorted((key, str(value)) for key, value in node.attrs.items()),
            )
            waiting.append((("close", node.name), False))
            waiting.extend((child, inside) for child in reversed(node.contents))
        else:
            yield node


def ours(body: str) -> str:
    """Return the HTML of our reader."""
    return kramdown.to_html(kramdown.read(body).nodes)


def agreement(own: str, theirs: str) -> str:
    """Return ``tree``, ``words`` or ``none``: how far two pieces of HTML are the same."""
    if own == theirs:
        return "tree"
    first, second = shape(own), shape(theirs)
    if first.tree == second.tree:
        return "tree"
    return "words" if first.words == second.words else "none"


def cases() -> Iterator[tuple[str, str, str]]:
    """Yield the name, the text and kramdown's HTML of each input of kramdown's own tests."""
    for path in sorted(CASES.rglob("*.text")):
        expected = path.with_suffix(".expected.html")
        name = path.relative_to(CASES).with_suffix("").as_posix()
        yield name, _text(path), _text(expected)


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")
