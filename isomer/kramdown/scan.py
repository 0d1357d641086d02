"""Searches in a text that is read from left to right."""

from __future__ import annotations

import re
from collections.abc import Callable

_EXTENSION = re.compile(r" {0,3}\{::(comment|nomarkdown|options)")
BRACE_END = re.compile(r"\}")


class Finder:
    """Finds the next place of a pattern. Each part of the text is searched once for each
    pattern, however often it is asked for, if the places asked for do not go back."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: dict[re.Pattern[str], tuple[int, re.Match[str] | None]] = {}

    def next(self, pattern: re.Pattern[str], place: int) -> re.Match[str] | None:
        """Return the first match at or after a place."""
        start, match = self._known.get(pattern, (-1, None))
        if 0 <= start <= place and (match is None or match.start() >= place):
            return match
        match = pattern.search(self.text, place)
        self._known[pattern] = (place, match)
        return match


def extension_ends(finder: Finder, place: int, closing: Callable[[str], re.Pattern[str]]) -> bool:
    """Tell whether an extension that may begin at a place has an end: in its own braces, or where
    the pattern that ``closing`` makes of its name is found. It is asked before more is read, so
    that no text is read again for each beginning without an end."""
    name = _EXTENSION.match(finder.text, place)
    end = finder.next(BRACE_END, place) if name else None
    if name is None or end is None:
        return False
    is_alone = finder.text[end.start() - 1] == "/"
    return is_alone or finder.next(closing(name[1]), end.end()) is not None
