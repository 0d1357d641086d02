"""Limits of what one document may cost, kept by the system: a process of its own reads it."""

from __future__ import annotations

import os
import pickle
import resource
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeVar

SECONDS = 10
MEGABYTES = 300
# The longest body of a real site has 35,000 characters; most need no process of their own.
ORDINARY_LENGTH = 60_000
# Exit codes of the process.
DONE, FAILED, OVER_LIMIT = 0, 1, 2

Result = TypeVar("Result")


class OverLimitError(Exception):
    """A task costs more than ``SECONDS`` of the processor or ``MEGABYTES`` of memory."""


def within_limits(task: Callable[[], Result]) -> Result:
    """Return the result of a task that runs in a process of its own and writes nothing.

    Raises:
        OverLimitError: if it costs too much. What the task raises itself is raised here.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run(task, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        data = answer.read()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == FAILED:
        # It raised an error, which it raises here, too.
        return task()
    if code != DONE:
        raise OverLimitError
    result: Result = pickle.loads(data)
    return result


def _run(task: Callable[[], object], writing: int) -> NoReturn:
    """Run a task in the child and write its pickled result; never returns to the caller's code."""
    code = FAILED
    try:
        _limit()
        result = task()
        with os.fdopen(writing, "wb") as out:
            pickle.dump(result, out)
        code = DONE
    except MemoryError:
        code = OVER_LIMIT
    finally:
        os._exit(code)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    statm = Path("/proc/self/statm")
    if statm.exists():
        pages = int(statm.read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + MEGABYTES * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
