"""What a result shows of its text: the words around the first matches, and which are marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from wagtail.search.index import SearchField

from content.search_text.words import marked_spans
from search.backend.terms import flat

LENGTH = 240
BEFORE = 60
# Of a long page the rest is searched, but not shown.
READ = 100_000
# Found by, but no text of the page: the title stands above, headings are in the text.
_NOT_TEXT = frozenset(
    {
        "title", "whole_title", "search_headings", "search_names", "category_title",
        "search_description",
    }
)  # fmt: skip
_ENDS = (".", "!", "?", ":", ";", ",", "。", "！", "？", "…")


class Part(NamedTuple):
    """A part of a text, and whether it was asked for."""

    text: str
    marked: bool


def text_of(page: Any) -> str:
    """Return the text of a page in one line, with a dot between what stands apart."""
    pieces: list[str] = []
    for field in page.get_search_fields():
        if isinstance(field, SearchField) and field.field_name not in _NOT_TEXT:
            pieces.extend(" ".join(piece.split()) for piece in flat(field.get_value(page)))
    text = ""
    for piece in filter(None, pieces):
        if len(text) > READ:
            break
        gap = "" if not text else " " if text.endswith(_ENDS) else " · "
        text += gap + piece
    return text[:READ]


def marked(text: str, terms: frozenset[str]) -> list[Part]:
    """Return a text in parts, the words that stand under one of the terms marked."""
    return _parts(text, list(marked_spans(text, terms)), 0, len(text))


def snippet(page: Any, terms: frozenset[str]) -> list[Part]:
    """Return what a result shows of a page.

    That is where most of the words stand together; without any in the text, the
    description, else how the text begins.
    """
    text = text_of(page)
    spans = list(marked_spans(text, terms))
    description = " ".join(str(page.search_description or "").split())
    if not spans and description:
        text, spans = description, list(marked_spans(description, terms))
    start = 0 if not spans else _best_start(text, spans)
    start, end = _between_words(text, start, start + LENGTH)
    parts = _parts(text, spans, start, end)
    before = [Part("… ", False)] if start else []
    after = [Part(" …", False)] if end < len(text) else []
    return [*before, *parts, *after]


def _best_start(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """Return where a window begins in which most different words stand."""
    best, best_count, first = spans[0][0], 0, 0
    for place, (start, _) in enumerate(spans):
        first = max(first, place)
        inside = {
            text[begin:end].casefold()
            for begin, end in spans[place : place + 20]
            if end <= start + LENGTH - BEFORE
        }
        if len(inside) > best_count:
            best, best_count = start, len(inside)
    return max(0, best - BEFORE)


def _between_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Move both ends of a window to blanks that are near; Chinese has none."""
    end = min(end, len(text))
    if start:
        blank = text.find(" ", start, start + 20)
        start = blank + 1 if blank >= 0 else start
    if end < len(text):
        blank = text.rfind(" ", max(start, end - 20), end)
        end = blank if blank >= 0 else end
    return start, end


def _parts(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> list[Part]:
    parts: list[Part] = []
    place = start
    for begin, finish in spans:
        if begin < place or finish > end:
            continue
        if begin > place:
            parts.append(Part(text[place:begin], False))
        parts.append(Part(text[begin:finish], True))
        place = finish
    if place < end:
        parts.append(Part(text[place:end], False))
    return parts
