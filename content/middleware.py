"""Redirects that editors make, and those that Wagtail leaves behind when a page moves; and
which hosts a page may load frames and films from."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri, uri_to_iri
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from content.embeds import embed_policy


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
        return answer


class EmbedPolicyMiddleware:
    """Says to the browser which hosts the embeds of a page may be loaded from.

    Only a page that shows embeds asked for the allowed hosts, so that nothing is asked here;
    every other page gets no policy. A policy of somebody else gets the two directives
    added where it lacks them.
    """

    HEADER = "Content-Security-Policy"

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        hosts: frozenset[str] | None = getattr(request, "_embed_hosts", None)
        if hosts is None:
            return response
        policy = response.get(self.HEADER, "")
        given = {part.split()[0].lower() for part in policy.split(";") if part.strip()}
        added = [
            f"{name} {value}" for name, value in embed_policy(hosts).items() if name not in given
        ]
        response[self.HEADER] = "; ".join([*filter(None, [policy.strip(" ;")]), *added])
        return response
