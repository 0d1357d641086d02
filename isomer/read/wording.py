"""Small helpers for the sentences of messages."""

from __future__ import annotations

from collections.abc import Sequence

NAMES_SHOWN = 10


def counted(count: int, noun: str) -> str:
    """Return ``"1 file"`` or ``"2 files"``."""
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"


def listed(names: Sequence[str], shown: int = NAMES_SHOWN) -> str:
    """Return the first names, separated by commas, and how many more there are."""
    more = len(names) - shown
    return ", ".join(names[:shown]) + (f" and {more} more" if more > 0 else "")
