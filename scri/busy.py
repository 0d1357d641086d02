"""What people are told while the database is busy: SQLite has one writer, and an import writes
everything in one transaction."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.defaults import server_error

from content.failures import is_locked
from editors.typed import error_data

SECONDS = 30
SENTENCE = "The website is being written to. Save again in half a minute."


def busy(request: HttpRequest) -> HttpResponse:
    """Return the page that says so, or data for a script. The browser still has what was typed."""
    if request.accepts("text/html"):
        response = render(request, "503.html", status=503)
    else:
        response = error_data("busy", SENTENCE, status=503)
    response["Retry-After"] = str(SECONDS)
    response["Cache-Control"] = "no-store"
    return response


class BusyDatabaseMiddleware:
    """Answers so in place of a view that waited for the database in vain."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page, ``None`` for any other error."""
        return busy(request) if is_locked(error) else None


def failed(request: HttpRequest) -> HttpResponseBase:
    """Answer an error that no view raised, such as one of the session."""
    error = sys.exc_info()[1]
    return busy(request) if error is not None and is_locked(error) else server_error(request)
