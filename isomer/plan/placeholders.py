"""Values that look as if nobody had filled them in yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_PLACEHOLDER = re.compile(
    r"""
    ^(hero|infopic|infobar|image|button|card|subtitle|title)\s+
        (title|subtitle|description|text|alt\s+text)$
    | ^button\s+text$ | ^image\s+alt\s+text$ | ^alt\s+text$
    | \blorem\s+ipsum\b
    | \(sample\b[^)]*\) | ^sample\b
    | ^(insert|your|enter)\b.{0,40}\bhere\b
    | ^(tbc|tbd|to\ be\ confirmed|xxx+)$
    | ^https?://(www\.)?(google|gmail|example|facebook|test)\.(com|org|net)/?$
    | YourFBPage | yourpage\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def looks_like_placeholder(text: str) -> bool:
    """Tell whether a value was probably never meant to be published."""
    return bool(_PLACEHOLDER.search(text.strip()))


def placeholders(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield ``(place, value)`` for each placeholder in front matter, the place in plain words."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from placeholders(inner, f"{place}, {key}" if place else str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from placeholders(inner, f"{place} {number}")
    elif isinstance(value, str) and looks_like_placeholder(value):
        yield place, " ".join(value.split())
