"""Template tags for links between pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django import template

from content.addresses import page_url

register = template.Library()


@register.simple_tag(takes_context=True)
def link_url(context: Mapping[str, Any], link: Mapping[str, Any] | None) -> str:
    """Return the URL of a link block, ``""`` when it leads nowhere."""
    if not link:
        return ""
    if link.get("page"):
        return page_url(link["page"], context.get("request"))
    return str(link.get("address") or "")


@register.filter
def other_host(url: str) -> str:
    """Return the host of a URL that leaves this site, else ``""``."""
    parts = urlsplit(url or "")
    return parts.netloc if parts.scheme in ("http", "https") else ""
