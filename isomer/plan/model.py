"""What a plan is made of, and what it is compared with. Plain data, no database."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

from content.library.media_kinds import Inspected
from isomer.messages import Message
from isomer.source import SourceAsset

HOME_KEY = "home"


class Action(StrEnum):
    """What a run does with one object."""

    CREATE = "create"
    UPDATE = "update"
    KEEP = "keep"
    LEAVE = "leave"


@dataclass(frozen=True)
class PresentObject:
    """An object that an earlier import made.

    ``content`` is what was imported then, and ``references`` the ids that stood
    in it, by kind and key (``"page about.md"``, ``"media /images/a.png"``).
    ``edited`` says that a person changed it since, ``exists`` that it is still there, ``lost``
    that it is there but its stored file is not.
    """

    key: str
    object_id: int
    content: dict[str, Any]
    address: str = ""
    edited: bool = False
    exists: bool = True
    lost: bool = False
    references: dict[str, int | None] = field(default_factory=dict)


@dataclass
class PresentSite:
    """What is there before the run.

    ``pages`` and ``settings`` go by key; ``media`` by public path, each with what
    :func:`isomer.plan.media.media_content` says and, as ``address``, the
    normalised path at which it answers; ``targets`` are the pages that were not
    imported, as ``{normalised path: page id}``, ``holders`` those of them at whose
    path no other page can live, as ``{normalised path: title}``. ``home_id`` is the
    site's home page if it has one. ``same_source`` says that the last run read the
    same folder. ``embed_hosts`` are the listed hosts of embedded content, and whether
    somebody has decided about each. ``redirects`` are those of earlier imports by normalised
    path, ``other_redirects`` the paths of all others.
    """

    pages: dict[str, PresentObject] = field(default_factory=dict)
    settings: dict[str, PresentObject] = field(default_factory=dict)
    media: dict[str, PresentObject] = field(default_factory=dict)
    targets: dict[str, int] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)
    home_id: int | None = None
    edited_settings: frozenset[str] = frozenset()
    same_source: bool = False
    embed_hosts: dict[str, bool] = field(default_factory=dict)
    redirects: dict[str, PresentObject] = field(default_factory=dict)
    other_redirects: frozenset[str] = frozenset()


@dataclass
class PlannedPage:
    """A page or section and what is to happen to it.

    ``key`` is the source path of a document, or names a section or the home page;
    ``source`` is the document's path in any case. ``parent`` is
    the key of the page above; ``""`` for the home page. ``content`` holds the
    fields to write, JSON-like: ``{"$page": key}``, ``{"$picture": path}``,
    ``{"$document": path}`` and ``{"$richtext": html}`` stand where ids are not
    known yet. ``live`` among them says whether visitors see the page, ``$place``
    where it was to stand and as what; neither is a field. ``adopts`` is the key
    under which an earlier import knew the page.
    """

    key: str
    parent: str
    page_type: str
    slug: str
    content: dict[str, Any]
    source: str = ""
    is_section: bool = False
    action: Action = Action.CREATE
    page_id: int | None = None
    adopts: str = ""

    @property
    def title(self) -> str:
        """The title that the page will show."""
        return str(self.content.get("whole_title", self.content["title"]))

    @property
    def live(self) -> bool:
        """Whether visitors are to see the page."""
        return self.content.get("live") is not False


def group_of(path: str, is_picture: bool, digest: str) -> tuple[bool, str]:
    """Return what files share that are one object: whether they are pictures, and their bytes.

    Files for download share their name, too, since visitors save them under it.
    """
    return is_picture, digest if is_picture else f"{digest} {PurePosixPath(path).name}"


@dataclass
class PlannedMedia:
    """A picture or file and what is to happen to it.

    ``CREATE`` makes an object, one for all paths with the same bytes; ``UPDATE``
    replaces the file of ``object_id``; ``KEEP`` leads to ``object_id`` as it is;
    ``LEAVE`` respects what a person did. ``folder`` are the folders that its
    collection mirrors. ``becomes_used`` says that it was unused so far,
    ``is_recorded`` that nothing about its path needs to be written. ``title`` is what links
    call a file, ``""`` if none says it.
    """

    path: str
    asset: SourceAsset
    what: Inspected
    action: Action = Action.CREATE
    object_id: int | None = None
    folder: tuple[str, ...] = ()
    used: bool = True
    becomes_used: bool = False
    is_recorded: bool = False
    title: str = ""

    @property
    def group(self) -> tuple[bool, str]:
        """What the object holds, :func:`group_of`."""
        return group_of(self.path, self.what.is_picture, self.what.digest)


@dataclass
class PlannedSetting:
    """A site setting, menu or footer by model name, and the values to write."""

    name: str
    content: dict[str, Any]
    action: Action = Action.CREATE
    object_id: int | None = None


@dataclass
class PlannedRedirect:
    """A redirect by its normalised path, and the values to write."""

    path: str
    content: dict[str, Any]
    action: Action = Action.CREATE
    object_id: int | None = None


@dataclass
class Plan:
    """Everything that a run will do, in order, and everything it has to say.

    ``embed_hosts`` are those to list for a site manager's decision. ``before`` holds the
    imported content that each updated page or setting is compared with, by key or name.
    """

    pages: list[PlannedPage] = field(default_factory=list)
    media: list[PlannedMedia] = field(default_factory=list)
    settings: list[PlannedSetting] = field(default_factory=list)
    redirects: list[PlannedRedirect] = field(default_factory=list)
    embed_hosts: list[str] = field(default_factory=list)
    before: dict[str, dict[str, Any]] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """The hash of what the plan does (SHA-256, hexadecimal)."""
        return content_hash({"steps": self.steps})

    @property
    def steps(self) -> dict[str, str]:
        """The hash of what happens to each object, by a name that says what it is."""
        steps: dict[str, Any] = {}
        for page in self.pages:
            place = (page.parent, page.page_type, page.slug, page.adopts)
            steps[f"page {page.key}"] = [page.action, page.page_id, *place, page.content]
        for media in self.media:
            what = (media.group, media.used, media.folder, media.is_recorded)
            steps[f"file {media.path}"] = [media.action, media.object_id, *what]
        for setting in self.settings:
            steps[f"setting {setting.name}"] = [setting.action, setting.object_id, setting.content]
        for redirect in self.redirects:
            what_it_does = [redirect.action, redirect.object_id, redirect.content]
            steps[f"redirect {redirect.path}"] = what_it_does
        for host in self.embed_hosts:
            steps[f"host {host}"] = []
        return {name: content_hash({"step": step}) for name, step in steps.items()}


def content_hash(content: dict[str, Any]) -> str:
    """Return the SHA-256 of JSON-like content, the same whatever the order of its keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
