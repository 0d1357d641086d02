"""The site's own name and logo in the admin and in e-mails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from wagtail.models import Page, Site

from navigation.branding import logo_of_site, name_of_site, site_for
from navigation.models import SiteIdentity

register = template.Library()


@register.simple_tag(takes_context=True)
def admin_site(context: Mapping[str, Any]) -> Site | None:
    """Return the site that a page of the admin, or an e-mail, is about."""
    request = context.get("request")
    page = context.get("page") or context.get("object")
    user = getattr(request, "user", None)
    return site_for(user, request, page if isinstance(page, Page) else None)


@register.filter
def site_name(site: Site | None) -> str:
    """Return the name of a site."""
    return name_of_site(site)


@register.filter
def site_logo(site: Site | None) -> str:
    """Return the URL of a site's logo, ``""`` if it has none."""
    return logo_of_site(site)


@register.filter
def site_icon(site: Site | None) -> str:
    """Return the URL of a site's icon for browser tabs, ``""`` if it has none."""
    return "" if site is None else SiteIdentity.for_site(site).icon_url
