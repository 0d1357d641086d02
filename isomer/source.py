"""What the first stage hands to the next: a source site as plain data.

Everything here is independent of Django and Wagtail. A :class:`SourceSite` is
complete (every file that could be read is in it) and clean (encoding and YAML
quirks have been dealt with), so later stages never open a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from isomer.messages import Message


class DocumentKind(StrEnum):
    """Where a document stands in the repository (format reference, 1.1)."""

    HOME = "home"
    PAGE = "page"
    COLLECTION = "collection"
    LOOSE = "loose"


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
    and ``subfolder`` are empty unless ``kind`` is ``COLLECTION``.
    """

    path: str
    kind: DocumentKind
    front_matter: Mapping[str, Any]
    body: str
    body_line: int = 1
    collection: str = ""
    subfolder: str = ""

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
    """A picture or file of the source: its public path and where it lies on disk."""

    path: str
    file: Path


@dataclass
class SourceSite:
    """A whole source: documents in source order, assets by public path, settings."""

    root: Path
    kind: SourceKind
    documents: list[SourceDocument] = field(default_factory=list)
    assets: dict[str, SourceAsset] = field(default_factory=dict)
    config: Mapping[str, Any] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
