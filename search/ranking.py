"""The order of results, the same on every database.

A database says how well the words fit the whole of a page, each in figures of its own. Those
are brought between 0 and 1, and the title decides first: whoever asks for what a page is
called wants that page.
"""

from __future__ import annotations

from collections.abc import Sequence

from content.search_text.words import STOP_WORDS, Word, folded_words, index_terms

# What a title adds that holds all words, and one that holds nothing else.
HOLDS_ALL = 1.0
HOLDS_NOTHING_ELSE = 0.5
# What a file loses: it is the answer when nothing else is, since pages say what it is for.
DOCUMENT = 1.0
# What an item loses that has no text of its own and only leads to a file or another page.
ONLY_LEADS_ON = 0.75


def title_score(words: Sequence[Word], title: str) -> float:
    """Return how well a title answers the words, between 0 and 1.5."""
    terms = frozenset(index_terms(title).split())
    held = [word for word in words if any(terms.issuperset(choice) for choice in word.choices)]
    score = HOLDS_ALL * len(held) / len(words)
    if len(held) == len(words):
        own = [folded for _, folded in folded_words(title) if folded not in STOP_WORDS]
        score += HOLDS_NOTHING_ELSE * min(1.0, len(words) / max(1, len(own)))
    return score
