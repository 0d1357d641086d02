"""What a plan is made of, and what it is compared with. Plain data, no database."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

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

    ``content`` is what was imported then. ``edited`` says that a person changed
    it since, ``exists`` that it is still there.
    """

    key: str
    object_id: int
    content: dict[str, Any]
    address: str = ""
    edited: bool = False
    exists: bool = True


@dataclass
class PresentSite:
    """What is there before the run.

    ``pages`` and ``settings`` go by key; ``pictures`` by public path, each with
    the hash of its bytes in ``content["hash"]``; ``targets`` are the pages that
    were not imported, as ``{normalised path: page id}``; ``holders`` those of them
    at whose path no other page can live, as ``{normalised path: title}``.
    ``home_id`` is the site's home page if it has one. ``same_source`` says that the
    last run read the same folder.
    """

    pages: dict[str, PresentObject] = field(default_factory=dict)
    settings: dict[str, PresentObject] = field(default_factory=dict)
    pictures: dict[str, PresentObject] = field(default_factory=dict)
    targets: dict[str, int] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)
    home_id: int | None = None
    edited_settings: frozenset[str] = frozenset()
    same_source: bool = False


@dataclass
class PlannedPage:
    """A page or section and what is to happen to it.

    ``key`` is the source path of a document, or names a section or the home page;
    ``source`` is the document's path in any case. ``parent`` is
    the key of the page above; ``""`` for the home page. ``content`` holds the
    fields to write, JSON-like: ``{"$page": key}``, ``{"$picture": path}`` and
    ``{"$richtext": html}`` stand where ids are not known yet. ``live`` among them
    says whether visitors see the page, ``$place`` where it was to stand and as
    what; neither is a field. ``adopts`` is the key under which an earlier import
    knew the page.
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
    def live(self) -> bool:
        """Whether visitors are to see the page."""
        return self.content.get("live") is not False


@dataclass
class PlannedPicture:
    """A picture to bring into the library; ``digest`` is the SHA-1 of its bytes."""

    path: str
    asset: SourceAsset
    digest: str
    action: Action = Action.CREATE
    object_id: int | None = None


@dataclass
class PlannedSetting:
    """A site setting by model name, and the values to write."""

    name: str
    content: dict[str, Any]
    action: Action = Action.CREATE


@dataclass
class Plan:
    """Everything that a run will do, in order, and everything it has to say."""

    pages: list[PlannedPage] = field(default_factory=list)
    pictures: list[PlannedPicture] = field(default_factory=list)
    settings: list[PlannedSetting] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """The hash of what the plan does (SHA-256, hexadecimal)."""
        steps = [
            [(page.key, page.parent, page.action, page.content) for page in self.pages],
            [(picture.path, picture.action, picture.digest) for picture in self.pictures],
            [(setting.name, setting.action, setting.content) for setting in self.settings],
        ]
        return content_hash({"steps": steps})


def content_hash(content: dict[str, Any]) -> str:
    """Return the SHA-256 of JSON-like content, the same whatever the order of its keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
