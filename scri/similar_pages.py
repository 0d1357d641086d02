"""Pages whose names are near to an address that leads nowhere."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import log
from urllib.parse import unquote

from navigation.tree import Node, SiteTree

NEAR_PAGES = 5
# What old addresses end in, and what the old editor wrote where nobody chose a name.
_ENDING = re.compile(r"\.(html?|aspx?|php|jsp|md)$", re.IGNORECASE)
_SAYS_NOTHING = {"and", "for", "from", "index", "permalink", "pages", "the", "with"}
# Latin words count from three letters on; a Chinese character is a word's worth.
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_]{3,}")
# How alike two words must be, of 1, to count: "volunteer" and "volunteers" are .94,
# "privcy" and "privacy" .73, "contact" and "content" .5.
_ALIKE = 0.6
# Addresses are asked for by machines too, in any length.
_MOST_WORDS = 8
_LONGEST = 500


def words_of(text: str) -> list[str]:
    """Return the words of a title or path that say something, in lower case, without accents."""
    decoded = unicodedata.normalize("NFKD", unquote(text[:_LONGEST]).casefold())
    plain = "".join(letter for letter in decoded if not unicodedata.combining(letter))
    plain = _ENDING.sub("", plain.rstrip("/"))
    return [word for word in _WORD.findall(plain) if word not in _SAYS_NOTHING]


def likeness(one: str, other: str) -> float:
    """Return how alike two words are, from 0 to 1: the share of pairs of letters they have in
    common. A plural, a typing error, letters that changed places, or a word that goes on
    longer is still alike."""
    if one == other:
        return 1.0
    if len(one) == len(other) >= 5 and sorted(one) == sorted(other):
        return 0.9
    pairs, others = _pairs(one), _pairs(other)
    if not pairs or not others:
        return 0.0
    share = 2 * len(pairs & others) / (len(pairs) + len(others))
    begins = min(len(one), len(other)) >= 4 and (one.startswith(other) or other.startswith(one))
    return max(share, 0.7) if begins else share


@lru_cache(maxsize=20_000)
def _pairs(word: str) -> frozenset[str]:
    return frozenset(word[place : place + 2] for place in range(len(word) - 1))


def near_pages(tree: SiteTree, path: str) -> list[Node]:
    """Return up to five pages whose title or address shares most words with a path.

    Words that few pages have weigh more. Only the tree is looked at, which is read for
    the menu anyway: wrong addresses, which machines try all day, cost no further query.
    """
    asked = list(dict.fromkeys(words_of(path)))[-_MOST_WORDS:]
    pages = {
        node_id: set(words_of(node.title)) | set(words_of(node.url))
        for node_id, node in tree.nodes.items()
        if node.url and not node.is_section and node is not tree.root
    }
    if not asked or not pages:
        return []
    known = Counter(word for words in pages.values() for word in words)
    weights = {word: _alike(word, known) for word in asked}
    scores = {
        node_id: sum(_best(found, words) for found in weights.values())
        for node_id, words in pages.items()
    }
    last = asked[-1]
    nearest = sorted(
        (node_id for node_id, score in scores.items() if score > 0),
        key=lambda node_id: (-scores[node_id], last not in pages[node_id]),
    )
    return [tree.nodes[node_id] for node_id in nearest[:NEAR_PAGES]]


def _alike(asked: str, known: Counter[str]) -> dict[str, float]:
    """Return what each known word counts for one that was asked for."""
    found = {word: likeness(asked, word) for word in known}
    total = sum(known.values())
    return {
        word: alike * log(1 + total / known[word])
        for word, alike in found.items()
        if alike >= _ALIKE
    }


def _best(found: dict[str, float], words: Iterable[str]) -> float:
    return max((found.get(word, 0.0) for word in words), default=0.0)
