"""What a reader meets on a page, one thing after the other."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

# What the names of places on the same page begin with.
ON_PAGE = "on this page: "
# How many words stand for the place that a link on the same page leads to.
WORDS_OF_PLACE = 4


class Kind(StrEnum):
    """What a token is. The value is its name in messages."""

    WORD = "word"
    HEADING = "heading"
    ITEM = "list entry"
    ROW = "table row"
    CELL = "table cell"
    PICTURE = "picture"
    EMBED = "embed"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Token:
    """One thing on a page.

    ``text`` is what the kind needs to be told apart: the word, the level of a heading, the
    number of a list entry, the columns and rows of a cell, a picture's alternative text.
    ``target`` is what a picture or embed shows, where a link without words leads, or the number
    of a table's row, by which nothing is compared; ``links``
    are the stretches of a word with the target of each (``((4, "page about.md"),)``).
    ``heading`` is the level of the heading that a word stands in, 0 outside.
    ``optional`` names the rule by which the page may do without the token, ``level_rule`` the one
    by which a heading may have another level. ``card`` is the target of the card that the
    token stands in, on the served page alone; ``None`` outside.
    """

    kind: Kind
    text: str
    target: str = ""
    heading: int = 0
    links: tuple[tuple[int, str], ...] = ()
    optional: str = ""
    level_rule: str = ""
    card: str | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What two sequences are aligned by; heading and links are compared after that."""
        is_known_by_target = self.kind in (Kind.PICTURE, Kind.EMBED, Kind.LINK)
        text = "" if self.kind in (Kind.HEADING, Kind.PICTURE) else self.text
        return self.kind, text, self.target if is_known_by_target else ""

    @property
    def target_of_word(self) -> str:
        """Where the word leads, ``""`` nowhere; the first of several targets."""
        return next((target for _length, target in self.links if target), "")

    @property
    def shown(self) -> str:
        """The token in words for people."""
        if self.kind is Kind.WORD:
            return self.text
        if self.kind is Kind.ITEM:
            return "•" if self.text == "•" else f"{self.text.partition(' ')[2]}."
        if self.kind is Kind.ROW:
            return f"[{self.kind.value}]"
        what = ", ".join(part for part in (self.text, self.target) if part)
        return f"[{self.kind.value}: {what}]" if what else f"[{self.kind.value}]"


@dataclass(frozen=True, slots=True)
class Explained:
    """Something that is not on the page as it was, by a rule: its name, and what it was."""

    rule: str
    text: str


@dataclass
class Reading:
    """A page as tokens, and what was left out of them by which rule.

    ``markup`` is what the tokens were read from, where that is a text; it may be unsafe.
    """

    tokens: list[Token]
    explained: list[Explained]
    markup: str = ""

    @property
    def digest(self) -> str:
        """The SHA-256 of the tokens, hexadecimal."""
        return hashlib.sha256(repr(self.tokens).encode()).hexdigest()

    @property
    def counts(self) -> dict[str, int]:
        """How many tokens there are of each kind; ``links`` counts linked stretches of words."""
        found = Counter(token.kind.value for token in self.tokens)
        before, links = "", 0
        for token in self.tokens:
            target = token.target_of_word
            links += bool(target) and target != before
            before = target
        found["link"] += links
        return dict(sorted(found.items()))


def shown(tokens: Iterable[Token]) -> str:
    """Return tokens as one line for people."""
    return " ".join(token.shown for token in tokens)


def place_of(tokens: Sequence[Token], index: int) -> str:
    """Return the words at a place, which say where a link on the same page leads."""
    words = (token.text for token in tokens[index:] if token.kind is Kind.WORD)
    first = [word for word, _ in zip(words, range(WORDS_OF_PLACE), strict=False)]
    return " ".join(first)
