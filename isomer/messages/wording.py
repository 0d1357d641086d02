"""Values of the source in words, for messages."""

from __future__ import annotations

from collections.abc import Mapping


def in_words(value: object) -> str:
    """Return a value of the source as a person would write it down.

    ``["a", "b"]`` gives ``"a, b"``, ``{"title": "A", "url": ""}`` gives ``"title: A"``, and
    ``True`` gives ``"true"``, as the source has it. Nothing and empty values give ``""``.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        parts = ((str(name), in_words(inner)) for name, inner in value.items())
        return "; ".join(f"{name}: {words}" for name, words in parts if words)
    if isinstance(value, list | tuple | set | frozenset):
        # Entries with names of their own are told apart by another sign.
        separator = " / " if any(isinstance(inner, Mapping) for inner in value) else ", "
        return separator.join(words for inner in value if (words := in_words(inner)))
    return str(value)
