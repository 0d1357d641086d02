"""Posts of resource rooms: where each leads, and how listings show them (reference, 1.4)."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from isomer.source import SourceDocument

if TYPE_CHECKING:
    from isomer.verify.fields import Writer

_WEB = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(/|$)")


def target_of(document: SourceDocument) -> str:
    """Return where a post leads that is a file or a link, ``""`` for an article."""
    external, file = document.text("external"), document.text("file_url")
    works = bool(_WEB.match(external)) or external.startswith("/")
    if external and (works or not file):
        return _with_scheme(external)
    if file:
        return _with_scheme(file)
    permalink = document.permalink
    return permalink if _WEB.match(permalink) else ""


def _with_scheme(address: str) -> str:
    return f"https://{address}" if _HOST.match(address) else address


def category_name(category: str) -> str:
    """Return a category as the old menus wrote it (format reference, 5.1)."""
    words = re.split(r"[-_\s]+", category.rsplit("/", 1)[-1])
    return " ".join(word.capitalize() for word in words if word)


def written_day(day: datetime.date) -> str:
    """Return a day as the site writes it."""
    return f"{day.day} {day:%B} {day.year}"


@dataclass(frozen=True)
class Post:
    """An item of a listing. ``address`` is where its title leads."""

    document: SourceDocument
    title: str
    address: str

    def write(self, writer: Writer, level: int) -> None:
        """Add the item as a card: category, title with its link, day."""
        category, day = self.document.category, self.document.day
        if category:
            writer.words(category_name(category))
        writer.words(self.title, heading=level, address=self.address)
        if day is not None:
            writer.words(written_day(day))
