"""What happened, in a sentence: errors of the machine as people can read them."""

from __future__ import annotations

import errno
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.db import Error, OperationalError, ProgrammingError

# What the machine does to a program that is without fault.
OF_THE_MACHINE = (OSError, Error, MemoryError)
STOPPING = (signal.SIGTERM, signal.SIGHUP)
FULL = (errno.ENOSPC, errno.EDQUOT)
NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)
# Why a picture may fail to be read or made without being damaged.
STORAGE = (*FULL, *NOT_ALLOWED, errno.EIO, errno.EMFILE, errno.ENFILE)


class Stopped(KeyboardInterrupt):
    """The system asked this process to end. ``number`` is that of the signal.

    A ``KeyboardInterrupt``, which nobody who handles errors keeps to themselves: Wagtail's tasks
    would log any other and go on.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    def __str__(self) -> str:
        return f"Stopped by the system ({signal.Signals(self.number).name})."


@contextmanager
def stops_cleanly() -> Iterator[None]:
    """Turn the first signal that ends a process into :class:`Stopped`, so that all is undone as
    after an error. Further ones are ignored meanwhile.

    A signal that somebody handles or ignores already (``nohup``) stays as it is.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        for one in taken:
            signal.signal(one, signal.SIG_IGN)
        raise Stopped(number)

    taken: list[signal.Signals] = []
    if threading.current_thread() is threading.main_thread():
        taken = [one for one in STOPPING if signal.getsignal(one) is signal.SIG_DFL]
    try:
        for one in taken:
            signal.signal(one, stop)
        yield
    finally:
        for one in taken:
            signal.signal(one, signal.SIG_DFL)


def exit_code(error: BaseException) -> int:
    """Return the exit code of a command that ends with an error: 128 and the signal's number."""
    if isinstance(error, Stopped):
        return 128 + error.number
    return 128 + signal.SIGINT if isinstance(error, KeyboardInterrupt) else 1


def is_locked(error: BaseException) -> bool:
    """Tell whether somebody else wrote to an SQLite database for so long that waiting ended."""
    return isinstance(error, OperationalError) and "database is locked" in str(error)


def of_storage(error: BaseException) -> bool:
    """Tell whether an error is one of the disk, not of what was read."""
    return isinstance(error, OSError) and error.errno in STORAGE


def sentence(error: BaseException) -> str:
    """Return what happened and what to do, with what was noted about it (``add_note``)."""
    return " ".join([_what_happened(error), *getattr(error, "__notes__", ())])


def _what_happened(error: BaseException) -> str:
    if isinstance(error, Stopped):
        return str(error)
    if isinstance(error, KeyboardInterrupt):
        return "Stopped by Ctrl+C."
    if isinstance(error, OSError):
        return _of_system(error)
    if isinstance(error, Error):
        return _of_database(error)
    if isinstance(error, MemoryError):
        return "There was not enough memory. Close other programs, or use a larger machine."
    return (
        f"The program failed: {type(error).__name__}: {_first_line(error)}. This is a fault of the"
        " program; tell whoever keeps it."
    )


def _of_system(error: OSError) -> str:
    at = f" ({error.filename})" if error.filename else ""
    if error.errno in FULL:
        return f"The disk is full{at}. Make room on it, then start again."
    if error.errno in NOT_ALLOWED:
        return (
            f"The system does not allow it{at}: {error.strerror}. Correct the permissions, then"
            " start again."
        )
    if isinstance(error, BrokenPipeError):
        return "Nobody reads the output any more."
    return f"The system said: {error.strerror or _first_line(error)}{at}."


def _of_database(error: Error) -> str:
    said = _first_line(error)
    if is_locked(error):
        return (
            "Another process was writing to the database for a long time, so this one gave up."
            " Start again when it is done."
        )
    if "full" in said or "No space left" in str(error):
        return f"There is no room for the database ({said}). Make room on its disk."
    if isinstance(error, ProgrammingError) or "no such table" in said or "no such column" in said:
        return f"The database is not up to date ({said}). Run manage.py migrate first."
    if isinstance(error, OperationalError):
        return (
            f"The database can't be used: {said or 'it went away'}. See that it runs and may be"
            " written to, then start again."
        )
    return f"The database refused what was to be written: {said or type(error).__name__}."


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), "").rstrip(".")
