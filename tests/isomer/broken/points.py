"""The moments at which an import may end, and the ways in which it does."""

from __future__ import annotations

import errno
import importlib
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError

MEDIA_STORAGE = "django.core.files.storage.filesystem.FileSystemStorage"
WRITER = "isomer.apply.write._Writer"
MEDIA_WRITER = "isomer.apply.media.MediaWriter"


@dataclass(frozen=True)
class Point:
    """A call, before or after which a run ends. ``number`` counts calls whose first argument
    that is a text contains ``about``; ``written`` says whether the pages are there by then."""

    name: str
    target: str
    after: bool = True
    number: int = 1
    about: str = ""
    written: bool = False


POINTS = (
    Point("the run has a row", "isomer.runs.run.open_source", after=False),
    Point("names of files are noted", "isomer.apply.write.note_files"),
    Point("one file is stored", f"{MEDIA_STORAGE}._save"),
    Point("all files are stored", f"{MEDIA_WRITER}.stage"),
    Point("the transaction begins", f"{WRITER}.write", after=False),
    Point("pictures have rows", f"{MEDIA_WRITER}.write_objects"),
    Point("new pages have rows", "isomer.apply.creation.Creation.in_bulk"),
    Point("one page is changed", f"{WRITER}._fill"),
    Point("settings are written", f"{WRITER}._write_settings"),
    Point("redirects are written", f"{WRITER}._write_redirects"),
    Point("paths of files are written", f"{MEDIA_WRITER}.write_paths"),
    Point("objects are remembered", "isomer.apply.memory.Memory.write"),
    Point("the run is done", f"{WRITER}._end_run"),
    Point("all is written", f"{WRITER}.write"),
    Point("all is committed", "isomer.apply.write.discard_files", after=False, written=True),
    Point("one old file is removed", f"{MEDIA_STORAGE}.delete", written=True),
    Point("half of the care list", "care.items.update_links", after=False, written=True),
    Point("half of the report", "isomer.report.files.write_whole", written=True),
    Point("a size without its row", f"{MEDIA_STORAGE}._save", about="images/a.", written=True),
)


def killed() -> None:
    """End as after a loss of power."""
    os.kill(os.getpid(), signal.SIGKILL)


def terminated() -> None:
    """End as a service manager asks for."""
    os.kill(os.getpid(), signal.SIGTERM)


def interrupted() -> None:
    """End as by Ctrl+C."""
    raise KeyboardInterrupt


def disk_full() -> None:
    """Find no room on the disk."""
    raise OSError(errno.ENOSPC, "No space left on device", "/media/file")


def database_gone() -> None:
    """Find the database gone."""
    raise OperationalError("server closed the connection unexpectedly")


@dataclass(frozen=True)
class Way:
    """A way to end: what happens, with which exit code, and the state of the run's row then."""

    act: Callable[[], None]
    code: int
    state: str


WAYS = {
    "kill -9": Way(killed, -signal.SIGKILL, "killed"),
    "SIGTERM": Way(terminated, 143, "stopped"),
    "Ctrl+C": Way(interrupted, 130, "stopped"),
    "disk full": Way(disk_full, 1, "failed"),
    "database gone": Way(database_gone, 1, "failed"),
}


def break_at(point: Point, way: Way) -> None:
    """Let this process end at a point, in one of the ways. For a process that ends anyway."""
    owner_name, _, name = point.target.rpartition(".")
    try:
        owner: Any = importlib.import_module(owner_name)
    except ModuleNotFoundError:
        module, _, cls = owner_name.rpartition(".")
        owner = getattr(importlib.import_module(module), cls)
    original = getattr(owner, name)
    left = point.number

    def broken(*arguments: Any, **options: Any) -> Any:
        nonlocal left
        texts = [one for one in arguments if isinstance(one, str)]
        if not point.about or any(point.about in one for one in texts):
            left -= 1
        if left == 0 and not point.after:
            left -= 1
            way.act()
        result = original(*arguments, **options)
        if left == 0:
            left -= 1
            way.act()
        return result

    setattr(owner, name, broken)
