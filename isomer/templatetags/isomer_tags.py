"""Filters of this room's templates."""

from __future__ import annotations

from datetime import datetime

from django import template

register = template.Library()


@register.filter
def when(text: str) -> str:
    """Return a moment in ISO 8601 as people write it, with the time zone's offset.

    Raises:
        ValueError: if it is no moment; templates hand over what the views wrote themselves.
    """
    moment = datetime.fromisoformat(text)
    return f"{moment.day} {moment:%B %Y, %H:%M} (UTC{moment.isoformat()[-6:]})"


@register.filter
def full_stop(text: str) -> str:
    """Return the full stop that a sentence needs after words, ``""`` if they end with one."""
    return "" if text.endswith((".", "…", "!", "?")) else "."
