"""One import at a time: a lock that the operating system or the database lets go of by itself.

A process that dies, however it dies, holds nothing any more, so nobody has to clean up.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.db import connection

# For a look at whether an import is at work the lock is taken for a moment.
PATIENCE = 1.0
# Any number, as long as nothing else in the database uses it.
ADVISORY_KEY = 0x15_0A_E4
_in_process = threading.Lock()


class ImportRunning(Exception):
    """Another import into this database is going on."""

    def __init__(self, who: str = "") -> None:
        super().__init__(
            "Another import into this database is running"
            + (f" ({who})" if who else "")
            + ". Wait until it is done, then start this one again."
        )


@contextmanager
def run_lock() -> Iterator[None]:
    """Hold the lock of this database; not to be taken twice by one thread.

    On PostgreSQL it is an advisory lock of the session (PostgreSQL manual, 13.3.5), elsewhere a
    lock on a file beside the database (flock(2)).

    Raises:
        ImportRunning: if somebody else holds it.
    """
    # The other locks may be taken twice by one connection or process.
    if not _in_process.acquire(timeout=PATIENCE):
        raise ImportRunning("this process")
    try:
        with _lock_of_database():
            yield
    finally:
        _in_process.release()


def _in_time(take: Callable[[], bool]) -> bool:
    """Try to take something for a moment; tell whether it was possible."""
    until = time.monotonic() + PATIENCE
    while not (taken := take()) and time.monotonic() < until:
        time.sleep(PATIENCE / 10)
    return taken


@contextmanager
def _lock_of_database() -> Iterator[None]:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "postgresql":
        with _advisory_lock():
            yield
    elif ":memory:" in name or "mode=memory" in name:
        # Nobody else has it.
        yield
    else:
        with _lock_file(name).open("a+", encoding="utf-8") as opened:
            _take(opened)
            yield


@contextmanager
def _advisory_lock() -> Iterator[None]:
    def take() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_KEY])
            return bool(cursor.fetchone()[0])

    if not _in_time(take):
        raise ImportRunning
    try:
        yield
    finally:
        # A connection that broke has let go already.
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_KEY])


def _lock_file(database: str) -> Path:
    """Return the file that stands for a database; SQLite has files of its own beside it, too."""
    path = Path(database).resolve()
    return path.with_name(f"{path.name}-import.lock")


def _take(opened: IO[str]) -> None:
    def take() -> bool:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    if not _in_time(take):
        opened.seek(0)
        raise ImportRunning(opened.read(100).strip())
    opened.truncate(0)
    opened.write(f"process {os.getpid()}")
    opened.flush()
