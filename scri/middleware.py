"""What is said of every response, whatever answers."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

# Pictures, films and most files are compressed already; another time costs and gains nothing.
TEXT = ("text/", "application/json", "application/xml", "application/rss+xml", "image/svg+xml")


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


class CompressTextMiddleware(GZipMiddleware):
    """Compress text, and nothing that is streamed from a file.

    Files keep their length and can be asked for in parts. A page's length says nothing about
    secrets in it (BREACH): Django masks the CSRF token anew in every answer, and its gzip adds
    a random number of bytes.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.get("Content-Type", "")
        if response.streaming or not kind.startswith(TEXT):
            return response
        return super().process_response(request, response)
