"""Limits of what one document or picture may cost. A process of its own reads a long document or
a large picture, so that the memory that it takes is given back; a short document is watched where
it is read."""

from __future__ import annotations

import os
import pickle
import resource
import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import NoReturn, TypeVar

from content.library.picture_files import DAMAGED
from content.library.smaller_pictures import made_smaller

SECONDS = 10
MEGABYTES = 300
# The longest body of a real site has 35,000 characters; most need no process of their own.
ORDINARY_LENGTH = 60_000
# Exit codes of the process; one that the system ends has none of them.
DONE, FAILED, OVER_LIMIT = 0, 1, 2

Result = TypeVar("Result")


class OverLimitError(Exception):
    """A task costs more than ``SECONDS`` of the processor or ``MEGABYTES`` of memory."""


class InOtherProcessError(Exception):
    """Where an error happened in the process of a task: its traceback, as text."""


# What it takes at most to decode a picture that is to be made smaller; of memory, with what the
# run holds already, as much as a whole run may take.
PICTURE_SECONDS = 60
PICTURE_MEGABYTES = 500


def made_smaller_within_limits(file: Path, factor: int) -> bytes | None:
    """Return :func:`made_smaller`, ``None`` if it costs too much or the file is damaged."""
    left = max(1, PICTURE_MEGABYTES - _memory()[1])
    try:
        return within_limits(partial(made_smaller, file, factor), PICTURE_SECONDS, left)
    except (OverLimitError, *DAMAGED):
        return None


def within_limits(
    task: Callable[[], Result], seconds: int | None = None, megabytes: int | None = None
) -> Result:
    """Return the result of a task that runs in a process of its own and writes nothing.

    ``seconds`` and ``megabytes`` are its limits, those of a document if they are not given.

    Raises:
        OverLimitError: if it costs too much. What the task raises itself is raised here.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run(task, writing, seconds or SECONDS, megabytes or MEGABYTES)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        data = answer.read()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == FAILED:
        raise RuntimeError("The process of the task ended without an answer.")
    if code != DONE:
        raise OverLimitError
    result: Result
    result, error, where = pickle.loads(data)
    if error is not None:
        raise error from InOtherProcessError(where)
    return result


def watched(task: Callable[[], Result]) -> Result:
    """Return the result of a task that most likely costs little, and that leaves nothing behind
    when it is stopped. It is watched in the main thread only, where Python looks at signals.

    Raises:
        OverLimitError: if it costs too much all the same.
    """
    if threading.current_thread() is not threading.main_thread():
        return task()
    with _alarm(), _memory_limit():
        return task()


def read_within_limits(task: Callable[[], Result], length: int) -> Result:
    """Return the result of reading a text of so many characters: a long one in a process of its
    own, any other watched where it is read.

    Raises:
        OverLimitError: if it costs too much.
    """
    return watched(task) if length <= ORDINARY_LENGTH else within_limits(task)


@contextmanager
def _alarm() -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise OverLimitError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@contextmanager
def _memory_limit() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_AS)
    try:
        _limit_memory(MEGABYTES)
        yield
    except MemoryError:
        raise OverLimitError from None
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _run(task: Callable[[], object], writing: int, seconds: int, megabytes: int) -> NoReturn:
    """Run a task in the child and write its result, its error or ``None``, and where that happened.

    It never returns to the caller's code.
    """
    code = FAILED
    try:
        _limit(seconds, megabytes)
        with os.fdopen(writing, "wb") as out:
            pickle.dump(_outcome(task), out)
        code = DONE
    except MemoryError:
        code = OVER_LIMIT
    finally:
        os._exit(code)


def _outcome(task: Callable[[], object]) -> tuple[object, Exception | None, str]:
    try:
        return task(), None, ""
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - the parent raises it again
        # A traceback can't be handed over itself.
        return None, error, traceback.format_exc()


def _limit(seconds: int, megabytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    _limit_memory(megabytes)


def _limit_memory(megabytes: int) -> None:
    """Let the process take so much more than it has, if no lower limit is set already."""
    taken = _memory()[0]
    if taken:
        limit = (taken + megabytes) * 1024 * 1024
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        if soft == resource.RLIM_INFINITY or limit < soft:
            resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _memory() -> tuple[int, int]:
    """Return the megabytes that the process has set aside and those that it uses, zeros where the
    system does not tell."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return 0, 0
    aside, used, *_ = statm.read_text(encoding="ascii").split()
    size = resource.getpagesize()
    return int(aside) * size // 1024**2, int(used) * size // 1024**2
