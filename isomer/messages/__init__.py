"""Messages of an import, and the rules that they follow.

A message says what was found and where; its rule says, in one plain sentence,
what to do about it. Rules are data, a module for each stage, so that the terminal,
the admin and the documentation all show the same words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from isomer.messages.applying import APPLYING
from isomer.messages.content import CONTENT
from isomer.messages.media import MEDIA
from isomer.messages.planning import PLANNING
from isomer.messages.reading import READING
from isomer.messages.rule import Level, Rule, Topic
from isomer.messages.wording import in_words

__all__ = [
    "RULES",
    "Level",
    "Message",
    "Rule",
    "Topic",
    "by_importance",
    "in_words",
]

RULES: dict[str, Rule] = {
    rule.code: rule for rule in (*READING, *PLANNING, *CONTENT, *MEDIA, *APPLYING)
}
_POSITIONS = {code: number for number, code in enumerate(RULES)}


@dataclass(frozen=True)
class Message:
    """One finding. ``path`` is a source path, ``place`` a line or a field in it.

    ``count`` is how many things it speaks of, such as the pictures of one page.
    """

    rule: str
    path: str
    text: str
    place: str = ""
    count: int = 1

    @property
    def level(self) -> Level:
        return RULES[self.rule].level


def by_importance(messages: Iterable[Message]) -> list[Message]:
    """Return messages with errors first, then in the order of the rules, else in their own.

    The rules stand in the order in which they are best worked off: what was not read
    may explain what is missing later.
    """
    levels = list(Level)
    return sorted(
        messages,
        key=lambda message: (levels.index(message.level), _POSITIONS[message.rule]),
    )
