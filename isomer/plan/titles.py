"""Titles of pages, sections and groups as plain text."""

from __future__ import annotations

from isomer.convert.front_matter.homepage import plain
from isomer.messages import Message
from isomer.messages.wording import in_words


def plain_title(value: object, path: str, field: str, messages: list[Message]) -> str:
    """Return a front matter value as a title: one line of plain text, ``""`` when there is none.

    A value that is no text at all is named in a message.
    """
    if isinstance(value, (list, dict)) and value:
        messages.append(Message("field-left-out", path, in_words(value)[:200], field))
    return " ".join(plain(value).split())
