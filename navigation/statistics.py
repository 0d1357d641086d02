"""Services that count visitors: what each loads, from where, and what switches it on.

A page loads none unless a site manager decided so (*Settings, Site identity*). Then the page
names the service and its id as data, ``scri/static/js/statistics.js`` starts it, and the
security policy of that page allows exactly the hosts that stand here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from navigation.models import SiteIdentity


@dataclass(frozen=True)
class Service:
    """A service: its name in the script and, but for WOGAA, the setting that holds its id.

    ``script`` is the address of its script, ``{id}`` in the place of the id; ``hosts`` are the
    sources it needs, for each directive of the policy.
    """

    name: str
    script: str
    hosts: Mapping[str, list[str]]
    form_of_id: re.Pattern[str] = re.compile(r"")


_TAGS = "https://www.googletagmanager.com"
_ANALYTICS = ["https://*.google-analytics.com", "https://*.analytics.google.com"]

# From what each service documents for strict policies. Universal Analytics is not among them:
# Google switched it off in 2023.
SERVICES = (
    Service(
        "google_analytics_4",
        f"{_TAGS}/gtag/js?id={{id}}",
        {
            "script-src": [_TAGS],
            "img-src": [_TAGS, _ANALYTICS[0]],
            "connect-src": [_TAGS, *_ANALYTICS],
        },
        re.compile(r"G-[A-Z0-9]{4,20}"),
    ),
    Service(
        "google_tag_manager",
        f"{_TAGS}/gtm.js?id={{id}}",
        {"script-src": [_TAGS], "img-src": [_TAGS], "connect-src": [_TAGS]},
        re.compile(r"GTM-[A-Z0-9]{4,20}"),
    ),
    Service(
        "facebook_pixel",
        "https://connect.facebook.net/en_US/fbevents.js",
        {
            "script-src": ["https://connect.facebook.net"],
            "img-src": ["https://www.facebook.com"],
            "connect-src": ["https://www.facebook.com"],
        },
        re.compile(r"[0-9]{5,20}"),
    ),
    Service(
        "linkedin_insights",
        "https://snap.licdn.com/li.lms-analytics/insight.min.js",
        {
            "script-src": ["https://snap.licdn.com"],
            "img-src": ["https://px.ads.linkedin.com"],
            "connect-src": ["https://px.ads.linkedin.com"],
        },
        re.compile(r"[0-9]{4,20}"),
    ),
    Service(
        "wogaa",
        "https://assets.wogaa.sg/scripts/wogaa.js",
        {
            "script-src": ["https://assets.wogaa.sg"],
            "img-src": ["https://*.wogaa.sg"],
            "connect-src": ["https://*.wogaa.sg"],
        },
    ),
)


@dataclass(frozen=True)
class Started:
    """A service that a page starts, with its id (``""`` for WOGAA, which goes by the host)."""

    service: Service
    id: str


def started_services(identity: SiteIdentity) -> list[Started]:
    """Return the services that a site has switched on and that have an id of their form.

    The government's service needs a switch of its own, and a government site.
    """
    result = []
    for service in SERVICES:
        if service.name == "wogaa":
            if identity.is_government and identity.wogaa_enabled:
                result.append(Started(service, ""))
            continue
        known = str(getattr(identity, service.name) or "").strip()
        if identity.analytics_enabled and service.form_of_id.fullmatch(known):
            result.append(Started(service, known))
    return result


def services_of(request: HttpRequest, identity: SiteIdentity) -> list[Started]:
    """Return the services of the page that answers a request, none in a preview; the page's
    policy allows their hosts from then on."""
    if getattr(request, "is_preview", False):
        return []
    found = started_services(identity)
    request._statistics = found  # type: ignore[attr-defined]
    return found


def as_data(services: Iterable[Started]) -> str:
    """Return what the script needs to know, as JSON: name, id and address of each service."""
    return json.dumps(
        [
            {
                "name": started.service.name,
                "id": started.id,
                "script": started.service.script.format(id=started.id),
            }
            for started in services
        ]
    )


def statistics_policy(services: Iterable[Started]) -> dict[str, list[str]]:
    """Return the directives of a content security policy that services need; each host once."""
    policy: dict[str, list[str]] = {}
    for started in services:
        for directive, hosts in started.service.hosts.items():
            known = policy.setdefault(directive, [])
            known.extend(host for host in hosts if host not in known)
    return policy
