"""Pictures of the old site: how wide each was shown, and how those of other sites are called."""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4.element import Tag

from content.library.file_titles import says_something
from content.markup.html_tree import attribute, line_attribute
from content.markup.links import host_of, is_elsewhere, is_safe_address

Fetched = Callable[[str], str]
_PER_CENT = re.compile(r"(\d{1,3})(?:\.\d+)?%")
_PIXELS = re.compile(r"(\d{1,5})(?:\.\d+)?(?:px)?")
_STYLED = re.compile(r"(?:^|;)\s*(?:max-)?width:\s*([^;!]+)", re.IGNORECASE)


def not_fetched(address: str) -> str:
    """Say that no picture of another site was brought."""
    return ""


def name_pictures_elsewhere(tree: Tag) -> None:
    """Give each picture of another site the words of the link that stands in its place.

    Its own words if they say something, else its number among such pictures and its host: most
    names of files there are letters without a meaning.
    """
    number = 0
    for tag in tree.find_all("img"):
        source = attribute(tag, "src")
        if is_elsewhere(source) and is_safe_address(source):
            number += 1
            own = (line_attribute(tag, key) for key in ("alt", "title"))
            words = next(filter(says_something, own), "")
            tag["alt"] = words or f"Picture {number}, on {host_of(source)}"


def width_in_per_cent(tag: Tag) -> int | None:
    """Return a picture's width in per cent of the column, ``None`` for the full width or one in
    pixels.

    The style is what the old editor set; its width attribute always said 100 % (format
    reference, 6.2).
    """
    given = _given(tag, _PER_CENT)
    return given if given is not None and 5 <= given < 100 else None


def width_in_pixels(tag: Tag) -> int | None:
    """Return a picture's width where hand-written markup gives it in pixels (format reference,
    6.3), ``None`` where it does not."""
    if _given(tag, _PER_CENT) not in (None, 100):
        return None
    given = _given(tag, _PIXELS)
    return given or None


def _given(tag: Tag, form: re.Pattern[str]) -> int | None:
    written = [match.strip() for match in _STYLED.findall(attribute(tag, "style"))]
    for value in [*written, attribute(tag, "width")]:
        if found := form.fullmatch(value):
            return int(found[1])
    return None
