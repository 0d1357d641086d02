"""What the first stage hands to the next: a source site as plain data.

Everything here is independent of Django and Wagtail. A :class:`SourceSite` is
complete (every file that could be read is in it) and clean (encoding and YAML
quirks have been dealt with), so later stages never open a file.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

from isomer.messages import Message


class DocumentKind(StrEnum):
    """Where a document stands in the repository (format reference, 1.1)."""

    HOME = "home"
    PAGE = "page"
    COLLECTION = "collection"
    ROOM = "room"
    CATEGORY = "category"
    POST = "post"
    LOOSE = "loose"


class Generation(StrEnum):
    """Which of the two generations of the old theme a site was made for (reference, 0)."""

    V1 = "v1"
    V2 = "v2"


class NavigationKind(StrEnum):
    """What decides where a menu entry leads (format reference, 5.1)."""

    COLLECTION = "collection"
    LINKS = "links"
    RESOURCE_ROOM = "resource_room"
    LINK = "link"


class NavigationLink(NamedTuple):
    """A title and an address as they stand in the source."""

    title: str
    url: str


@dataclass(frozen=True)
class NavigationEntry:
    """One entry of a menu.

    ``url`` is where the entry itself leads, if the source says so;
    ``collection`` is a collection's name, only if ``kind`` is ``COLLECTION``;
    ``links`` are the entries below, only if ``kind`` is ``LINKS``.
    """

    title: str
    kind: NavigationKind
    url: str = ""
    collection: str = ""
    links: tuple[NavigationLink, ...] = ()


class Footer(TypedDict):
    """What the footer says (format reference, 5.2); every key is always there.

    ``navlinks`` is the menu that the footer has instead of the site's own, if
    it has one; ``social_media`` holds addresses by the name of the service.
    """

    contact_us: str
    faq: str
    feedback: str
    privacy_policy: str
    terms_of_use: str
    copyright_agency: str
    show_reach: bool
    links: list[NavigationLink]
    navlinks: list[NavigationEntry]
    social_media: dict[str, str]


def empty_footer() -> Footer:
    """Return the footer of a source that says nothing about one."""
    return Footer(
        contact_us="",
        faq="",
        feedback="",
        privacy_policy="",
        terms_of_use="",
        copyright_agency="",
        show_reach=False,
        links=[],
        navlinks=[],
        social_media={},
    )


class Redirect(NamedTuple):
    """A redirect of the old host: path on the site, where it leads, HTTP status."""

    source: str
    target: str
    status: int


@dataclass(frozen=True)
class ResourceRoom:
    """A resource room: its folder, and the folders of its categories, sorted.

    A category is listed whether it has an index page, posts, or neither.
    """

    name: str
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Commit:
    """The state of a checkout. ``date`` has a time zone; ``None`` if it is not known.

    ``is_clean`` is false when files differ from the commit.
    """

    hash: str
    date: datetime.datetime | None
    is_clean: bool

    @property
    def label(self) -> str:
        """The commit in one word, and whether it alone says what was read."""
        return self.hash if self.is_clean else f"{self.hash} + changes"


class SourceKind(StrEnum):
    """Whether the source is a repository or a flat folder of documents."""

    REPOSITORY = "repository"
    LOOSE = "loose"


@dataclass(frozen=True)
class SourceDocument:
    """One document: front matter as data and the body as text.

    ``path`` is relative to the source folder, with forward slashes. ``body``
    has line feeds only. ``body_line`` is the line of the file (from 1) on
    which the body begins, so that a message can name a line. ``collection``
    and ``subfolder`` are empty unless ``kind`` is ``COLLECTION``; ``room`` and
    ``category`` are folder names, empty outside a resource room (a category
    below another is ``"above/below"``).

    ``date`` is the front matter's, else for a post the one in its file name; a
    moment always has a time zone. ``slug`` (as in the default address) and
    ``type_token`` (``"post"``, ``"file"``, ``"link"`` or ``""``) come from the
    file name of a post (format reference, 1.4).
    """

    path: str
    kind: DocumentKind
    front_matter: Mapping[str, Any]
    body: str
    body_line: int = 1
    collection: str = ""
    subfolder: str = ""
    room: str = ""
    category: str = ""
    date: datetime.date | datetime.datetime | None = None
    slug: str = ""
    type_token: str = ""
    generation: Generation = Generation.V2

    @property
    def published(self) -> bool:
        """Say whether the front matter lets the document be published.

        The old site hid a document whose ``published`` was false or empty, not one with a zero
        (format reference, 1.2).
        """
        value = self.front_matter.get("published", True)
        return value is not False and value is not None

    @property
    def permalink(self) -> str:
        """Return the address that is written, ``""`` if there is none."""
        return self.text("permalink")

    @property
    def day(self) -> datetime.date | None:
        """Return the day of :attr:`date` as it is written, in the date's own time zone."""
        return self.date.date() if isinstance(self.date, datetime.datetime) else self.date

    @property
    def group(self) -> str:
        """Return the title of the group in the side navigation, ``""`` outside any.

        The first generation of the theme used another key (reference, 4.1 and 9).
        """
        group = self.text("third_nav_title")
        if not group and self.generation is Generation.V1:
            group = self.text("second_nav_title")
        return group

    def text(self, key: str) -> str:
        """Return a front matter value as stripped text, ``""`` when absent or null.

        Numbers and dates become their usual written form; lists and mappings
        are not text and give ``""``.
        """
        value = self.front_matter.get(key)
        if value is None or isinstance(value, (list, dict)):
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value).strip()


@dataclass(frozen=True)
class SourceAsset:
    """A picture or file of the source: its public path and where it lies on disk.

    ``fetched_from`` is the address of one that was brought from another site.
    """

    path: str
    file: Path
    fetched_from: str = ""

    @property
    def size(self) -> int:
        """The number of bytes, -1 for a file that is not there any more."""
        try:
            return self.file.stat().st_size
        except OSError:
            return -1


@dataclass
class SourceSite:
    """A whole source: documents in source order, assets by public path, settings.

    ``future`` says that documents dated in the future were published. ``homepage``
    and ``contact`` are the data files of the first generation of the theme, as
    written. ``colours`` holds ``"primary"`` and ``"secondary"`` as ``"#rrggbb"``
    where the source names them. ``changed`` is the time of the last commit by
    source path, empty when that is not known. ``first_commit`` is the hash with which the history
    begins, ``""`` when that is not known. ``only`` is the path of the one document that is asked
    for, if the rest was read to know what belongs to it. ``fetched`` are pictures of other sites,
    by the public path that they get; they are no part of the source. ``today`` is the day as of
    which templates in bodies list posts.
    """

    root: Path
    kind: SourceKind
    documents: list[SourceDocument] = field(default_factory=list)
    assets: dict[str, SourceAsset] = field(default_factory=dict)
    config: Mapping[str, Any] = field(default_factory=dict)
    generation: Generation = Generation.V2
    future: bool = False
    rooms: list[ResourceRoom] = field(default_factory=list)
    navigation: list[NavigationEntry] = field(default_factory=list)
    logo: str = ""
    footer: Footer = field(default_factory=empty_footer)
    homepage: Mapping[str, Any] = field(default_factory=dict)
    contact: Mapping[str, Any] = field(default_factory=dict)
    colours: dict[str, str] = field(default_factory=dict)
    redirects: list[Redirect] = field(default_factory=list)
    commit: Commit | None = None
    first_commit: str = ""
    changed: Mapping[str, datetime.datetime] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    only: str = ""
    fetched: dict[str, SourceAsset] = field(default_factory=dict)
    today: datetime.date = field(default_factory=datetime.date.today)

    @property
    def wanted(self) -> list[SourceDocument]:
        """The documents that are asked for: all, or the one that :attr:`only` names."""
        return [one for one in self.documents if self.only in ("", one.path)]

    def waits(self, document: SourceDocument, today: datetime.date) -> bool:
        """Tell whether the old site held a document back until its day, as it did with posts and
        the documents of collections (format reference, 1.2)."""
        dated = document.kind in (DocumentKind.POST, DocumentKind.COLLECTION)
        return dated and not self.future and document.day is not None and document.day > today

    @property
    def digest(self) -> str:
        """The SHA-256 of what was read, hexadecimal: equal for sources that say the same.

        Pictures and files count by path and size. Where the folder lies, and what its history
        says, does not count.
        """
        documents = [
            (one.path, sorted(one.front_matter.items(), key=str), one.body) for one in self.wanted
        ]
        if self.only:
            return hashlib.sha256(repr(documents).encode()).hexdigest()
        files = [(path, asset.size) for path, asset in sorted(self.assets.items())]
        data = (self.config, self.navigation, self.footer, self.homepage, self.contact)
        return hashlib.sha256(repr((documents, files, data)).encode()).hexdigest()
