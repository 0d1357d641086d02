"""Values that look as if nobody had filled them in yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from content.page_data.placeholders import looks_like_placeholder

# What one entry of a list is called in messages.
_ONE_OF = {"sections": "section", "key_highlights": "highlight", "cards": "card"}


def placeholders(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield ``(place, value)`` for each placeholder in front matter, the place in plain words."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from placeholders(inner, f"{place}, {key}" if place else str(key))
    elif isinstance(value, list):
        one = _ONE_OF.get(place.rsplit(", ", 1)[-1], place)
        before = place[: -len(place.rsplit(", ", 1)[-1])]
        for number, inner in enumerate(value, 1):
            name = f"{before}{one} {number}"
            if one == "section" and isinstance(inner, dict) and len(inner) == 1:
                # As the converter names it: section 2 (infopic).
                [(kind, inner)] = inner.items()
                name = f"{name} ({kind})"
            yield from placeholders(inner, name)
    elif isinstance(value, str) and looks_like_placeholder(value):
        yield place, " ".join(value.split())
