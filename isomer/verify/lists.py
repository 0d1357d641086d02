"""The numbers that browsers write before list entries (format reference, 6.1 and 6.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4.element import Tag

BULLET = "•"
LISTS = frozenset({"ol", "ul", "menu", "dir"})
_BULLETS = frozenset({"none", "disc", "circle", "square"})
_LETTERS = {
    "decimal": "1", "decimal-leading-zero": "1", "lower-alpha": "a", "lower-latin": "a",
    "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I",
}  # fmt: skip
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]*)", re.IGNORECASE)
_WHOLE_NUMBER = re.compile(r"\s*([+-]?\d{1,9})(?!\d)")


@dataclass
class Counting:
    """How a list counts: the kind of its numbers, the next one, and the step."""

    kind: str
    number: int
    step: int

    @classmethod
    def of(cls, tag: Tag) -> Counting:
        """Return the counting of a list element as it begins."""
        if tag.name != "ol":
            return cls(BULLET, 1, 1)
        step = -1 if tag.has_attr("reversed") else 1
        start = _number(tag, "start")
        if start is None:
            start = 1 if step > 0 else len(_entries(tag))
        return cls(_kind(tag, "1"), start, step)

    def label(self, entry: Tag) -> str:
        """Return the mark of an entry, such as ``"a 3"`` for c), and count on."""
        if self.kind == BULLET and entry.parent is not None and entry.parent.name != "ol":
            return BULLET
        kind = _kind(entry, self.kind)
        given = _number(entry, "value")
        number = self.number if given is None else given
        self.number = number + self.step
        return BULLET if kind == BULLET else f"{kind} {number}"


def _kind(tag: Tag, default: str) -> str:
    """Return the kind of numbers: by style, by the classes of old style sheets, by ``type``."""
    style = _STYLE.search(str(tag.get("style") or ""))
    for word in style[1].lower().split() if style else ():
        if word in _BULLETS:
            return BULLET
        if word in _LETTERS:
            return _LETTERS[word]
    for name in tag.get("class") or ():
        upper = "upper" in name.lower()
        if "roman" in name.lower():
            return "I" if upper else "i"
        if "alpha" in name.lower() and tag.name == "ol":
            return "A" if upper else "a"
    given = str(tag.get("type") or "").strip()
    return given if given in ("1", "a", "A", "i", "I") else default


def _number(tag: Tag, name: str) -> int | None:
    found = _WHOLE_NUMBER.match(str(tag.get(name) or ""))
    return int(found[1]) if found else None


def _entries(tag: Tag) -> list[Tag]:
    return [li for li in tag("li") if li.find_parent(list(LISTS)) is tag]
