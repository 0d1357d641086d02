"""Putting an export into a folder: all of it or nothing, and never over something else."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from isomer.write.manifest import MARKER, marker_text, not_of_export
from isomer.write.messages import Finding
from isomer.write.model import ExportPlan
from isomer.write.names import is_inside

SHOWN = 5


class TargetError(Exception):
    """The target can't be written. The text says what to do."""


def check_target(target: Path, replace: bool) -> None:
    """Check that a folder may be written.

    Raises:
        TargetError: if it is no folder, if something is in it that no export wrote or that was
            changed since, if it can't be read, or if an earlier export is in it and ``replace``
            is false.
    """
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise TargetError(f"{target} is not a folder. Name a new folder, or an empty one.")
    if not target.parent.is_dir():
        raise TargetError(f"{target.parent} does not exist. Make it first, or name another place.")
    if not target.exists() or not any(target.iterdir()):
        return
    if not (target / MARKER).is_file():
        raise TargetError(
            f"{target} is not empty, and no earlier export is in it. Name a new folder, or an empty"
            " one; copy the export into your checkout afterwards."
        )
    if not replace:
        raise TargetError(
            f"{target} holds an earlier export. Add --replace to put a new one in its place, or"
            " name another folder."
        )
    _check_nothing_else(target)


def _check_nothing_else(target: Path) -> None:
    try:
        others = not_of_export(target)
    except OSError as error:
        raise TargetError(f"{target} can't be read: {error.strerror}.") from error
    if others is None:
        raise TargetError(
            f"{target / MARKER} does not say which files the earlier export wrote, so that work of"
            " somebody else may be among them. Move the folder away, or name another one."
        )
    if others:
        shown = ", ".join(others[:SHOWN])
        more = f" and {len(others) - SHOWN} more" if len(others) > SHOWN else ""
        raise TargetError(
            f"{target} holds what the earlier export did not write, or what was changed since:"
            f" {shown}{more}. --replace would remove it: move it elsewhere, or name another folder"
            " and copy the export from there."
        )


@contextmanager
def new_folder(target: Path, replace: bool) -> Iterator[Path]:
    """Yield a folder beside the target, which takes its place if nothing is raised.

    Raises:
        TargetError: as :func:`check_target` does, and if the folder can't be made.
    """
    check_target(target, replace)
    try:
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise TargetError(f"{target.parent} can't be written: {error.strerror}.") from error
    try:
        yield made
        (made / MARKER).write_bytes(marker_text(made).encode("utf-8"))
        # Temporary folders are their owner's alone; an export is as other folders are.
        made.chmod(0o777 & ~_umask())
        _take_place(made, target, replace)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _take_place(made: Path, target: Path, replace: bool) -> None:
    # Once more: the folder may have been filled meanwhile.
    check_target(target, replace)
    former = made.with_name(f"{made.name}-former")
    if target.exists():
        target.rename(former)
    try:
        made.rename(target)
    except OSError:
        if former.exists():
            former.rename(target)
        raise
    shutil.rmtree(former, ignore_errors=True)


def write_files(
    plan: ExportPlan, folder: Path, progress: Callable[[str], None] = lambda text: None
) -> list[Finding]:
    """Write the files of a plan into a folder; name media that can't be read."""
    for path, text in plan.texts.items():
        _place(folder, path).write_bytes(text.encode("utf-8"))
    missing: list[Finding] = []
    for number, (path, media) in enumerate(plan.media.items(), 1):
        progress(f"Copying file {number} of {len(plan.media)}: {path}")
        try:
            with media.stored.open() as stored, _place(folder, path).open("wb") as file:
                shutil.copyfileobj(stored, file)
        except OSError as error:
            missing.append(Finding("file-missing", f"/{path}", error.strerror or str(error)))
    return missing


def _place(folder: Path, path: str) -> Path:
    """Return where a file goes, its folder made.

    Raises:
        ValueError: if that were outside the folder.
    """
    if not is_inside(path):
        raise ValueError(f"{path!r} is no path of a file in a repository.")
    place = folder.joinpath(*PurePosixPath(path).parts)
    place.parent.mkdir(parents=True, exist_ok=True)
    return place
