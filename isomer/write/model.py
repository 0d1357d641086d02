"""A site as plain data, on its way into a repository. No database.

What points to a page, file or picture is written as an address already
(:mod:`isomer.convert.values`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, Protocol

from isomer.write.messages import Finding


class Stored(Protocol):
    """The bytes of a picture or file, wherever they are kept."""

    def open(self) -> IO[bytes]:
        """Open the bytes for reading."""


@dataclass
class SitePage:
    """A page: ``path`` is where visitors find it, ``address`` what was chosen for that, ``""``
    for its place in the tree. ``source`` is the key under which an import knows the page.

    ``fields`` are those of its own type, ``title``, ``description`` and the like beside them.
    ``is_waiting`` says that it is to be published later, ``has_changes`` that editors have
    saved more than visitors see.
    """

    id: int
    type: str
    title: str
    slug: str
    path: str
    address: str = ""
    source: str = ""
    live: bool = True
    is_waiting: bool = False
    has_changes: bool = False
    seo_title: str = ""
    description: str = ""
    in_menus: bool = False
    fields: dict[str, Any] = field(default_factory=dict)
    children: list[SitePage] = field(default_factory=list)

    def walk(self) -> Iterator[SitePage]:
        """Yield the page and all below it, in the order of the tree."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class SiteMedia:
    """A picture or file at its path, such as ``/images/a.png``."""

    path: str
    is_picture: bool
    stored: Stored


@dataclass(frozen=True)
class SiteRedirect:
    """A redirect of a path to an address."""

    path: str
    target: str
    permanent: bool


@dataclass
class SiteState:
    """A whole site. Settings, menu and footer are ``None`` where the site has none.

    ``gathered`` says when, for posts that wait for their day.
    """

    url: str
    home: SitePage
    gathered: datetime.datetime
    identity: dict[str, Any] | None = None
    notification: dict[str, Any] | None = None
    menu: dict[str, Any] | None = None
    footer: dict[str, Any] | None = None
    media: list[SiteMedia] = field(default_factory=list)
    redirects: list[SiteRedirect] = field(default_factory=list)
    # What each setting says as long as nobody fills it in, by its model's name.
    defaults: dict[str, dict[str, Any]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class DocumentPlace:
    """Where a page goes: ``path`` is that of its document, ``""`` for a folder without one;
    ``key`` that under which an import will know it."""

    path: str
    key: str
    collection: str = ""
    group: str = ""
    room: str = ""
    category: str = ""


@dataclass
class ExportPlan:
    """The files of a repository: texts by path, media by path, and what is to be said."""

    texts: dict[str, str] = field(default_factory=dict)
    media: dict[str, SiteMedia] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
