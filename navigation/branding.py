"""The name and logo that the admin and its e-mails bear: those of the site they are about."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page, Site
from wagtail.permissions import policy_registry

from content.rendering.pictures import rendition
from navigation.models import SiteIdentity

# Where nobody gave the site a name or host yet.
NAMELESS = "Website"
LOGO = "max-320x128"


def site_for(user: Any = None, request: Any = None, page: Page | None = None) -> Site | None:
    """Return the site that something in the admin is about: that of a page, else the one whose
    pages somebody may edit, if it is one, else the one that the request names, else the first."""
    found: Site | None = page.get_site() if page is not None and page.pk else None
    if found is None and user is not None and user.is_authenticated:
        root = policy_registry.get_by_type(Page).explorable_root_instance(user)
        found = root.get_site() if root is not None else None
    if found is None and request is not None:
        found = Site.find_for_request(request)
    return found or Site.objects.order_by("-is_default_site", "pk").first()


def name_of_site(site: Site | None) -> str:
    """Return the name of a site: of its identity, else what its settings say."""
    if site is None:
        return NAMELESS
    return str(SiteIdentity.for_site(site).name or site.site_name or site.hostname or NAMELESS)


def logo_of_site(site: Site | None) -> str:
    """Return the URL of a site's logo in a fitting size, ``""`` without one that can be shown."""
    logo = None if site is None else SiteIdentity.for_site(site).logo
    if logo is None:
        return ""
    if logo.is_svg():
        return str(logo.file.url)
    shown = rendition(logo, LOGO)
    return "" if shown is None else str(shown.url)
