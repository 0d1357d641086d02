"""Titles of files: the words of the first link that leads to each and says what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from content.library.file_titles import title_from_words
from content.search_text.texts import plain_words
from isomer.plan.model import PlannedMedia, PlannedPage

_IN_TEXT = re.compile(r'<a linktype="document" id="([^"]*)">(.*?)</a>', re.DOTALL)
# The parts beside a link that name it, in blocks and on items that lead on.
_NAMES = ("text", "link_text", "title", "name", "label")


def name_files(media: Iterable[PlannedMedia], pages: Iterable[PlannedPage]) -> None:
    """Give planned files their titles, in the order in which the pages were planned. The same
    bytes under one name are one file, so the first link to any of them counts."""
    planned = list(media)
    groups = {one.path: one.group for one in planned}
    titles: dict[tuple[bool, str], str] = {}
    for page in pages:
        for path, words in _links_in(page.content):
            group = groups.get(path)
            if group is not None and group not in titles and (title := title_from_words(words)):
                titles[group] = title
    for one in planned:
        one.title = titles.get(one.group, "")


def _links_in(content: Any) -> Iterator[tuple[str, str]]:
    """Yield ``(path, words)`` for each link to a file in resolved content."""
    if isinstance(content, list):
        for item in content:
            yield from _links_in(item)
    elif isinstance(content, dict):
        words = next((str(content[name]) for name in _NAMES if _is_words(content.get(name))), "")
        for name, value in content.items():
            if name == "$richtext":
                for path, inner in _IN_TEXT.findall(value):
                    yield unescape(path), plain_words(inner)
            elif (path := _document_of(value)) is not None:
                yield path, words
            else:
                yield from _links_in(value)


def _is_words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _document_of(value: Any) -> str | None:
    """Return the path of the file that a field or a link leads to."""
    if not isinstance(value, dict):
        return None
    target = value.get("document", value)
    path = target.get("$document") if isinstance(target, dict) else None
    return None if path is None else str(path)
