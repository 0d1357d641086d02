"""The style sheet of a site's colours, and what the admin shows of them before they are saved."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from navigation.colours import palette
from navigation.models import SiteIdentity
from navigation.panels import contrast_context


def colours(request: HttpRequest, digest: str) -> HttpResponse:
    """Serve the colours of the request's site under an address that changes with them.

    Raises:
        Http404: if the digest is not that of the site's colours today.
    """
    identity = SiteIdentity.for_request(request)
    chosen = identity.palette
    if digest != chosen.digest:
        raise Http404("These are not the colours of this site today.")
    return HttpResponse(
        chosen.css,
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )


@require_safe
def preview_colours(request: HttpRequest, primary: str, secondary: str) -> HttpResponse:
    """Serve the colours of a preview within the admin, made from two that need not be saved.

    Each is six hexadecimal digits, which the address makes sure of.
    """
    return HttpResponse(
        palette(f"#{primary}", f"#{secondary}").css,
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": "private, max-age=3600"},
    )


@require_safe
def contrast(request: HttpRequest) -> HttpResponse:
    """Return what becomes of ``?primary=`` and ``?secondary=``, as a part of the identity's form.

    Raises:
        PermissionDenied: for those who may not change the identity of any site.
    """
    if not policy_registry.get_by_type(SiteIdentity).user_has_permission(request.user, "change"):
        raise PermissionDenied
    given = (request.GET.get("primary", ""), request.GET.get("secondary", ""))
    return render(request, "navigation/admin/contrast.html", contrast_context(*given))
