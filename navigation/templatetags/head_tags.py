"""The head of a page: title, canonical address, what others show of it, and its language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Page

from content.languages import TERRITORIES
from content.templatetags.content_tags import canonical_url
from navigation.head import (
    Described,
    SharedPicture,
    as_json,
    joined,
    shared_picture,
    structured_data,
    title_of_page,
)
from navigation.models import SiteIdentity
from navigation.templatetags.navigation_tags import (
    _node,
    _root,
    breadcrumb,
    frame,
    site_identity,
)

register = template.Library()


@register.simple_tag(takes_context=True)
def document_title(context: Mapping[str, Any], fallback: str = "") -> str:
    """Return the text of ``<title>`` (:func:`navigation.head.title_of_page`).

    ``fallback`` names what is no page, such as a search.
    """
    page, identity = context.get("page"), site_identity(context)
    name = "" if identity is None else identity.name
    if not isinstance(page, Page):
        return joined([fallback, name])
    return title_of_page(page, _node(context), name, context.get("list_page"))


@register.simple_tag(takes_context=True)
def canonical_address(context: Mapping[str, Any]) -> str:
    """Return the full URL under which search engines keep what is shown, ``""`` without a page.

    A page of a list adds its own query, ``canonical_query`` of the context. Other queries
    show what the page shows anyway. Wagtail's alias stands for its original. A view without
    a page names its own URL as ``canonical_here``.
    """
    page, query = context.get("page"), context.get("canonical_query")
    if isinstance(page, Page) and page.alias_of_id and page.alias_of is not None:
        return page.alias_of.specific.get_full_url(context.get("request")) or ""
    url = canonical_url(context) or str(context.get("canonical_here", ""))
    return f"{url}?{query}" if url and query else url


@register.simple_tag(takes_context=True)
def hides_from_search(context: Mapping[str, Any]) -> bool:
    """Tell whether search engines should pass by: a preview, or a site not open to them yet."""
    request = context.get("request")
    return not settings.ALLOW_INDEXING or bool(getattr(request, "is_preview", False))


@register.simple_tag(takes_context=True)
def share_picture(context: Mapping[str, Any]) -> SharedPicture | None:
    """Return the picture that stands for the page elsewhere, if there is one."""
    page = context.get("page")
    shown = page if isinstance(page, Page) else None
    return shared_picture(shown, site_identity(context), context.get("request"))


@register.simple_tag(takes_context=True)
def data_about(
    context: Mapping[str, Any], canonical: str, picture: SharedPicture | None
) -> SafeString | str:
    """Return structured data about the page as JSON for a data block, ``""`` if there is none."""
    page, request, root = context.get("page"), context.get("request"), _root(context)
    if not isinstance(page, Page) or page.pk is None or request is None or root is None:
        return ""
    is_home = page.pk == root.id
    graph = structured_data(
        Described(
            request=request,
            page=page,
            identity=site_identity(context),
            is_home=is_home,
            root=request.build_absolute_uri("/"),
            canonical=canonical,
            language=page_language(context),
            above=[] if is_home else breadcrumb(context),
            social=frame(context).social if is_home else [],
            picture=picture,
            search=request.build_absolute_uri(reverse("search")),
        )
    )
    return as_json(graph) if graph else ""


@register.simple_tag(takes_context=True)
def page_language(context: Mapping[str, Any]) -> str:
    """Return the language of the page, else that of the site.

    ``<html>`` bears it: the title, which has no other place for a language, the heading
    and most words are the page's (WCAG 3.1.1). What stands around the page's own words
    names the site's language in turn (3.1.2; :func:`frame_language`).
    """
    own = getattr(context.get("page"), "language", "")
    return str(own) or _site_language(context)


@register.simple_tag(takes_context=True)
def frame_language(context: Mapping[str, Any]) -> SafeString | str:
    """Return the attribute that parts of the frame need on a page in another language than the
    site's, else ``""``. The base template keeps it as ``frame_lang`` for all templates."""
    site = _site_language(context)
    return format_html(' lang="{}"', site) if site != page_language(context) else ""


@register.filter
def territory(language: str) -> str:
    """Return a language as the Open Graph protocol writes it, such as ``"en_GB"``."""
    return TERRITORIES.get(language, "")


@register.simple_tag(takes_context=True)
def touch_icon_url(context: Mapping[str, Any]) -> str:
    """Return the URL of the icon for telephones, ``""`` if the site has none of its own."""
    identity: SiteIdentity | None = site_identity(context)
    return "" if identity is None else identity.touch_icon_url


@register.simple_tag(takes_context=True)
def favicon_url(context: Mapping[str, Any]) -> str:
    """Return the URL of the site's icon for browser tabs, ``""`` if it has none of its own."""
    identity: SiteIdentity | None = site_identity(context)
    return "" if identity is None else identity.icon_url


def _site_language(context: Mapping[str, Any]) -> str:
    identity: SiteIdentity | None = site_identity(context)
    return "en" if identity is None else identity.language
