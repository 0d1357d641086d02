"""Numbers of things in sentences for people."""

from __future__ import annotations


def counted(number: float, noun: str, many: str = "") -> str:
    """Return ``"1 file"`` or ``"1,200 files"``; ``many`` is a plural that takes more than an s."""
    return f"1 {noun}" if number == 1 else f"{number:,} {many or noun + 's'}"
