"""Differences between two sides as things that people see: a link, a picture, a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import zip_longest
from typing import Any

from isomer.verify.sides import Mark, Pair
from isomer.verify.tokens import Token, TokenKind, shown

# Of the words that a thing is named with, in characters.
LONGEST = 120
_BEGINS = frozenset(
    {
        TokenKind.HEADING,
        TokenKind.ITEM,
        TokenKind.ROW,
        TokenKind.PICTURE,
        TokenKind.EMBED,
        TokenKind.LINK,
    }
)
_FRAMES = frozenset({TokenKind.ROW, TokenKind.CELL, TokenKind.ITEM, TokenKind.HEADING})
_DIFFERS = (Mark.LOST, Mark.ADDED, Mark.CHANGED)


@dataclass(frozen=True)
class Thing:
    """One difference. ``kind`` is ``"lost"``, ``"added"`` or ``"changed"``, ``what`` names it,
    ``was`` and ``now`` are its words on either side. ``left`` and ``right`` are the places of its
    tokens on each side, as begin and end; an empty stretch is where the thing is missing."""

    kind: str
    what: str
    was: str
    now: str
    left: tuple[int, int]
    right: tuple[int, int]

    def as_data(self) -> dict[str, Any]:
        """The thing as stored: without the places, which are marked in the two sides."""
        data = asdict(self)
        del data["left"], data["right"]
        return data


@dataclass
class _Run:
    """Neighbours that differ, on each side, and where they begin."""

    left: int
    right: int
    was: list[Token]
    now: list[Token]
    changed: bool = False


def things(pairs: Sequence[Pair]) -> list[Thing]:
    """Return the differences of two sides that were lined up, in the order of the page."""
    return [thing for run in _runs(pairs) for thing in _parts(run)]


def _runs(pairs: Sequence[Pair]) -> Iterator[_Run]:
    left = right = 0
    run: _Run | None = None
    for was, now, mark in pairs:
        together = run is not None and run.changed == (mark is Mark.CHANGED)
        if run is not None and not (mark in _DIFFERS and together):
            yield run
            run = None
        if mark in _DIFFERS:
            run = run or _Run(left, right, [], [], mark is Mark.CHANGED)
            run.was += [was] if was is not None else []
            run.now += [now] if now is not None else []
        left += was is not None
        right += now is not None
    if run is not None:
        yield run


def _parts(run: _Run) -> Iterator[Thing]:
    left, right = run.left, run.right
    for was, now in zip_longest(_units(run.was), _units(run.now), fillvalue=()):
        kind = "changed" if was and now else "lost" if was else "added"
        yield Thing(
            kind,
            what_it_is(was, now),
            _short(was),
            _short(now),
            (left, left + len(was)),
            (right, right + len(now)),
        )
        left, right = left + len(was), right + len(now)


def _units(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    """Part neighbours where another thing begins: an entry, a row, a picture, another link."""
    found: list[list[Token]] = []
    for token in tokens:
        before = found[-1][-1] if found else None
        if before is None or _is_another(before, token, found[-1]):
            found.append([])
        found[-1].append(token)
    return [tuple(unit) for unit in found]


def _is_another(before: Token, token: Token, unit: Sequence[Token]) -> bool:
    in_row = unit[0].kind is TokenKind.ROW
    if token.kind in _BEGINS:
        return (
            not (in_row and token.kind is not TokenKind.ROW) and before.kind is not TokenKind.ITEM
        )
    if in_row or token.kind is TokenKind.CELL or before.kind in _FRAMES:
        return False
    if before.kind is not TokenKind.WORD:
        return True
    return (bool(before.heading), before.target_of_word) != (
        bool(token.heading),
        token.target_of_word,
    )


def what_it_is(was: Sequence[Token], now: Sequence[Token]) -> str:
    """Return the name of a thing by its tokens on either side."""
    if was and now and _only_links_differ(was, now):
        return "where a link leads"
    tokens = was or now
    first = tokens[0]
    if first.kind is TokenKind.ROW:
        return f"row {first.target} of a table" if first.target else "a row of a table"
    target = next((one.target_of_word for one in tokens if one.target_of_word), "")
    names = {
        TokenKind.CELL: "a cell of a table",
        TokenKind.ITEM: "an entry of a list",
        TokenKind.PICTURE: "a picture",
        TokenKind.EMBED: "a film, map or form of another site",
        TokenKind.HEADING: "a heading",
        TokenKind.LINK: f"a link to {first.target}",
    }
    if first.kind in names:
        return names[first.kind]
    if first.heading:
        return "words of a heading"
    return f"a link to {target}" if target else "a word" if len(tokens) == 1 else "words"


def _only_links_differ(was: Sequence[Token], now: Sequence[Token]) -> bool:
    if [one.key for one in was] != [one.key for one in now]:
        return False
    return all(a.heading == b.heading and a.links != b.links for a, b in zip(was, now, strict=True))


def _short(tokens: Sequence[Token]) -> str:
    seen = [one for one in tokens if one.kind is TokenKind.WORD or one.kind not in _FRAMES]
    text = shown(seen) if seen else " ".join(map(_frame, tokens))
    targets = dict.fromkeys(one.target_of_word for one in tokens if one.target_of_word)
    if targets:
        text = f"{text} → {', '.join(targets)}"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _frame(token: Token) -> str:
    return f"level {token.text}" if token.kind is TokenKind.HEADING else token.shown
