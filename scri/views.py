"""Views that belong to no page: health, robots, and the page for what is not there."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers; for load balancers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def robots(request: HttpRequest) -> HttpResponse:
    """Let search engines in, except into the admin and, while developing, into anything."""
    rules = "Disallow: /" if settings.DEBUG else "Disallow: /admin/\nDisallow: /django-admin/"
    sitemap = request.build_absolute_uri("/sitemap.xml")
    return HttpResponse(
        f"User-agent: *\n{rules}\n\nSitemap: {sitemap}\n", content_type="text/plain"
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say in plain words that nothing is at this address, with a way on."""
    words = " ".join(
        word for word in request.path.replace("-", " ").replace("/", " ").split() if word.isalnum()
    )
    return render(request, "404.html", {"words": words[:100]}, status=404)
