"""Lists of a text processor that are paragraphs with a level and a mark before their words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4.element import NavigableString, Tag

from content.markup.html_tree import attribute
from editors.pasting.styles import style_of

MAXIMUM_LEVEL = 9
_LEVEL = re.compile(r"\bl\d+\s+level(\d+)\b")
_MARK = re.compile(r"\(?([0-9]{1,6}|[a-zA-Z]{1,6})[.)]?\)?$")
_ROMAN = re.compile(r"[ivxlcdm]+$", re.IGNORECASE)
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@dataclass
class _Entry:
    """A paragraph that is an entry of a list. ``kind`` is the ``type`` of an ``ol``, ``""`` for
    bullets; ``number`` is what the mark says."""

    tag: Tag
    level: int
    kind: str
    number: int


def build_lists(tree: Tag) -> None:
    """Make real lists of the paragraphs of a tree that a text processor shows as lists."""
    done: set[int] = set()
    for tag in list(tree.find_all(["p", "div", "h1", "h2", "h3", "h4", "h5", "h6"])):
        if id(tag) in done or tag.parent is None:
            continue
        run: list[_Entry] = []
        following: Tag | None = tag
        while following is not None and (entry := _entry(following, run)) is not None:
            run.append(entry)
            done.add(id(following))
            following = _next_element(following)
        if run:
            _replace(run)


def _next_element(tag: Tag) -> Tag | None:
    """Return the element that comes directly after one, ``None`` if words do."""
    node = tag.next_sibling
    while node is not None:
        if isinstance(node, Tag):
            return node
        if type(node) is NavigableString and node.strip():
            return None
        node = node.next_sibling
    return None


def _entry(tag: Tag, before: list[_Entry]) -> _Entry | None:
    written = style_of(tag).get("mso-list", "")
    level = _LEVEL.search(written)
    if level is None or tag.name not in ("p", "div"):
        return None
    mark = ""
    for span in tag.find_all("span"):
        if not span.decomposed and style_of(span).get("mso-list", "").lower() == "ignore":
            mark += span.get_text()
            span.decompose()
    depth = max(1, min(int(level[1]), MAXIMUM_LEVEL))
    kind, number = _numbering(mark.replace("\xa0", " ").strip(), depth, before)
    return _Entry(tag, depth, kind, number)


def _numbering(mark: str, level: int, before: list[_Entry]) -> tuple[str, int]:
    """Return the kind of numbers that a mark belongs to, and its number.

    A single letter may be a Roman number: what stands before it at its level decides.
    """
    last = mark.rstrip(".)").rpartition(".")[2] if re.fullmatch(r"[\d.]+[.)]?", mark) else mark
    found = _MARK.fullmatch(last.strip())
    # The “o” is a bullet of Word's.
    if found is None or mark == "o":
        return "", 1
    word = found[1]
    if word.isdigit():
        return "1", int(word)
    small, large = ("a", "i"), ("A", "I")
    letter, roman = small if word.islower() else large
    earlier = next((one for one in reversed(before) if one.level <= level), None)
    same = earlier.kind if earlier is not None and earlier.level == level else ""
    if _ROMAN.fullmatch(word) and same != letter and (same == roman or word.lower() in ("i", "ii")):
        return roman, _roman(word)
    if len(word) == 1:
        return letter, ord(word.lower()) - ord("a") + 1
    return (roman, _roman(word)) if _ROMAN.fullmatch(word) else ("", 1)


def _roman(word: str) -> int:
    digits = [_ROMAN_DIGITS[letter] for letter in word.lower()]
    following = [*digits[1:], 0]
    return sum(-one if one < two else one for one, two in zip(digits, following, strict=True))


def _replace(run: list[_Entry]) -> None:
    """Put lists in the place of entries that follow one another."""
    place = run[0].tag
    # Open lists with their level, kind and last entry, outermost first.
    open_lists: list[tuple[int, str, Tag, Tag]] = []
    for entry in run:
        while open_lists and open_lists[-1][0] > entry.level:
            open_lists.pop()
        if open_lists and open_lists[-1][0] == entry.level and open_lists[-1][1] != entry.kind:
            open_lists.pop()
        made = Tag(name="li")
        if not open_lists or open_lists[-1][0] < entry.level:
            listing = Tag(name="ol" if entry.kind else "ul")
            if entry.kind not in ("", "1"):
                listing["type"] = entry.kind
            if entry.kind and entry.number != 1:
                listing["start"] = str(entry.number)
            if open_lists:
                open_lists[-1][3].append(listing)
            else:
                place.insert_before(listing)
        else:
            listing = open_lists.pop()[2]
        listing.append(made)
        open_lists.append((entry.level, entry.kind, listing, made))
        for node in list(entry.tag.children):
            made.append(node)
    for entry in run:
        entry.tag.extract()


def nest_flat_lists(tree: Tag) -> None:
    """Nest lists that follow one another, each with the level of its entries in an attribute,
    as Word in the browser and some other programs write them."""
    for box in list(tree.find_all("div")):
        inner = [node for node in box.children if isinstance(node, Tag) or str(node).strip()]
        if inner and all(isinstance(node, Tag) and node.name in ("ul", "ol") for node in inner):
            box.unwrap()
    for listing in list(tree.find_all(["ul", "ol"])):
        first = listing.find("li", recursive=False)
        level = _told_level(first)
        if level < 2 or listing.find_parent(["ul", "ol"]) is not None:
            continue
        before = listing.find_previous_sibling()
        if not isinstance(before, Tag) or before.name not in ("ul", "ol"):
            continue
        host: Tag | None = before
        for _ in range(level - 1):
            entry = _last_child(host, "li")
            if entry is None:
                break
            host = _last_child(entry, "ul", "ol")
            if host is None:
                entry.append(listing.extract())
                break
        else:
            if host is not None and host.name == listing.name:
                host.extend(list(listing.children))
                listing.extract()
    for listing in list(tree.find_all(["ul", "ol"])):
        _join_same(listing)


def _last_child(tag: Tag | None, *names: str) -> Tag | None:
    """Return the last child with one of some names."""
    children = [] if tag is None else [one for one in tag.children if isinstance(one, Tag)]
    return next((one for one in reversed(children) if one.name in names), None)


def _join_same(listing: Tag) -> None:
    """Join a list with the next if that goes on at its level."""
    following = listing.find_next_sibling()
    while isinstance(following, Tag) and following.name == listing.name:
        levels = [_told_level(one.find("li", recursive=False)) for one in (listing, following)]
        start = attribute(following, "start")
        if not levels[0] or levels[0] != levels[1] or start == "1":
            return
        listing.extend(list(following.children))
        following.extract()
        following = listing.find_next_sibling()


def _told_level(entry: object) -> int:
    if not isinstance(entry, Tag):
        return 0
    told = attribute(entry, "aria-level") or attribute(entry, "data-aria-level")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 3 else 0
