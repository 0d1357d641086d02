"""Resource rooms: their pages, and what a post becomes (format reference, 1.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from isomer.plan.limits import with_scheme
from isomer.source import SourceDocument

_WEB_ADDRESS = re.compile(r"(?:https?:)?//", re.IGNORECASE)


def room_key(room: str, category: str = "") -> str:
    """Return the key of a room's page, or of a category's."""
    return f"room {room}/{category}" if category else f"room {room}"


def menu_title(category: str) -> str:
    """Return a category's name as the old menus wrote it: its folder's words, each with a
    capital (format reference, 5.1)."""
    words = category.rsplit("/", 1)[-1].replace("-", " ").replace("_", " ").split()
    return " ".join(word.capitalize() for word in words)


@dataclass(frozen=True)
class PostTarget:
    """Where a post that is a file or link leads; ``field`` names the front matter key.

    ``unused`` are the addresses that the old site wrote but never followed.
    """

    address: str
    field: str
    unused: tuple[tuple[str, str], ...] = ()


def post_target(document: SourceDocument) -> PostTarget | None:
    """Return where a post leads, ``None`` if it is an article.

    External address, else file, else a permalink that is an address of another
    site. An external address without a scheme never worked on the old site: the
    file is taken if there is one, else the scheme is added.
    """
    external, file = document.text("external"), document.text("file_url")
    permalink = document.permalink
    if external and (_WEB_ADDRESS.match(external) or external.startswith("/") or not file):
        unused = (("file_url", file),) if file and file != external else ()
        return PostTarget(with_scheme(external), "external", unused)
    if file:
        unused = (("external", external),) if external else ()
        return PostTarget(with_scheme(file), "file_url", unused)
    if _WEB_ADDRESS.match(permalink):
        return PostTarget(permalink, "permalink")
    return None
