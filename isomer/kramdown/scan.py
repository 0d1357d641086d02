"""Searches in a text that is read from left to right."""

from __future__ import annotations

import re

# What Ruby takes for white space: neither a no-break space nor what separates records.
SPACES = " \t\n\r\f\v"
EXTENSION = re.compile(r" {0,3}\{::(comment|nomarkdown|options)(?=\s|/?\})", re.ASCII)
# What may stand in braces of attributes; a closing brace after a backslash.
INSIDE = r"(?:\\\}|[^}])"
# The same on a line of its own, which may go on for a few more.
LINES_INSIDE = r"(?:(?:\\\}|[^}\n])*+\n){0,3}(?:\\\}|[^}\n])++"
NAME = r"[A-Za-z0-9_][A-Za-z0-9_:-]*"
REST_OF_LINE = re.compile(r"[ \t\r\f\v]*\n")
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
