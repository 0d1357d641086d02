"""Another spelling for a query that finds nothing, out of words that titles hold."""

from __future__ import annotations

import difflib
import re

from content.search_text.words import folded_words, query_words
from search.visible import Visible

# How alike words must be, and how many titles are read: the cost of a query that finds nothing.
LIKENESS = 0.75
MOST_TITLES = 5000
SHORTEST = 3


def known_words(visible: Visible) -> dict[str, str]:
    """Return the words in titles that every visitor may see: folded, and as first written."""
    known: dict[str, str] = {}
    for objects in (visible.pages, visible.documents):
        for title in objects.values_list("title", flat=True)[:MOST_TITLES]:
            for written, folded in folded_words(title):
                if len(folded) >= SHORTEST:
                    known.setdefault(folded, written)
    return known


def other_spelling(text: str, visible: Visible) -> str:
    """Return the query with unknown words replaced by the most alike known ones, ``""`` if no
    word has one."""
    asked = [
        (word.text, folded) for word in query_words(text) for _, folded in folded_words(word.text)
    ]
    known = known_words(visible)
    found = text
    for written, folded in asked:
        if folded in known or len(folded) < SHORTEST:
            continue
        near = difflib.get_close_matches(folded, known, n=1, cutoff=LIKENESS)
        if near:
            found = re.sub(re.escape(written), known[near[0]].lower(), found, count=1)
    return found if found != text else ""
