"""Redirects that editors make, and those that Wagtail leaves behind when a page moves."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri, uri_to_iri
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site


class PublishedRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects, but none to a page that is not public.

    A page that moves away and comes back leaves a redirect from its own place to
    itself. While it is live nobody notices; once it is unpublished, visitors
    would be sent in a circle.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answer: HttpResponse = super().process_response(request, response)
        if answer is response:
            return response
        full = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        forms = {form for path in (full, urlsplit(full).path) for form in (path, uri_to_iri(path))}
        hidden = Redirect.get_for_site(Site.find_for_request(request)).filter(
            old_path__in=forms, redirect_page__live=False
        )
        if any(iri_to_uri(redirect.link or "") == answer["Location"] for redirect in hidden):
            return response
        query = request.META.get("QUERY_STRING", "")
        own = {full, uri_to_iri(full)}
        rows = Redirect.get_for_site(Site.find_for_request(request))
        if query and not rows.filter(old_path__in=own).exists():
            answer["Location"] = with_query(answer["Location"], query)
        return answer


def with_query(address: str, query: str) -> str:
    """Return an address with a query added to its own: Wagtail drops what was asked for."""
    parts = urlsplit(address)
    joined = "&".join(part for part in (parts.query, query) if part)
    return urlunsplit(parts._replace(query=joined))
