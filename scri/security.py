"""``security.txt``: where security problems are reported (RFC 9116)."""

from __future__ import annotations

import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from content.markup.links import split_address
from navigation.models import NavigationSettings, SiteIdentity
from navigation.models.menus import REPORT_VULNERABILITY

# Less than a year, as the RFC recommends. The text is made anew for each who asks, so it
# never expires while the site answers; when nobody keeps the site any more, it does.
VALID = datetime.timedelta(days=180)


def contact_address(request: HttpRequest) -> str:
    """Return the address of "Report Vulnerability" in the footer as a URI, ``""`` without one.

    A website of the government without a footer of its own has the government's, as below
    its pages. A web address must be a secure one (RFC 9116, 2.5.3); another says nothing.
    """
    footer = NavigationSettings.for_request(request).footer
    if footer is not None and footer.live:
        address = footer.report_vulnerability.strip()
    else:
        is_government = SiteIdentity.for_request(request).is_government
        address = REPORT_VULNERABILITY if is_government else ""
    if address.startswith("/"):
        address = request.build_absolute_uri(address)
    own_host = split_address(address).netloc == request.get_host()
    if split_address(address).scheme in ("https", "mailto", "tel") or (address and own_host):
        return iri_to_uri(address)
    return ""


def security_text(request: HttpRequest, contact: str, language: str) -> str:
    """Return the text. It expires at the beginning of a day, so that it is one text all day."""
    expires = (timezone.now() + VALID).astimezone(datetime.UTC).strftime("%Y-%m-%dT00:00:00Z")
    canonical = request.build_absolute_uri(reverse("security"))
    lines = {
        "Contact": contact,
        "Expires": expires,
        "Preferred-Languages": language,
        "Canonical": canonical,
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items())
