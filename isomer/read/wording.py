"""Small helpers for the sentences of messages."""

from __future__ import annotations

from collections.abc import Sequence

NAMES_SHOWN = 10


def listed(names: Sequence[str], shown: int = NAMES_SHOWN) -> str:
    """Return the first names, separated by commas, and how many more there are."""
    more = len(names) - shown
    return ", ".join(names[:shown]) + (f" and {more} more" if more > 0 else "")
