"""Where in a source file words stand."""

from __future__ import annotations

import re

from isomer.source import SourceDocument

MOST_WORDS = 5
# Markup that may stand between two words of a text.
_BETWEEN = r"(?:\s|&nbsp;|<[^<>]*>|[*_\\])+"


def line_of(words: tuple[str, ...], document: SourceDocument) -> int:
    """Return the line of a document's file on which words stand in its body, 0 if it is not
    found. Fewer words are looked for where all of them are not there as they were written."""
    for number in range(min(MOST_WORDS, len(words)), 0, -1):
        pattern = _BETWEEN.join(re.escape(word) for word in words[:number])
        found = re.search(pattern, document.body)
        if found:
            return document.body_line + document.body.count("\n", 0, found.start())
    return 0
