"""What is said of every response, whatever answers."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class IndexingMiddleware:
    """Tells search engines to keep nothing while the site is not open to them.

    ``robots.txt`` keeps those away that ask it first; the header reaches the others, and
    those who follow a link to a picture or a file, which can say nothing themselves.
    """

    HEADER = "X-Robots-Tag"

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not settings.ALLOW_INDEXING:
            response[self.HEADER] = "noindex"
        return response
