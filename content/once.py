"""What is read once for a request, or once for many requests that see one state of a site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.http import HttpRequest

Read = TypeVar("Read")
_SHARED: ContextVar[dict[tuple[str, str], Any] | None] = ContextVar("shared", default=None)


def once(request: HttpRequest, name: str, read: Callable[[], Read]) -> Read:
    """Return what ``read`` gives, read once and kept on the request under a name.

    What is kept says the same to every visitor of the request's host.
    """
    shared = _SHARED.get()
    if shared is not None:
        key = request.get_host(), name
        if key not in shared:
            shared[key] = read()
        found: Read = shared[key]
        return found
    if not hasattr(request, name):
        setattr(request, name, read())
    kept: Read = getattr(request, name)
    return kept


@contextmanager
def shared_by_requests() -> Iterator[None]:
    """Have all requests within this share what each of them would read once.

    For whoever asks for many pages of a site one after the other and wants them in one state.
    """
    token = _SHARED.set({})
    try:
        yield
    finally:
        _SHARED.reset(token)
