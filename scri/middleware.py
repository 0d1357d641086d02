"""Compression of what Django itself answers; static files are compressed once, by WhiteNoise."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

# Pictures, films and most files are compressed already; another time costs and gains nothing.
TEXT = ("text/", "application/json", "application/xml", "application/rss+xml", "image/svg+xml")


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
