"""The style sheet of a site's colours."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from navigation.colours import palette
from navigation.models import SiteIdentity


def colours(request: HttpRequest, digest: str) -> HttpResponse:
    """Serve the colours of the request's site under an address that changes with them.

    Raises:
        Http404: if the digest is not that of the site's colours today.
    """
    identity = SiteIdentity.for_request(request)
    chosen = palette(identity.primary_colour, identity.secondary_colour)
    if digest != chosen.digest:
        raise Http404("These are not the colours of this site today.")
    return HttpResponse(
        chosen.css,
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )
