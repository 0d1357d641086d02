"""Where in a source file words stand."""

from __future__ import annotations

import re

from isomer.source import SourceDocument

MOST_WORDS = 5
# Markup that may stand between two words of a text.
_BETWEEN = r"(?:\s|&nbsp;|<[^<>]*>|[*_\\])+"


def line_of(before: tuple[str, ...], words: tuple[str, ...], document: SourceDocument) -> int:
    """Return the line of a document's file on which words stand in its body, 0 if it is not
    found. ``before`` are the words in front of them; fewer of both are looked for where all of
    them are not there as they were written."""
    words = words[:MOST_WORDS]
    for start in range(len(before) + 1):
        for end in range(len(words), 0, -1):
            place = _place((*before[start:], *words[:end]), end, document.body)
            if place is not None:
                return document.body_line + document.body.count("\n", 0, place)
    place = _place(before, 1, document.body) if before and not words else None
    return document.body_line + document.body.count("\n", 0, place) if place is not None else 0


def _place(words: tuple[str, ...], last: int, body: str) -> int | None:
    """Return where the last of some words begin in a text, ``None`` if they are not in it."""
    front = "".join(re.escape(word) + _BETWEEN for word in words[:-last])
    pattern = f"{front}({_BETWEEN.join(re.escape(word) for word in words[-last:])})"
    found = re.search(pattern, body)
    return found.start(1) if found else None
