"""Inline patterns, tried only on texts that hold a character which they need.

Python-Markdown tries some thirty patterns on every text, the words of each link included. Most
texts hold no mark at all. What is read is the same; a test compares the two ways. The names with
``_InlineProcessor`` are private to the library, whose version is pinned.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

# One of these is in all that a pattern finds; by the name under which the pattern is registered.
# One that is not here is always tried.
NEEDED = {
    "backtick": "`",
    "kramdown-break": "\\",
    "escape": "\\",
    "footnote": "[",
    "reference": "[",
    "link": "[",
    "image_link": "!",
    "image_reference": "!",
    "short_reference": "[",
    "short_image_ref": "!",
    "autolink": "<",
    "automail": "<",
    "linebreak": "\n",
    "kramdown-html": "<",
    "html": "<",
    "entity": "&",
    "kramdown-deleted": "~",
    "em_strong": "*_",
    "smarty-ellipses": ".",
    "smarty-em-dashes": "-",
    "smarty-en-dashes": "-",
    "smarty-left-angle-quotes": "<",
    "smarty-right-angle-quotes": ">",
    **{f"smarty-quotes-{number}": "'\"" for number in range(15)},
}
_MARKS = frozenset("".join(NEEDED.values()))


class InlineMarks(InlineProcessor):
    """The library's own processor; ``patterns`` are tried where they can fit."""

    def __init__(self, md: Markdown, patterns: Any) -> None:
        super().__init__(md)
        self.inlinePatterns = patterns
        self._known: list[tuple[int, Any, frozenset[str]]] = []
        # Texts hold few different sets of marks, but who writes them can make up thousands.
        self._patterns_for = lru_cache(maxsize=1000)(self._find_patterns_for)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        """Put placeholders for what the patterns find; the library calls this."""
        if isinstance(data, AtomicString):
            return data
        own: Any = self
        apply: Callable[..., tuple[str, bool, int]] = own._InlineProcessor__applyPattern
        # Placeholders bring no mark with them, so that this holds all marks to the end.
        for number, pattern in self._patterns_for(_MARKS.intersection(data)):
            if number < patternIndex:
                continue
            found, start = True, 0
            while found:
                data, found, start = apply(pattern, data, number, start)
        return data

    def _find_patterns_for(self, marks: frozenset[str]) -> list[tuple[int, Any]]:
        """Return the patterns to try on a text that holds some marks, with their numbers."""
        if not self._known:
            # In this order: the registry sorts itself when it is read through.
            registry: Any = self.inlinePatterns
            patterns = list(registry)
            self._known = [
                (number, pattern, frozenset(NEEDED.get(item.name, "")))
                for number, (pattern, item) in enumerate(
                    zip(patterns, registry._priority, strict=True)
                )
            ]
        return [
            (number, pattern)
            for number, pattern, needed in self._known
            if not needed or needed & marks
        ]
