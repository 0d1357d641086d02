"""Takes values out of a data file; what has the wrong type becomes a message with its key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from content.counting import counted
from isomer.messages import Message

TRUE_WORDS = frozenset({"true", "yes", "on", "1"})
FALSE_WORDS = frozenset({"", "false", "no", "off", "0"})
MAX_UNKNOWN_KEYS = 20
NAMES_SHOWN = 10


class ValueReader:
    """Reads values of one file. ``place`` is the key above, such as ``"links 2"``."""

    def __init__(self, messages: list[Message], path: str) -> None:
        self.messages = messages
        self.path = path

    def text(self, data: Mapping[str, Any], key: str, place: str = "") -> str:
        """Return a value as stripped text, ``""`` when it is absent, null or no text."""
        value = data.get(key)
        if value is None or value is False:
            return ""
        if isinstance(value, str | int | float | date) and not isinstance(value, bool):
            return str(value).strip()
        self.refuse(self.joined(place, key), f"{_kind(value)} stands where a text is expected.")
        return ""

    def flag(self, data: Mapping[str, Any], key: str, place: str = "") -> bool:
        """Return a truth value, false when it is absent or neither true nor false."""
        value = data.get(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        word = str(value).strip().lower() if isinstance(value, str | int) else "?"
        if word not in TRUE_WORDS | FALSE_WORDS:
            text = f"{_kind(value)} stands where true or false is expected."
            self.refuse(self.joined(place, key), text)
        return word in TRUE_WORDS

    def mapping(self, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        """Return a mapping, ``{}`` when it is absent, null or something else."""
        value = data.get(key)
        if isinstance(value, dict):
            return value
        if value not in (None, "", [], False):
            self.refuse(key, f"{_kind(value)} stands where named values are expected.")
        return {}

    def items(self, value: Any, place: str) -> list[Any]:
        """Return a list, ``[]`` for nothing or for something else."""
        if isinstance(value, list):
            return value
        if value not in (None, "", {}, False):
            self.refuse(place, f"{_kind(value)} stands where a list is expected.")
        return []

    def unknown(self, data: Mapping[str, Any], known: Iterable[str], place: str = "") -> None:
        """Name the keys of ``data`` that are not ``known`` and hold something."""
        keys = [
            key for key in data if key not in set(known) and data[key] not in (None, "", [], {})
        ]
        for key in keys[:MAX_UNKNOWN_KEYS]:
            text = f"“{key}: {_shortened(data[key])}” was left out."
            self._add("data-key-unknown", self.joined(place, key), text)
        if len(keys) > MAX_UNKNOWN_KEYS:
            text = counted(
                len(keys) - MAX_UNKNOWN_KEYS,
                "more key here is unknown and was left out.",
                "more keys here are unknown and were left out.",
            )
            self._add("data-key-unknown", place, text)

    def refuse(self, place: str, text: str) -> None:
        """Add a message about the value at ``place``."""
        self._add("data-value-invalid", place, text)

    def joined(self, place: str, key: str) -> str:
        """Return the place of a key below another: ``"links 2 title"``."""
        return f"{place} {key}".strip()

    def _add(self, rule: str, place: str, text: str) -> None:
        self.messages.append(Message(rule, self.path, text, place))


def _kind(value: Any) -> str:
    if isinstance(value, list):
        return "A list"
    if isinstance(value, dict):
        return "A group of keys"
    return f"“{_shortened(value)}”"


def _shortened(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:60] + "…"


def listed(names: Sequence[str], shown: int = NAMES_SHOWN) -> str:
    """Return the first names, separated by commas, and how many more there are."""
    more = len(names) - shown
    return ", ".join(names[:shown]) + (f" and {more} more" if more > 0 else "")
