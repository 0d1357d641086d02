"""Reads a source: a repository, a flat folder of loose documents, or one document.

What a repository holds is read in :mod:`isomer.read.repository`; this module
tells the two kinds apart, reads loose documents and archives, and says what is
wrong with a source from which nothing at all can be read.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from isomer.messages import Level
from isomer.read.archive import is_archive, unpacked
from isomer.read.errors import SourceError
from isomer.read.files import MEDIA_FOLDERS, MEDIA_SUFFIXES, PICTURE_SUFFIXES, SourceFolder
from isomer.read.git import commit_of, first_commit_of, last_changes
from isomer.read.nearby import (
    PARTS,
    archives_in,
    is_clearly_repository,
    repositories_in,
    repository_around,
)
from isomer.read.repository import looks_like_repository, read_repository
from isomer.read.settings_files import SETTINGS
from isomer.read.templates import fill_in_templates
from isomer.source import DocumentKind, SourceKind, SourceSite

WHAT_IS_NEEDED = (
    "Give the folder of an Isomer repository (with index.md, pages or _config.yml in it),"
    " a ZIP archive of it, a folder of documents that begin with front matter, or one such"
    " document."
)
REASONS_SHOWN = 3


@contextmanager
def open_source(
    source: Path,
    progress: Callable[[str], None] | None = None,
    today: datetime.date | None = None,
) -> Iterator[SourceSite]:
    """Read ``source`` like :func:`read_source`; it may also be a ZIP archive of a folder.

    The files of an archive are unpacked to a temporary folder that exists as
    long as the context: read what ``assets`` name inside it.

    Raises :class:`SourceError`, also for an archive that is damaged or unsafe.
    """
    if not is_archive(_located(source)):
        yield read_source(source, progress, today)
        return
    with unpacked(source) as archive:
        _check_wrapping(source, archive.folder)
        site = read_source(archive.folder, progress, today)
        site.messages[:0] = archive.messages
        site.commit = archive.commit or site.commit
        yield site


def read_source(
    source: Path,
    progress: Callable[[str], None] | None = None,
    today: datetime.date | None = None,
) -> SourceSite:
    """Read all of ``source``, which is a repository, a folder of documents or one document.

    ``progress`` is called with one short line per document. ``today`` is the day as of which the
    source is read, which decides what templates in bodies list. What is wrong with single files
    is in ``messages`` of the result. One document that lies in a repository comes with all of it,
    and ``only`` names the document.

    Raises :class:`SourceError` if ``source`` does not exist, cannot be opened
    or holds no document at all.
    """
    path = _located(source)
    is_folder = path.is_dir()
    if is_folder:
        _check_depth(path, source)
    elif (part := _part_of_repository(path, progress, today)) is not None:
        return part
    site = SourceSite(root=path if is_folder else path.parent, kind=SourceKind.LOOSE)
    site.today = today or site.today
    folder = SourceFolder(site, progress)
    if not is_folder:
        folder.add_document(path, DocumentKind.LOOSE)
        fill_in_templates(folder)
    elif looks_like_repository(folder):
        site.kind = SourceKind.REPOSITORY
        read_repository(folder)
    else:
        _read_loose(folder)
    if is_folder:
        _read_history(site)
    if not site.documents:
        raise SourceError(_why_nothing(folder, source))
    return site


def _read_history(site: SourceSite) -> None:
    """Add what git knows of a folder, if it is a checkout."""
    site.commit = commit_of(site.root)
    if site.commit:
        site.changed = last_changes(site.root) or {}
        site.first_commit = first_commit_of(site.root)


def _part_of_repository(
    path: Path, progress: Callable[[str], None] | None, today: datetime.date | None
) -> SourceSite | None:
    """Return the repository that publishes one document, with the document in ``only``.

    Its address, section, pictures and anchors are decided there. ``None`` for a file that
    lies in no repository, or that its repository does not publish.
    """
    root = next((folder for folder in path.parents if (folder / SETTINGS).is_file()), None)
    if root is None:
        return None
    site = SourceSite(root=root, kind=SourceKind.REPOSITORY)
    site.today = today or site.today
    folder = SourceFolder(site, progress)
    read_repository(folder)
    site.only = folder.name(path)
    _read_history(site)
    return site if site.wanted else None


def check_name(source: Path) -> None:
    """Raise :class:`SourceError` for a path that is no text, which no record could name."""
    path = os.path.realpath(source)
    try:
        path.encode()
    except UnicodeEncodeError as error:
        shown = os.fsencode(path).decode("utf-8", "backslashreplace")
        raise SourceError(
            f"The path “{shown}” has letters that are not UTF-8. Rename the folder, or copy it to"
            " a place whose path has none, and import it there."
        ) from error


def _located(source: Path) -> Path:
    """Return the real path of ``source``, or raise :class:`SourceError`."""
    try:
        path = Path(os.path.realpath(source))
        if path.is_dir():
            next(path.iterdir(), None)  # may raise
            return path
        if path.is_file():
            return path
        exists = path.exists()
    except PermissionError as error:
        raise SourceError(
            f"The source “{source}” cannot be opened: the system does not allow it."
            " Check its permissions and try again."
        ) from error
    except (OSError, ValueError) as error:
        raise SourceError(f"The source “{source}” cannot be opened. {WHAT_IS_NEEDED}") from error
    if exists:
        raise SourceError(f"“{source}” is neither a folder nor an ordinary file. {WHAT_IS_NEEDED}")
    raise SourceError(f"There is nothing at “{source}”. {WHAT_IS_NEEDED}")


def _check_depth(path: Path, source: Path) -> None:
    """Raise :class:`SourceError` for a folder around a repository or in one."""
    if is_clearly_repository(path):
        return
    around = repository_around(path)
    if around is not None:
        raise SourceError(
            f"“{source}” is a part of a repository. Did you mean “{around}”? To import one"
            " document of it, give that document."
        )
    inside = repositories_in(path)
    if inside and not _begins_repository(path):
        raise SourceError(f"“{source}” is not a repository itself. {_did_you_mean(inside)}")


def _begins_repository(path: Path) -> bool:
    return any((path / name).exists() for name in PARTS)


def _check_wrapping(source: Path, folder: Path) -> None:
    """Raise :class:`SourceError` for an archive that holds a repository too deep."""
    if is_clearly_repository(folder) or _begins_repository(folder):
        return
    inside = repositories_in(folder) or archives_in(folder)
    if inside:
        named = _did_you_mean([one.relative_to(folder.parent) for one in inside])
        raise SourceError(
            f"The archive “{source}” holds the repository wrapped once more. {named} Unpack the"
            " archive and give that."
        )


def _did_you_mean(places: list[Path]) -> str:
    names = [f"“{place}”" for place in places[:REASONS_SHOWN]]
    return f"Did you mean {' or '.join(names)}?"


def _read_loose(folder: SourceFolder) -> None:
    folder.add_media()
    listing = folder.listing(folder.root)
    for path in listing.files:
        suffix = path.suffix.lower()
        if suffix in MEDIA_SUFFIXES:
            place = "images" if suffix in PICTURE_SUFFIXES else "files"
            folder.add_asset(path, f"/{place}/{folder.name(path)}")
        else:
            folder.add_document(path, DocumentKind.LOOSE)
    fill_in_templates(folder)
    for path in listing.folders:
        if path.name not in MEDIA_FOLDERS and folder.walk(path):
            text = "A folder of loose documents is read without the folders in it."
            folder.report("place-not-read", path, text)


def _why_nothing(folder: SourceFolder, source: Path) -> str:
    messages = [message for message in folder.site.messages if message.level != Level.INFO]
    if not messages:
        return f"No document was found in “{source}”. {WHAT_IS_NEEDED}"
    reasons = " ".join(f"{message.path}: {message.text}" for message in messages[:REASONS_SHOWN])
    more = len(messages) - REASONS_SHOWN
    rest = f" ({more} more such finding{'s' if more > 1 else ''}.)" if more > 0 else ""
    return f"No document could be read from “{source}”. {reasons}{rest} {WHAT_IS_NEEDED}"
