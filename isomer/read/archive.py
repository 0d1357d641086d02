"""A source in a ZIP archive, such as GitHub's download of a repository.

An archive may come from strangers: entries must stay in the folder they are
unpacked to, only ordinary files are unpacked, and neither their number nor
their size may fill the disk.
"""

from __future__ import annotations

import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from isomer.messages import Message
from isomer.read.errors import SourceError
from isomer.source import Commit

MAX_ENTRIES = 50_000
MAX_BYTES = 4 * 1024**3
MAX_ENTRY_BYTES = 1024**3
# Text shrinks to a tenth; what shrinks far more is meant to fill the disk.
MAX_RATIO = 200
SMALL_BYTES = 50 * 1024**2
BLOCK = 1024 * 1024
OTHER_ARCHIVES = (".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz", ".zst")
# Folders that belong to a repository, so they can't be the one folder around it.
REPOSITORY_FOLDERS = frozenset({"files", "images", "pages"})
COMMIT = re.compile(rb"[0-9a-f]{40}")
UNPACK_IT = "Unpack it yourself and give the folder."


@dataclass
class Unpacked:
    """An unpacked archive: its folder, the commit it was made from, what was left out."""

    folder: Path
    commit: Commit | None
    messages: list[Message] = field(default_factory=list)


def is_archive(path: Path) -> bool:
    """Say whether ``path`` is a ZIP archive, by its name.

    Raises:
        SourceError: if it is an archive of another kind.
    """
    suffix = path.suffix.lower()
    if suffix in OTHER_ARCHIVES and path.is_file():
        raise SourceError(
            f"“{path}” is an archive of a kind that is not read. Unpack it and give the folder,"
            " or give a ZIP archive."
        )
    return suffix == ".zip" and path.is_file()


@contextmanager
def unpacked(path: Path) -> Iterator[Unpacked]:
    """Unpack the archive ``path`` to a temporary folder, which is removed at the end.

    The folder is the one inside the archive that holds everything, if there is
    such a folder.

    Raises:
        SourceError: if it is no ZIP archive, is damaged, protected or too
            large, or has entries that lead out of it.
    """
    with tempfile.TemporaryDirectory(prefix="isomer-source-") as name:
        target = Path(name) / (path.stem or "source")
        target.mkdir()
        try:
            with zipfile.ZipFile(path) as archive:
                unpacking = _Unpacking(path, archive, target)
                result = Unpacked(target, _commit(archive.comment), unpacking.messages)
                unpacking.run()
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
            raise SourceError(
                f"“{path}” is not a ZIP archive, or it is damaged. Download it again."
            ) from error
        except (NotImplementedError, RuntimeError) as error:
            raise SourceError(
                f"“{path}” is protected by a password or packed in an uncommon way. {UNPACK_IT}"
            ) from error
        except OSError as error:
            raise SourceError(
                f"“{path}” cannot be unpacked: {error.strerror or error}. {UNPACK_IT}"
            ) from error
        result.folder = _folder_inside(target)
        yield result


class _Unpacking:
    """Unpacks one archive; measures while it writes, since archives can lie about sizes."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, target: Path) -> None:
        self.path = path
        self.archive = archive
        self.target = target
        self.messages: list[Message] = []
        self.written = 0
        self.packed = max(path.stat().st_size, 1)

    def run(self) -> None:
        entries = self.archive.infolist()
        if len(entries) > MAX_ENTRIES:
            self._refuse(f"holds more than {MAX_ENTRIES:,} files")
        self._check_size(sum(entry.file_size for entry in entries))
        for entry in entries:
            parts = self._parts(entry)
            if not parts or parts[0] == "__MACOSX":
                continue
            place = self.target.joinpath(*parts)
            mode = stat.S_IFMT(entry.external_attr >> 16)
            if entry.is_dir() or mode == stat.S_IFDIR:
                place.mkdir(parents=True, exist_ok=True)
            elif mode in (0, stat.S_IFREG):
                self._write(entry, place)
            else:
                kind = "a link" if mode == stat.S_IFLNK else "not an ordinary file"
                text = f"It is {kind}; only files and folders are unpacked."
                self.messages.append(Message("archive-entry-left-out", "/".join(parts), text))

    def _parts(self, entry: zipfile.ZipInfo) -> list[str]:
        """Return the path of an entry, part by part; old programs wrote backslashes."""
        name = entry.filename.replace("\\", "/")
        parts = [part for part in name.split("/") if part not in ("", ".")]
        if name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name):
            self._refuse(f"has an entry that leads out of it ({name[:100]})")
        return parts

    def _write(self, entry: zipfile.ZipInfo, place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.exists():
            text = "The archive holds this name twice; the first one was unpacked."
            name = place.relative_to(self.target).as_posix()
            self.messages.append(Message("archive-entry-left-out", name, text))
            return
        size = 0
        with self.archive.open(entry) as source, place.open("wb") as file:
            while block := source.read(BLOCK):
                size += len(block)
                self.written += len(block)
                if size > MAX_ENTRY_BYTES:
                    self._refuse(f"holds a file larger than {MAX_ENTRY_BYTES // 1024**3} GB")
                self._check_size(self.written)
                file.write(block)

    def _check_size(self, size: int) -> None:
        if size > MAX_BYTES or size > shutil.disk_usage(self.target).free:
            self._refuse("is larger than this machine or the importer can take")
        if size > SMALL_BYTES and size > self.packed * MAX_RATIO:
            self._refuse("holds files that are packed so tightly that they look like an attack")

    def _refuse(self, reason: str) -> None:
        raise SourceError(
            f"The archive “{self.path}” {reason}. If you trust it, unpack it yourself and give"
            " the folder."
        )


def _commit(comment: bytes) -> Commit | None:
    """Return the commit that GitHub writes into the comment of an archive."""
    found = COMMIT.fullmatch(comment.strip())
    return Commit(found.group().decode(), date=None, is_clean=True) if found else None


def _folder_inside(folder: Path) -> Path:
    entries = list(folder.iterdir())
    only = entries[0] if len(entries) == 1 else None
    if only is None or not only.is_dir():
        return folder
    is_part = only.name in REPOSITORY_FOLDERS or only.name.startswith(("_", "."))
    return folder if is_part else only
