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


class TokenKind(StrEnum):
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
    of a table's row, for display only; ``links``
    are the stretches of a word with the target of each (``((4, "page about.md"),)``).
    ``heading`` is the level of the heading that a word stands in, 0 outside.
    ``optional`` names the rule by which the page may do without the token, ``level_rule`` the one
    by which a heading may have another level. ``card`` is the target of the card that the
    token stands in, on the served page alone; ``None`` outside.
    """

    kind: TokenKind
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
        is_known_by_target = self.kind in (TokenKind.PICTURE, TokenKind.EMBED, TokenKind.LINK)
        text = "" if self.kind in (TokenKind.HEADING, TokenKind.PICTURE) else self.text
        return self.kind, text, self.target if is_known_by_target else ""

    @property
    def target_of_word(self) -> str:
        """Where the word leads, ``""`` nowhere; the first of several targets."""
        return next((target for _length, target in self.links if target), "")

    @property
    def shown(self) -> str:
        """The token in words for people."""
        if self.kind is TokenKind.WORD:
            return self.text
        if self.kind is TokenKind.ITEM:
            return "•" if self.text == "•" else f"{self.text.partition(' ')[2]}."
        if self.kind is TokenKind.ROW:
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
    words = (token.text for token in tokens[index:] if token.kind is TokenKind.WORD)
    first = [word for word, _ in zip(words, range(WORDS_OF_PLACE), strict=False)]
    return " ".join(first)


@dataclass(frozen=True)
class LossRule:
    """A named reason. ``sentence`` tells whoever signs the import off what it means."""

    name: str
    sentence: str


_ALL = (
    LossRule("comment", "A comment in the markup, which no browser shows."),
    LossRule("unseen-element", "An element that no browser shows, such as a style sheet."),
    LossRule("hidden-element", "What the old page hid from its readers, who must not see it here."),
    LossRule("widthless-characters", "Characters without width, which nobody sees."),
    LossRule("empty-paragraph", "A paragraph without anything in it."),
    LossRule("empty-heading", "A heading without anything in it."),
    LossRule("empty-table", "A table without anything in it; what stood in its caption is there."),
    LossRule(
        "heading-of-first-level",
        "A heading of the first level became one of the second: the first is the page's title.",
    ),
    LossRule("unsafe-address", "A link or frame that browsers must not follow; its words stayed."),
    LossRule("scheme-added", "A host without a scheme, which led nowhere, got its https://."),
    LossRule("picture-missing", "The picture is missing at the source; visitors saw its words."),
    LossRule("picture-elsewhere", "A picture of another site is a link to it."),
    LossRule("link-of-picture", "The words of a link lead where its picture led, too."),
    LossRule("embed-without-address", "A frame or film that named nothing to show."),
    LossRule("embed-in-cell", "A frame or film in the cell of a table is a link to it."),
    LossRule("words-for-old-browsers", "Words that only a browser without films would show."),
    LossRule("table-in-cell", "A table in the cell of a table: its words are there, in order."),
    LossRule("table-for-layout", "A table that only arranged other things gave way to them."),
    LossRule("entries-that-fold-out", "A list of parts that fold out: they stand without bullets."),
    LossRule(
        "title-of-part",
        "The title of a part that folds out is plain words; its links and pictures follow it.",
    ),
    LossRule("title-of-card", "The title of a card is a heading."),
    LossRule("heading-of-block", "The heading of a block stands on the second level."),
    LossRule("link-of-card", "A card has one link, on its title or its last words."),
    LossRule(
        "place-before-text",
        "A link within the page leads to the beginning of the text that holds its place.",
    ),
    LossRule("nested-without-end", "Markup that nests without end was reduced to its words."),
    LossRule("plain-field", "A field of front matter that holds plain words held markup."),
    LossRule("field-not-shown", "A value of front matter that the old site did not show, either."),
    LossRule("field-left-out", "A value of front matter that the page has no place for."),
    LossRule("title-from-name", "The document has no title; the page has one made of its name."),
    LossRule("body-not-shown", "Text below the front matter, which the old layout did not show."),
    LossRule("address-taken", "Another document has the same address, and keeps it."),
    LossRule("address-impossible", "The permalink can't be the address of a page."),
    LossRule("data-search", "The old page searched a data set; this one leads to it."),
    LossRule(
        "signs-not-wanted",
        "Jekyll showed mistyped tags or lists of attributes as text; the checker read the body.",
    ),
    LossRule("not-rendered", "Jekyll could not render the body; the checker read it."),
    LossRule("edited", "The page was changed in the admin since the import."),
)
RULES = {rule.name: rule for rule in _ALL}
