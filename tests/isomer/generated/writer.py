"""Words, addresses and names for bodies: the same for one source of chance."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

WORDS = (
    "agency",
    "board",
    "café",
    "data",
    "evidence",
    "form",
    "grant",
    "health",
    "income",
    "journey",
    "kitchen",
    "letter",
    "market",
    "network",
    "office",
    "patient",
    "quality",
    "report",
    "station",
    "trial",
    "update",
    "visit",
    "water",
    "year",
    "研究",
    "தமிழ்",
    "2020",
    "$5",
    "R&amp;D",
    "it's",
    "“quoted”",
    "1990s",
    "a/b",
    "e-mail",
    "50%",
    "C++",
    "100,000",
)
SIGNS = ("", "", "", "", ",", ".", ";", ":", "!", "?", "...", " --", " ---")
DEEPEST = 3


@dataclass(frozen=True)
class Places:
    """What the bodies of a repository link to and show."""

    pages: Sequence[str]
    files: Sequence[str]
    pictures: Sequence[str]


class Writer:
    """Writes words, addresses and names; of both kinds of bodies."""

    def __init__(self, source: random.Random, places: Places) -> None:
        self.random = source
        self.one = source.choice
        self.places = places

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def words(self, least: int = 1, most: int = 6) -> str:
        """Return some words with signs between them. Numbers tell neighbours apart."""
        found = []
        for _ in range(self.random.randint(least, most)):
            word = self.one(WORDS)
            if word.isalpha() and self.chance(0.3):
                word = f"{word}{self.random.randint(1, 99)}"
            found.append(word + (self.one(SIGNS) if self.chance(0.2) else ""))
        return " ".join(found)

    def name(self) -> str:
        return f"{self.one(WORDS[:24])} {self.random.randint(1, 999)}"

    def address(self) -> str:
        """Return where a link leads: a page in several forms, a file, another site, nowhere."""
        page = self.one(self.places.pages)
        return self.one(
            (
                page,
                page,
                page,
                page.rstrip("/") or "/",
                f"{page}#part",
                f"{page}?a=b",
                self.one(self.places.files),
                self.one(self.places.files).replace(" ", "%20"),
                "https://example.org/a_b",
                "https://example.org/x?y=z&amp;w=1",
                "http://other.sg",
                "mailto:us@example.org",
                "mailto:us@example.org?subject=A%20word",
                "tel:+6561234567",
                "/not-there/",
                f"https://www.agency.gov.sg{page}",
            )
        )

    def picture(self) -> str:
        path = self.one(self.places.pictures)
        elsewhere = f"https://pictures.example.org/{self.random.randint(1, 99)}.png"
        return self.one((*[path] * 6, *[path.replace(" ", "%20")] * 3, elsewhere))

    def line(self, most: int = 4) -> str:
        return " ".join(self.inline() for _ in range(self.random.randint(1, most)))

    def inline(self) -> str:
        words = self.words()
        return words if self.chance(0.5) else self.marked(words)

    def marked(self, words: str) -> str:
        """Return words with one of the marks of the language, or a mark in their place."""
        raise NotImplementedError
