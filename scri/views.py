"""Views that belong to no page: health, robots, and the page for what is not there."""

from __future__ import annotations

import posixpath
import re

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.views.static import serve as serve_file
from wagtail.models import Site

from navigation.models import SiteIdentity
from navigation.tree import Node, SiteTree

NEAR_PAGES = 5
WORD = re.compile(r"[^\W_]{3,}")


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


def favicon(request: HttpRequest) -> HttpResponse:
    """Lead to the site's icon, or to the neutral one, by a redirect.

    Browsers, feed readers and search engines ask for this path without reading a page.
    An editor may choose another icon, so the answer is kept for a day at most.
    """
    site = Site.find_for_request(request)
    own = "" if site is None else SiteIdentity.for_site(site).icon_url
    headers = {"Cache-Control": "public, max-age=86400"}
    return HttpResponseRedirect(own or static("favicon.ico"), headers=headers)


def near_pages(request: HttpRequest) -> list[Node]:
    """Return up to five pages whose title or address shares most words with what was asked for.

    The tree is read for the menu anyway, so wrong addresses, which robots try all
    day, cost no further query.
    """
    tree = SiteTree.for_request(request)
    asked = set(WORD.findall(request.path.lower()))
    if tree is None or not asked:
        return []
    shared = {
        node_id: len(asked & set(WORD.findall(f"{node.title} {node.url}".lower())))
        for node_id, node in tree.nodes.items()
        if node.url and not node.is_section and node is not tree.root
    }
    nearest = sorted((node_id for node_id in shared if shared[node_id]), key=lambda i: -shared[i])
    return [tree.nodes[node_id] for node_id in nearest[:NEAR_PAGES]]


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say in plain words that nothing is at this address, with a way on."""
    words = " ".join(WORD.findall(request.path.removesuffix(".html")))
    context = {"words": words[:100], "near": near_pages(request)}
    return render(request, "404.html", context, status=404)


def stored_file(request: HttpRequest, path: str, document_root: str) -> HttpResponseBase:
    """Serve a stored picture. Documents have a view of Wagtail's own, which asks who may see
    them and keeps active content from running; their files are not found here.

    Raises:
        Http404: if there is no such file, or it is a document's.
    """
    if posixpath.normpath(f"/{path}").lstrip("/").startswith("documents/"):
        raise Http404("Documents are served at their own address.")
    return serve_file(request, path, document_root)
