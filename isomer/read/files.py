"""Opens the files of one source folder, and nothing outside it.

A repository may come from strangers, so links are followed only to files
inside the folder, only ordinary files are opened, and none that is huge.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from isomer.addresses import slugified
from isomer.messages import Message
from isomer.read.dates import PostName, read_date, zone_named
from isomer.read.defaults import completed
from isomer.read.encoding import BYTE_ORDER_MARK, decode_text
from isomer.read.front_matter import FrontMatter, read_front_matter, why_missing
from isomer.source import DocumentKind, SourceAsset, SourceDocument, SourceSite

MAX_FILE_BYTES = 5 * 1024 * 1024
# An index of PostgreSQL takes no longer entries, nor our columns more letters.
MAX_NAME_BYTES = 900
# Older tooling kept empty folders alive with Markdown files of a byte or two.
MAX_MARKER_BYTES = 64
MARKER_NAMES = frozenset({"hold", "ignore", "test"})
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mkd", ".mkdn", ".mkdown"})
DOCUMENT_SUFFIXES = MARKDOWN_SUFFIXES | {".html", ".htm"}
PICTURE_SUFFIXES = frozenset(
    [
        ".apng",
        ".avif",
        ".bmp",
        ".gif",
        ".heic",
        ".heif",
        ".ico",
        ".jfif",
        ".jpeg",
        ".jpg",
        ".png",
        ".svg",
        ".tif",
        ".tiff",
        ".webp",
    ]
)
FILE_SUFFIXES = frozenset(
    [
        ".avi",
        ".csv",
        ".doc",
        ".docm",
        ".docx",
        ".epub",
        ".gz",
        ".key",
        ".m4a",
        ".mov",
        ".mp3",
        ".mp4",
        ".numbers",
        ".odp",
        ".ods",
        ".odt",
        ".ogg",
        ".pages",
        ".pdf",
        ".ppt",
        ".pptm",
        ".pptx",
        ".rar",
        ".rtf",
        ".wav",
        ".webm",
        ".xls",
        ".xlsm",
        ".xlsx",
        ".zip",
    ]
)
# Ordinary pages with these layouts are the software's own (format reference, 1.1).
SYSTEM_LAYOUTS = frozenset({"search", "egazette-search"})
ORDINARY = frozenset({DocumentKind.PAGE, DocumentKind.COLLECTION})
# Where a file without front matter was served as it is.
BESIDE_PAGES = ORDINARY | {DocumentKind.HOME, DocumentKind.ROOM, DocumentKind.CATEGORY}
MEDIA_SUFFIXES = PICTURE_SUFFIXES | FILE_SUFFIXES
MEDIA_FOLDERS = ("images", "files")


@dataclass(frozen=True)
class Listing:
    """What lies directly in a folder, sorted by name, hidden entries left out."""

    files: tuple[Path, ...]
    folders: tuple[Path, ...]


class SourceFolder:
    """The folder of one source: lists and reads, and adds to the messages of the site."""

    def __init__(self, site: SourceSite, progress: Callable[[str], None] | None) -> None:
        self.site = site
        self.root = site.root
        self.progress = progress
        self._listings: dict[Path, Listing] = {}

    def name(self, path: Path) -> str:
        """Return the source path of a file: relative, with forward slashes, always valid text."""
        relative = path.relative_to(self.root).as_posix()
        return relative.encode("utf-8", "surrogateescape").decode("utf-8", "replace")

    def report(self, rule: str, path: Path, text: str) -> None:
        """Add a message about ``path``."""
        self.site.messages.append(Message(rule, self.name(path), text))

    def listing(self, folder: Path) -> Listing:
        """List a folder; links that lead outside and other odd entries become messages."""
        if folder not in self._listings:
            self._listings[folder] = self._list(folder)
        return self._listings[folder]

    def walk(self, folder: Path) -> list[Path]:
        """Return all files below ``folder``, sorted by path; ``[]`` if it does not exist."""
        found: list[Path] = []
        waiting = [folder] if folder in self.listing(folder.parent).folders else []
        while waiting:
            inside = self.listing(waiting.pop())
            found += inside.files
            waiting += inside.folders
        return sorted(found, key=self.name)

    def folders_below(self, folder: Path) -> list[Path]:
        """Return all folders below ``folder``, sorted by path."""
        found: list[Path] = []
        waiting = [folder]
        while waiting:
            inside = self.listing(waiting.pop()).folders
            found += inside
            waiting += inside
        return sorted(found, key=self.name)

    def text(self, path: Path) -> str | None:
        """Return the text of a file, or ``None`` after a message that says why there is none."""
        try:
            with path.open("rb") as file:
                data = file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            self.report("file-unreadable", path, _plain_reason(error))
            return None
        if len(data) > MAX_FILE_BYTES:
            limit = MAX_FILE_BYTES // (1024 * 1024)
            self.report("file-too-large", path, f"The file is larger than {limit} MB.")
            return None
        decoded = decode_text(data, self.name(path))
        self.site.messages += decoded.messages
        return decoded.text

    def add_document(
        self,
        path: Path,
        kind: DocumentKind,
        *,
        collection: str = "",
        subfolder: str = "",
        room: str = "",
        category: str = "",
        post: PostName | None = None,
    ) -> None:
        """Read one document into the site; if it is none, a message says why.

        ``post`` is what the file name of a post says.
        """
        name = self.name(path)
        if self.progress:
            self.progress(f"Reading {name}")
        text = self.text(path)
        if text is None:
            return
        read = read_front_matter(text, name)
        if read is None and post is not None and path.suffix.lower() in DOCUMENT_SUFFIXES:
            # Of posts Jekyll asked for no front matter.
            read = FrontMatter({}, text, 1, ())
        if read is None:
            self.report("front-matter-missing", path, why_missing(text))
            if kind in BESIDE_PAGES and not self._is_folder_marker(path):
                self.add_static(path)
            return
        self.site.messages += read.messages
        if kind in ORDINARY and str(read.data.get("layout")).strip() in SYSTEM_LAYOUTS:
            self.report("system-page", path, f"It has the layout {read.data['layout']}.")
            return
        front_matter = completed(read.data, name, kind, collection, self.site.config)
        self.site.documents.append(
            SourceDocument(
                path=name,
                kind=kind,
                front_matter=front_matter,
                body=read.body,
                body_line=read.body_line,
                collection=collection,
                subfolder=subfolder,
                room=room,
                category=category,
                date=self._date_of(path, front_matter, post),
                slug=self._slug_of(front_matter, post),
                type_token=post.type_token if post else "",
                generation=self.site.generation,
            )
        )

    def _date_of(
        self, path: Path, front_matter: Mapping[str, Any], post: PostName | None
    ) -> date | datetime | None:
        value = front_matter.get("date")
        if value not in (None, ""):
            found = read_date(value, zone_named(self.site.config.get("timezone")))
            if found:
                return found
            text = f"“{str(value)[:60]}” is not a date."
            self.site.messages.append(Message("date-invalid", self.name(path), text, "date"))
        return post.day if post else None

    def _slug_of(self, front_matter: Mapping[str, Any], post: PostName | None) -> str:
        if post is None:
            return ""
        given = front_matter.get("slug")
        return slugified(given) if isinstance(given, str) and given else post.slug

    def add_asset(self, path: Path, address: str) -> None:
        """Add a picture or file under its public address; its bytes are not read."""
        taken = self.site.assets.get(address)
        if taken:
            text = f"“{self.name(taken.file)}” has the same public address, {address}."
            self.report("place-not-read", path, text)
            return
        self.site.assets[address] = SourceAsset(path=address, file=path)

    def add_static(self, path: Path) -> None:
        """Add a picture or file that lies beside pages: it was served at its path, without the
        underscore of a collection's folder."""
        name = self.name(path)
        self.add_asset(path, f"/{name.removeprefix('_') if '/' in name else name}")

    def is_static(self, path: Path) -> bool:
        """Say whether the old site served a file as it is: all but what may be a page, and what
        begins with front matter, which it filled in."""
        suffix = path.suffix.lower()
        if suffix in MEDIA_SUFFIXES:
            return True
        return suffix not in DOCUMENT_SUFFIXES and not self.begins_like_a_document(path)

    def add_media(self, is_excluded: Callable[[Path], bool] = lambda path: False) -> None:
        """Add everything below ``images/`` and ``files/`` (format reference, 1.1 and 8.3): files,
        and the pages that the old site published from there.

        Markdown files that only keep a folder alive are passed over, and so are
        the files that ``is_excluded``.
        """
        for folder in MEDIA_FOLDERS:
            for path in self.walk(self.root / folder):
                if self._is_folder_marker(path) or is_excluded(path):
                    continue
                if self.is_document(path):
                    self.add_document(path, DocumentKind.PAGE)
                else:
                    self.add_asset(path, f"/{self.name(path)}")

    def _is_folder_marker(self, path: Path) -> bool:
        if path.suffix.lower() not in MARKDOWN_SUFFIXES:
            return False
        if path.stem.lower() in MARKER_NAMES:
            return True
        try:
            is_small = path.stat().st_size <= MAX_MARKER_BYTES
        except OSError:
            return False
        return is_small and not self.begins_like_a_document(path)

    def is_document(self, path: Path) -> bool:
        """Say whether the old site made a page of a file in a folder of any name."""
        return path.suffix.lower() in DOCUMENT_SUFFIXES and self.begins_like_a_document(path)

    def begins_like_a_document(self, path: Path) -> bool:
        """Say whether a file begins as front matter does, without reading all of it."""
        try:
            with path.open("rb") as file:
                return file.read(6).removeprefix(BYTE_ORDER_MARK).startswith(b"---")
        except OSError:
            return False

    def _list(self, folder: Path) -> Listing:
        files: list[Path] = []
        folders: list[Path] = []
        try:
            names = sorted(path.name for path in folder.iterdir())
        except OSError as error:
            self.report("file-unreadable", folder, _plain_reason(error))
            return Listing((), ())
        for name in names:
            path = folder / name
            if name.startswith("."):
                continue
            if len(self.name(path).encode()) > MAX_NAME_BYTES:
                text = f"Its path in the source is longer than {MAX_NAME_BYTES} bytes."
                self.report("path-too-long", path, text)
                continue
            try:
                mode = self._checked_mode(path)
            except OSError as error:
                self.report("file-unreadable", path, _plain_reason(error))
                continue
            if stat.S_ISDIR(mode):
                folders.append(path)
            elif stat.S_ISREG(mode):
                files.append(path)
        return Listing(tuple(files), tuple(folders))

    def _checked_mode(self, path: Path) -> int:
        """Return the type of an entry, or 0 after a message if it must not be opened.

        Raises ``OSError`` if the entry cannot be looked at.
        """
        if not self.name(path).endswith(path.name):
            self.report("encoding-damaged", path, "The name of the file is not valid UTF-8.")
        is_link = stat.S_ISLNK(path.lstat().st_mode)
        if is_link:
            target = Path(os.path.realpath(path))
            if not target.is_relative_to(self.root):
                self.report("file-outside-source", path, "The link leads out of the source folder.")
                return 0
            if any(part.startswith(".") for part in target.relative_to(self.root).parts):
                self.report("file-outside-source", path, "The link leads to a hidden file.")
                return 0
        mode = path.stat().st_mode
        if is_link and stat.S_ISDIR(mode):
            # Links between folders can form loops, and a few of them endless copies.
            self.report("place-not-read", path, "Links to folders are not followed.")
            return 0
        if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
            self.report("file-unreadable", path, "It is not an ordinary file.")
        return mode


def _plain_reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "The system does not allow opening it."
    if isinstance(error, FileNotFoundError):
        return "It is a link to a file that does not exist."
    return f"The system says: {error.strerror or 'it cannot be read'}."
