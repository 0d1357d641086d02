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


class InlineMarks(InlineProcessor):
    """The library's own processor; ``patterns`` are tried where they can fit."""

    def __init__(self, md: Markdown, patterns: Any) -> None:
        super().__init__(md)
        self.inlinePatterns = patterns
        self._known: list[tuple[Any, frozenset[str]]] = []

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        """Put placeholders for what the patterns find; the library calls this."""
        if isinstance(data, AtomicString):
            return data
        if not self._known:
            # In this order: the registry sorts itself when it is read through.
            registry: Any = self.inlinePatterns
            patterns = list(registry)
            names = [item.name for item in registry._priority]
            self._known = [
                (pattern, frozenset(BEGINNINGS.get(name, "")))
                for pattern, name in zip(patterns, names, strict=True)
            ]
        own: Any = self
        apply: Callable[..., tuple[str, bool, int]] = own._InlineProcessor__applyPattern
        start = 0
        # Placeholders bring no mark with them, so that this holds all marks to the end.
        characters = frozenset(data)
        while patternIndex < len(self._known):
            pattern, beginnings = self._known[patternIndex]
            found = False
            if not beginnings or not beginnings.isdisjoint(characters):
                data, found, start = apply(pattern, data, patternIndex, start)
            if not found:
                patternIndex += 1
                start = 0
        return data
