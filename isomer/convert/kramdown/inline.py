"""Inline patterns, tried only on texts that hold a character which they begin with.

Python-Markdown tries some thirty patterns on every text, the words of each link included. Most
texts hold no mark at all. What is read is the same; a test compares the two ways. The names with
``_InlineProcessor`` are private to the library, whose version is pinned.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

# By the name under which a pattern is registered. One that is not here is always tried.
BEGINNINGS = {
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
_MARKS = frozenset("".join(BEGINNINGS.values()))


class InlineMarks(InlineProcessor):
    """The library's own processor; ``patterns`` are tried where they can fit."""

    def __init__(self, md: Markdown, patterns: Any) -> None:
        super().__init__(md)
        self.inlinePatterns = patterns
        # By the marks that a text holds: the patterns to try, with their numbers.
        self._fitting: dict[frozenset[str], list[tuple[int, Any]]] = {}

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        """Put placeholders for what the patterns find; the library calls this."""
        if isinstance(data, AtomicString):
            return data
        own: Any = self
        apply: Callable[..., tuple[str, bool, int]] = own._InlineProcessor__applyPattern
        # Placeholders bring no mark with them, so that this holds all marks to the end.
        for number, pattern in self._patterns_for(_MARKS.intersection(data)):
            found, start = number >= patternIndex, 0
            while found:
                data, found, start = apply(pattern, data, number, start)
        return data

    def _patterns_for(self, marks: frozenset[str]) -> list[tuple[int, Any]]:
        if marks not in self._fitting:
            # In this order: the registry sorts itself when it is read through.
            registry: Any = self.inlinePatterns
            patterns = list(registry)
            begun = [frozenset(BEGINNINGS.get(item.name, "")) for item in registry._priority]
            self._fitting[marks] = [
                (number, pattern)
                for number, (pattern, marks_of_it) in enumerate(zip(patterns, begun, strict=True))
                if not marks_of_it or marks_of_it & marks
            ]
        return self._fitting[marks]
