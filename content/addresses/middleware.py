"""Redirects that editors make, and those that imports bring."""

from __future__ import annotations

import re
from urllib.parse import urlunsplit

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.models import Site

from content.addresses.redirect_checks import leads_in_a_circle
from content.addresses.redirects import find_redirect
from content.markup.links import split_address

# Where this software answered before what is its own moved below /-/; bookmarks may be left.
_MOVED = re.compile(
    r"/(?:media/(?:images|original_images)/|documents/\d+/|static/|theme/|django-admin/|healthz$)"
)


class PublishedRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects, found however an address is encoded, and none that leads nowhere.

    A page that moves away and comes back leaves a redirect from its own place to
    itself. While it is live nobody notices; once it is unpublished, visitors
    would be sent in a circle. So they would by two redirects that lead to each other: the form
    refuses those, but not every redirect was made with it.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Override of ``RedirectMiddleware.process_response``."""
        if response.status_code != 404:
            return response
        site = Site.find_for_request(request)
        redirect = find_redirect(site, request.get_full_path())
        query = request.META.get("QUERY_STRING", "")
        if redirect is None and _MOVED.match(request.path):
            path = f"/-{request.path}"
            if request.path.startswith("/documents/"):
                path = f"/{settings.DOCUMENTS_PATH}/{request.path.removeprefix('/documents/')}"
            return HttpResponsePermanentRedirect(with_query(path, query))
        if redirect is None or not redirect.link:
            return response
        if redirect.redirect_page is not None and not redirect.redirect_page.live:
            return response
        if site is not None and leads_in_a_circle(redirect, site):
            return response
        kind = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
        asked_for = query and "?" not in redirect.old_path
        return kind(with_query(redirect.link, query) if asked_for else redirect.link)


def with_query(address: str, query: str) -> str:
    """Return an address with a query added to its own: Wagtail drops what was asked for."""
    parts = split_address(address)
    if not any(parts):
        return address
    joined = "&".join(part for part in (parts.query, query) if part)
    return urlunsplit(parts._replace(query=joined))
