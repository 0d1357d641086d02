"""Source and served page side by side, for people who compare them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from isomer.verify.compare import changes, steps
from isomer.verify.tokens import Token, TokenKind

# Of a paragraph without end, so that both sides stay beside each other.
LONGEST_ROW = 60
# A row may end at the end of a sentence from this many things on.
LONG_ROW = 25
ENDS_OF_SENTENCES = (".", "!", "?", ".”", '."', ":")
BEGINNINGS = frozenset(
    {TokenKind.HEADING, TokenKind.ITEM, TokenKind.ROW, TokenKind.PICTURE, TokenKind.EMBED}
)


class Mark(StrEnum):
    """How a piece of text compares with the other side. The value is its name for people."""

    SAME = ""
    LOST = "lost"
    ADDED = "added"
    CHANGED = "changed"
    EXPLAINED = "explained by a rule"


@dataclass
class _Row:
    """One row while it is filled: the pieces of each side, as text, mark and target."""

    left: list[list[str]] = field(default_factory=list)
    right: list[list[str]] = field(default_factory=list)
    size: int = 0

    def add(self, side: list[list[str]], token: Token, mark: Mark) -> None:
        target = token.target_of_word
        if side and side[-1][1:] == [mark, target]:
            side[-1][0] += f" {token.shown}"
        else:
            side.append([token.shown, mark, target])

    def as_data(self) -> dict[str, Any]:
        return {"left": self.left, "right": self.right}


Pair = tuple[Token | None, Token | None, Mark]


def line_up(
    expected: Sequence[Token], served: Sequence[Token]
) -> tuple[Sequence[Token], list[Pair]]:
    """Return what of the source was lined up with the page, and what stands beside each other.

    Like :func:`isomer.verify.compare.compare`, this also tries the page without everything
    that it may do without, and keeps what leaves less to explain.
    """
    found = list(_pairs(expected, served))
    needed = [token for token in expected if not token.optional]
    if len(needed) == len(expected) or not _unexplained(found):
        return expected, found
    without = list(_pairs(needed, served))
    return min((expected, found), (needed, without), key=lambda one: _unexplained(one[1]))


def _unexplained(pairs: Sequence[Pair]) -> int:
    return sum(mark not in (Mark.SAME, Mark.EXPLAINED) for _was, _now, mark in pairs)


def side_by_side(pairs: Sequence[Pair]) -> list[dict[str, Any]]:
    """Return rows ``{"left": [[text, mark, target], …], "right": […]}``, source on the left.

    ``mark`` is a :class:`Mark`, ``target`` where a link on the text leads. A row begins where
    something new begins on the page: a heading, an entry of a list, a row of a table, a picture.
    """
    return list(_rows(pairs))


def _rows(pairs: Sequence[Pair]) -> Iterator[dict[str, Any]]:
    row, before = _Row(), None
    for was, now, mark in pairs:
        token = was or now
        assert token is not None
        if row.size and before is not None and _begins(token, before, row.size):
            yield row.as_data()
            row = _Row()
        for side, one in ((row.left, was), (row.right, now)):
            if one is not None:
                row.add(side, one, mark)
        row.size += 1
        before = token
    if row.size:
        yield row.as_data()


def _begins(token: Token, before: Token, size: int) -> bool:
    """Tell whether a token begins a new row."""
    if token.kind in BEGINNINGS or bool(token.heading) != bool(before.heading):
        # The token of a heading comes before its words.
        return before.kind is not TokenKind.HEADING
    if token.kind is TokenKind.CELL or before.kind in BEGINNINGS:
        return False
    if size < LONG_ROW:
        return False
    return size >= LONGEST_ROW or before.text.endswith(ENDS_OF_SENTENCES)


def _pairs(expected: Sequence[Token], served: Sequence[Token]) -> Iterator[Pair]:
    """Yield what stands beside each other, ``None`` where one side has nothing."""
    keys = [token.key for token in expected], [token.key for token in served]
    for name, begin, end, first, last in steps(*keys):
        if name == "equal":
            for at in range(end - begin):
                rules = [one.rule for one in changes(expected, begin + at, served[first + at])]
                mark = Mark.SAME if not rules else Mark.EXPLAINED if all(rules) else Mark.CHANGED
                yield expected[begin + at], served[first + at], mark
            continue
        for token in expected[begin:end]:
            yield token, None, Mark.EXPLAINED if token.optional else Mark.LOST
        for token in served[first:last]:
            yield None, token, Mark.EXPLAINED if token.optional else Mark.ADDED
