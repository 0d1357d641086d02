"""The one place that decides which security policy an answer of this site carries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from content.rendering.embeds import embed_policy, storage_host
from navigation.statistics import statistics_policy
from scri.settings import security

Policy = dict[str, list[str]]
BLOCK_PREVIEW = "wagtailadmin_block_preview"
# The names of their first pages.
ADMINS = ("wagtailadmin_home", "admin:index")


def policy_for(request: HttpRequest, response: HttpResponse) -> Policy:
    """Return the content security policy of an answer, as directives with their sources.

    The admin and stored files have policies of their own. A public page has the strict one, and
    what it asked for while it was rendered: the hosts of embeds
    (:func:`content.rendering.embeds.allowed_hosts`) and of statistics
    (:func:`navigation.statistics.services_of`). Nothing is asked here.
    """
    stored = request.path.startswith(settings.MEDIA_URL) and response.status_code == 200
    if stored:
        return merged(security.SECURE_CSP_FILES)
    storage = [f"https://{host}"] if (host := storage_host()) else []
    admins = tuple(reverse(name) for name in ADMINS)
    in_admin = request.path.startswith(admins) and not _is_sample(request)
    given = security.SECURE_CSP_ADMIN if in_admin else security.SECURE_CSP
    policy = merged(given, {"img-src": storage})
    hosts: frozenset[str] | None = getattr(request, "_embed_hosts", None)
    if hosts is not None:
        policy = merged(policy, embed_policy(hosts))
    return merged(policy, statistics_policy(getattr(request, "_statistics", ())))


def _is_sample(request: HttpRequest) -> bool:
    """Tell whether an address of the admin shows a part of the public site: a block's preview."""
    match = request.resolver_match
    return match is not None and match.view_name == BLOCK_PREVIEW


def merged(policy: Mapping[str, list[str]], *others: Mapping[str, list[str]]) -> Policy:
    """Return a policy that also allows what others allow; each source once, in order."""
    result = {name: list(sources) for name, sources in policy.items()}
    for other in others:
        for name, sources in other.items():
            known = [one for one in result.get(name, []) if one != "'none'" or not sources]
            result[name] = list(dict.fromkeys([*known, *sources]))
    return result


class PolicyMiddleware:
    """Hands each answer its policy; the middleware before it in the list writes the header.

    A policy that a view has written itself stays: Wagtail's for documents, and that of a
    preview, which is an answer of the public site within one of the admin.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: Any = self.get_response(request)
        # The name under which both django-csp and Django 6 look for it.
        if not hasattr(response, "_csp_config"):
            response._csp_config = policy_for(request, response)
        response.headers.setdefault("Permissions-Policy", security.PERMISSIONS_POLICY)
        return response
