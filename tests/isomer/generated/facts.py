"""What readers get of a piece of HTML: words in order, links, pictures, list numbers, tables.

Written for this comparison alone, so that it shares no slip with importer or certificate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

# Around these a reader sees a gap between words.
GAPS = frozenset(
    {
        "address", "article", "blockquote", "br", "caption", "center", "dd", "details", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "iframe",
        "img", "input", "label", "legend", "li", "main", "ol", "p", "picture", "pre", "section",
        "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
UNSEEN = frozenset({"script", "style", "template", "noscript", "source"})
_NO_WIDTH = re.compile("[\u200b\u2060\ufeff\u00ad]")

Name = Callable[[str], str]


@dataclass
class Facts:
    """A page as readers get it. Links are joined words with where they lead; a table is rows of
    cells with their words, columns and rows."""

    words: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)

    def differences(self, now: Facts) -> dict[str, tuple[list[str], list[str]]]:
        """Return by kind what is here alone, and what is there alone."""
        found = {}
        for kind in ("words", "links", "pictures", "numbers", "tables"):
            old, new = getattr(self, kind), getattr(now, kind)
            if old != new:
                found[kind] = _around(list(map(str, old)), list(map(str, new)))
        return found


def _around(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """Return both sides without what they begin and end with alike, but for some of it."""
    begin = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    end = 0
    while end < min(len(old), len(new)) - begin and old[-1 - end] == new[-1 - end]:
        end += 1
    before = max(0, begin - 3)
    return old[before : len(old) - end][:30], new[before : len(new) - end][:30]


def tree_of(html: str) -> Tag:
    """Return the body of a piece of HTML as a browser reads it."""
    body = BeautifulSoup(f"<!doctype html><body>{html}", "html5lib").body
    assert body is not None
    return body


def facts(root: Tag, link: Name, picture: Name) -> Facts:
    """Return what a reader gets of a tree, with links and pictures as two functions name them."""
    found = Facts(text_of(root).split(), numbers=numbers(root))
    for tag in root.find_all(["a", "img", "table"]):
        if tag.name == "a" and tag.get("href") is not None:
            found.links.append((" ".join(text_of(tag).split()), link(str(tag["href"]))))
        elif tag.name == "img":
            found.pictures.append(picture(str(tag.get("src", ""))))
        elif tag.name == "table":
            rows = tag("tr")
            found.tables.append(
                [
                    [_cell(cell, len(rows) - place) for cell in row(["td", "th"], recursive=False)]
                    for place, row in enumerate(rows)
                ]
            )
    found.links = [
        (" ".join(text for text, _ in same if text), where)
        for where, same in _neighbours(found.links)
    ]
    return found


def _neighbours(links: list[tuple[str, str]]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for where, same in groupby(links, key=lambda one: one[1]):
        yield where, list(same)


def _cell(tag: Tag, rows_left: int) -> str:
    """Return a cell's words with the columns and rows that it fills."""
    words = " ".join(text_of(tag).split())
    across, down = _whole(tag.get("colspan"), 1), min(_whole(tag.get("rowspan"), 1), rows_left)
    return words if (across, down) == (1, 1) else f"{words} ({across} × {down})"


def text_of(root: Tag) -> str:
    """Return the visible text; blocks part words, other elements do not."""
    parts: list[str] = []

    def walk(tag: Tag) -> None:
        for node in tag.children:
            if isinstance(node, PreformattedString):
                continue
            if isinstance(node, NavigableString):
                parts.append(_NO_WIDTH.sub("", node))
            elif isinstance(node, Tag) and node.name not in UNSEEN:
                gap = " " if node.name in GAPS else ""
                parts.append(gap)
                if node.name != "iframe":
                    walk(node)
                parts.append(gap)

    walk(root)
    return "".join(parts)


def numbers(root: Tag) -> list[str]:
    """Return the numbers of list entries with the word that a reader meets next."""
    counted = numbers_of_entries(root)
    found = []
    for entry in root("li"):
        if (
            id(entry) in counted
            and "data-nothing" not in entry.attrs
            and "none" not in str(entry.get("style", ""))
        ):
            after = (
                str(node)
                for node in entry.next_elements
                if isinstance(node, NavigableString) and not isinstance(node, PreformattedString)
            )
            words = (re.sub("[“”]", " ", text).split() for text in after)
            word = next((some[0] for some in words if some), "")
            found.append(f"{counted[id(entry)]}. {word}")
    return found


def numbers_of_entries(root: Tag) -> dict[int, int]:
    """Return the number of each entry of a numbered list, by the identity of its element."""
    counted: dict[int, int] = {}
    for tag in root("ol"):
        number = _whole(tag.get("start"), 1)
        for entry in tag("li", recursive=False):
            number = _whole(entry.get("value"), number)
            counted[id(entry)] = number
            number += 1
    return counted


def _whole(value: object, otherwise: int) -> int:
    return int(str(value)) if str(value).isdigit() else otherwise
