"""What a rule and a message are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a message matters, most serious first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Topic(StrEnum):
    """What whoever takes over a site asks first. The value is the question's short form."""

    LINKS = "Links that lead nowhere"
    MEDIA = "Missing pictures and files"
    LEFT_OUT = "Documents left out"
    ALT_TEXT = "Pictures without alternative text"
    EMBED_TITLE = "Films and frames without a title"
    EMBED_HOSTS = "Hosts of embedded content to decide on"
    DESCRIPTION = "Pages without a description"


@dataclass(frozen=True)
class Rule:
    """One kind of message.

    ``title`` names the finding, ``advice`` is the sentence that tells the
    reader what to do (or that nothing needs doing). ``for_officer`` says that it
    is mended at the source or in the command, not in the admin; ``topic`` is the
    question of the summary that it answers, if any. With ``by_document`` a text means
    something for its own document only, so that the same text of others is not folded.
    """

    code: str
    level: Level
    title: str
    advice: str
    for_officer: bool = False
    topic: Topic | None = None
    by_document: bool = False

    @property
    def who(self) -> str:
        """Who acts: ``"officer"`` (whoever runs the import), ``"editor"`` or ``"nobody"``."""
        if self.level is Level.INFO:
            return "nobody"
        return "officer" if self.for_officer else "editor"
