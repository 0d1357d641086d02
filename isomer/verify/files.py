"""What became of each file of a source: nothing of a repository may be missing in silence."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from isomer.read import DOCUMENT_SUFFIXES, MEDIA_FOLDERS, MEDIA_SUFFIXES, Publication
from isomer.source import SourceKind, SourceSite
from isomer.verify.jekyll import Site as JekyllSite

# Kept by git for itself; no file of a site.
GIT = ".git"
SETTINGS = frozenset({"_config.yml", "_redirects", "_headers", "netlify.toml"})
COLLECTION_SETTINGS = "collection.yml"
FOLDERS_OF_JEKYLL = ("_data", "_includes", "_layouts", "_sass", "_plugins")
STYLES = (".css", ".scss", ".sass", ".js", ".map", ".woff", ".woff2", ".ttf", ".eot", ".otf")
ABOUT_THE_REPOSITORY = frozenset(
    {
        "404", "build", "changelog", "code-of-conduct", "code_of_conduct", "codeowners",
        "contributing", "dockerfile", "docker-compose", "gemfile", "licence", "license", "makefile",
        "package", "package-lock", "rakefile", "readme", "yarn",
    }
)  # fmt: skip
SYSTEM_FOLDER = "misc"
# Messages in neither list do not mean that a file was left out.
LEFT_OUT = frozenset(
    {
        "archive-entry-left-out", "custom-css", "data-file-not-read", "file-not-text",
        "file-outside-source", "file-too-large", "file-unreadable", "front-matter-missing",
        "hosting-settings", "media-deleted", "media-left-out", "media-path-not-possible",
        "media-pointer", "path-too-long", "picture-unreadable", "system-page",
        "verification-file",
    }
)  # fmt: skip
UNPUBLISHED = frozenset({"collection-undeclared", "post-name-invalid"})


class Fate(StrEnum):
    """What became of a file or address. The value is its name for people."""

    PAGE = "page"
    MEDIA = "picture or file"
    SETTINGS = "settings that were read"
    LEFT_OUT = "left out"
    UNPUBLISHED = "not published by Jekyll"
    REDIRECT = "redirect"
    MISSING = "missing"


@dataclass(frozen=True)
class Place:
    """A file of the source, ``""`` for an address without one, and what became of it.

    ``address`` is where the old site answered with it, ``""`` where it did not. ``text`` says
    why it is not there, or what is wrong.
    """

    path: str
    fate: Fate
    address: str = ""
    text: str = ""

    def as_data(self) -> dict[str, Any]:
        """The place as stored."""
        return asdict(self)


@dataclass
class SourceTree:
    """The files of a source. ``messages`` are rule and text of what the import said, by path."""

    site: SourceSite
    addresses: Mapping[str, str]
    messages: Mapping[str, list[tuple[str, str]]]
    jekyll: JekyllSite | None = None

    def places(self) -> Iterator[Place]:
        """Yield what became of each file, in the order of their paths."""
        for name in sorted(self._names()):
            yield self.place(name)

    def _names(self) -> Iterator[str]:
        for folder, below, files in os.walk(self.site.root):
            if GIT in below:
                below.remove(GIT)
            for file in files:
                name = Path(folder, file).relative_to(self.site.root).as_posix()
                yield _valid(name)

    def place(self, name: str) -> Place:
        """Return what became of the file of a name."""
        document = self._documents.get(name)
        if document is not None:
            return Place(name, Fate.PAGE, self.addresses[name])
        if name in self._assets:
            return self._of_asset(name)
        if self._is_settings(name):
            return Place(name, Fate.SETTINGS)
        reason = self._reason(name)
        if reason:
            return Place(name, Fate.LEFT_OUT, text=reason)
        unpublished = self._unpublished(name)
        if unpublished:
            return Place(name, Fate.UNPUBLISHED, text=unpublished)
        left_out = self._of_no_use(name)
        if left_out:
            return Place(name, Fate.LEFT_OUT, text=left_out)
        address = self._published_at(name)
        return Place(
            name, Fate.MISSING, address, "The old site showed it, and nothing was made of it."
        )

    def _of_asset(self, name: str) -> Place:
        address = self._assets[name]
        reason = self._reason(name) or self._reason(address.strip("/"))
        if reason:
            return Place(name, Fate.LEFT_OUT, address, reason)
        return Place(name, Fate.MEDIA, address)

    @cached_property
    def _documents(self) -> Mapping[str, Any]:
        return {one.path: one for one in self.site.documents}

    @cached_property
    def _assets(self) -> Mapping[str, str]:
        root = self.site.root
        return {
            _valid(one.file.relative_to(root).as_posix()): path
            for path, one in self.site.assets.items()
        }

    @cached_property
    def _publication(self) -> Publication:
        return Publication(self.site.config)

    def _is_settings(self, name: str) -> bool:
        if name in SETTINGS or name.rpartition("/")[2] == COLLECTION_SETTINGS:
            return True
        is_data = name.startswith("_data/") or name == f"{SYSTEM_FOLDER}/custom.scss"
        return is_data and not self._reason(name)

    def _reason(self, name: str) -> str:
        """Return what the import said about leaving a file out, ``""`` for nothing."""
        said = self.messages.get(name, [])
        return next((text for rule, text in said if rule in LEFT_OUT), "")

    def _unpublished(self, name: str) -> str:
        """Return why Jekyll did not publish a file, ``""`` if it did."""
        if self.site.kind is SourceKind.LOOSE:
            return ""
        if self.jekyll is not None:
            return "" if name in self.jekyll.by_path else "Jekyll passes over it."
        if self._publication.is_excluded(name):
            return "The settings exclude it."
        parts = name.split("/")
        if any(part.startswith(".") for part in parts) and not self._is_included(name):
            return "Its name begins with a dot, or that of a folder above it."
        said = [
            text
            for count in range(1, len(parts) + 1)
            for rule, text in self.messages.get("/".join(parts[:count]), [])
            if rule in UNPUBLISHED
        ]
        if said:
            return said[0]
        if parts[0] in FOLDERS_OF_JEKYLL:
            return "Only pages that use it showed something of it."
        below = parts[0] if self._is_collection(parts[0]) else ""
        if "_posts" in parts[:-1]:
            below = "/".join(parts[: parts.index("_posts") + 1])
        if self._publication.has_hidden_name(name, below=below):
            return "Its name hides it, or that of a folder above it."
        return ""

    def _is_included(self, name: str) -> bool:
        parts = name.split("/")
        return any(
            self._publication.is_included("/".join(parts[:count]), count < len(parts))
            for count in range(1, len(parts) + 1)
        )

    def _is_collection(self, folder: str) -> bool:
        if not folder.startswith("_"):
            return False
        declared = self.site.config.get("collections")
        is_in_settings = isinstance(declared, dict) and folder[1:] in declared
        return is_in_settings or (self.site.root / folder / COLLECTION_SETTINGS).is_file()

    def _of_no_use(self, name: str) -> str:
        """Return why visitors need nothing of a published file, ``""`` if they may."""
        folder, _, file = name.rpartition("/")
        stem, ending = os.path.splitext(file.lower())
        if ending in STYLES:
            return "Styles, scripts and letters of the old site; this one has its own."
        if not folder and stem in ABOUT_THE_REPOSITORY:
            return "It is about the repository, or for a wrong address."
        if folder == SYSTEM_FOLDER:
            return "A page or style of the old software; this one has its own."
        if name.partition("/")[0] in MEDIA_FOLDERS:
            return self._marker(name)
        if ending in DOCUMENT_SUFFIXES | MEDIA_SUFFIXES:
            return ""
        return f"A file of a kind ({ending or 'without ending'}) that no page shows."

    def _marker(self, name: str) -> str:
        is_marker = name.endswith(".md") and (self.site.root / name).stat().st_size <= 64
        is_named = name.rpartition("/")[2] in ("hold.md", "ignore.md", "test.md")
        return "It only keeps a folder." if is_marker or is_named else ""

    def _published_at(self, name: str) -> str:
        if self.jekyll is not None and name in self.jekyll.by_path:
            return self.jekyll.by_path[name].visited
        return f"/{name.removeprefix('_')}"


def _valid(name: str) -> str:
    """Return a name as valid text, as the reader of files gives it."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
