"""What an export wrote, file by file, so that a later one removes nothing else."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

MARKER = ".isomer-export"
_INTRODUCTION = (
    "This folder was written by manage.py export_isomer. With --replace, the command puts a new\n"
    "export in its place, unless there is a file that is not listed here or was changed since.\n"
    "Remove this file to keep the folder from that. Each line: SHA-256, path.\n\n"
)
_LINE = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<path>.+)")


def marker_text(folder: Path) -> str:
    """Return the text of the marker for the files that are in a folder now.

    The same files give the same text. No path may hold a line break
    (:func:`isomer.write.names.is_inside`).

    Raises:
        OSError: if a file can't be read.
    """
    names = [name for name in _entries(folder, None) if name != MARKER]
    return _text({name: _digest(folder / name) for name in names})


def not_of_export(folder: Path) -> list[str] | None:
    """Return what is in a folder beside the files that its marker lists, unchanged: paths in
    order, one with a slash at the end for a whole folder; ``None`` if the marker lists nothing
    that can be relied on.

    Raises:
        OSError: if the folder, or a file of it, can't be read.
    """
    known = _read(folder / MARKER)
    if known is None:
        return None
    folders = frozenset(
        path[:end] for path in known for end in range(len(path)) if path[end] == "/"
    )
    return [
        _printable(name)
        for name in _entries(folder, folders)
        if name != MARKER and not _is_as_written(folder / name, known.get(name))
    ]


def _text(digests: Mapping[str, str]) -> str:
    lines = (f"{digests[path]}  {path}\n" for path in sorted(digests))
    return _INTRODUCTION + "".join(lines)


def _read(marker: Path) -> dict[str, str] | None:
    """Return the digests by path that a marker lists, ``None`` unless it is as it was written."""
    if marker.is_symlink():
        return None
    try:
        text = marker.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
    lines = text.removeprefix(_INTRODUCTION).split("\n")
    found = [match for match in map(_LINE.fullmatch, lines) if match]
    known = {match["path"]: match["digest"] for match in found}
    return known if _text(known) == text else None


def _entries(folder: Path, opened: frozenset[str] | None, above: str = "") -> Iterator[str]:
    """Yield the path of each file in a folder; those of folders that are not in ``opened`` as
    one, with a slash at the end. ``None`` opens all."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        name = above + entry.name
        if not entry.is_dir(follow_symlinks=False):
            yield name
        elif opened is None or name in opened:
            yield from _entries(folder / entry.name, opened, f"{name}/")
        else:
            yield f"{name}/"


def _is_as_written(file: Path, digest: str | None) -> bool:
    if digest is None or file.is_symlink() or not file.is_file():
        return False
    return _digest(file) == digest


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _printable(name: str) -> str:
    return name if name.isprintable() else ascii(name)
