"""Titles of pages, sections and groups: plain text that fits."""

from __future__ import annotations

from isomer.convert.front_matter.homepage import plain
from isomer.messages import Message
from isomer.messages.wording import in_words

# As many characters as Wagtail's title field holds.
MAXIMUM_TITLE = 255


def plain_title(value: object, path: str, field: str, messages: list[Message]) -> str:
    """Return a front matter value as a title: one line of plain text, ``""`` when there is none.

    What does not fit, and a value that is no text at all, is named in a message.
    """
    if isinstance(value, (list, dict)) and value:
        messages.append(Message("field-left-out", path, in_words(value)[:200], field))
    title = " ".join(plain(value).split())
    if len(title) > MAXIMUM_TITLE:
        messages.append(Message("field-left-out", path, title[MAXIMUM_TITLE:], f"end of {field}"))
        title = title[:MAXIMUM_TITLE].strip()
    return title
