"""Redirects that editors make, and those that Wagtail leaves behind when a page moves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri, uri_to_iri
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from content.links import split_address


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
        forms = {
            form for path in (full, split_address(full).path) for form in (path, uri_to_iri(path))
        }
        hidden = Redirect.get_for_site(Site.find_for_request(request)).filter(
            old_path__in=forms, redirect_page__live=False
        )
        if any(iri_to_uri(redirect.link or "") == answer["Location"] for redirect in hidden):
            return response
        return answer
