"""The frame of a page: menu, breadcrumb, side navigation, next and previous."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from navigation.colours import DEFAULT_PRIMARY, DEFAULT_SECONDARY
from navigation.entries import Entry, marked
from navigation.frame import Frame
from navigation.models import Notification, SiteIdentity
from navigation.statistics import as_data, services_of
from navigation.tree import Node, SiteTree

register = template.Library()


def _node(context: Mapping[str, Any]) -> Node | None:
    page, request = context.get("page"), context.get("request")
    if not isinstance(page, Page) or request is None or page.pk is None:
        return None
    tree = SiteTree.for_request(request)
    return None if tree is None else tree.node_of(page)


def _root(context: Mapping[str, Any]) -> Node | None:
    request = context.get("request")
    tree = None if request is None else SiteTree.for_request(request)
    return None if tree is None else tree.root


@register.simple_tag(takes_context=True)
def frame(context: Mapping[str, Any]) -> Frame:
    """Return the menu and footer of the request's site; an empty one outside any site."""
    request = context.get("request")
    return Frame() if request is None else Frame.for_request(request)


@register.simple_tag(takes_context=True)
def main_menu(context: Mapping[str, Any]) -> list[Entry]:
    """Return the lines of the main menu, each knowing whether the visitor is there or below."""
    page, node, request = context.get("page"), _node(context), context.get("request")
    url = "" if node is None else node.url
    chain: list[int] = []
    if isinstance(page, Page) and page.pk is not None and request is not None:
        chain = [*(each.id for each in _above(context)[1:]), page.pk]
    return marked(frame(context).menu, url, chain)


def _above(context: Mapping[str, Any]) -> list[Node]:
    """Return the nodes above the current page, the root first; empty on the home page."""
    page, request = context.get("page"), context.get("request")
    if not isinstance(page, Page) or request is None or not page.path:
        return []
    tree = SiteTree.for_request(request)
    return [] if tree is None else tree.above(page)


@register.simple_tag(takes_context=True)
def breadcrumb(context: Mapping[str, Any]) -> list[Node]:
    """Return the nodes from the home page to the current page's parent; empty on the home page.

    A page that stands in no section has the stations that its URL names (format
    reference, 4.3): each beginning of it at which another page lives.
    """
    above, node, request = _above(context), _node(context), context.get("request")
    tree = None if request is None else SiteTree.for_request(request)
    if tree is not None and node is not None and above == [tree.root]:
        return [tree.root, *tree.along(node.url)]
    return above


@register.simple_tag(takes_context=True)
def section_of_page(context: Mapping[str, Any]) -> Node | None:
    """Return the menu section that the current page stands in, if any."""
    node = _node(context)
    return None if node is None else node.section


@register.simple_tag(takes_context=True)
def group_of_page(context: Mapping[str, Any]) -> Node | None:
    """Return the group within a section that the current page stands in, if any."""
    node = _node(context)
    if node is None or node.parent is None or node.parent is node.section:
        return None
    return node.parent if node.parent.is_section else None


@register.simple_tag(takes_context=True)
def side_navigation(context: Mapping[str, Any]) -> list[Node]:
    """Return the entries of the side navigation; empty unless the section has two pages."""
    node = _node(context)
    section = None if node is None else node.section
    if section is None or len(list(section.pages())) < 2:
        return []
    return section.shown


@register.simple_tag(takes_context=True)
def neighbours(context: Mapping[str, Any]) -> dict[str, Node | None]:
    """Return the pages before and after the current one in its section, across groups."""
    node = _node(context)
    section = None if node is None else node.section
    pages = [] if section is None else list(section.pages())
    if node not in pages:
        return {"previous": None, "next": None}
    place = pages.index(node)
    return {
        "previous": pages[place - 1] if place else None,
        "next": pages[place + 1] if place + 1 < len(pages) else None,
    }


@register.simple_tag(takes_context=True)
def site_identity(context: Mapping[str, Any]) -> SiteIdentity | None:
    """Return the identity of the request's site, or ``None`` outside any site."""
    request = context.get("request")
    root = _root(context)
    return None if request is None or root is None else SiteIdentity.for_request(request)


@register.simple_tag(takes_context=True)
def colours_url(context: Mapping[str, Any], identity: SiteIdentity) -> str:
    """Return the URL of the style sheet of a site's colours.

    A preview stands at an address of the admin, perhaps on the host of another site, and its
    colours need not be saved; so the admin serves them by the colours themselves.
    """
    if getattr(context.get("request"), "is_preview", False):
        roles = (
            (identity.primary_colour, DEFAULT_PRIMARY),
            (identity.secondary_colour, DEFAULT_SECONDARY),
        )
        colours = [(chosen or default).removeprefix("#") for chosen, default in roles]
        return reverse("navigation_preview_colours", args=colours)
    return reverse("colours", args=[identity.stylesheet_hash])


@register.simple_tag(takes_context=True)
def notification(context: Mapping[str, Any]) -> Notification | None:
    """Return the notification if this page shows it."""
    request, root = context.get("request"), _root(context)
    if request is None or root is None:
        return None
    previewed: Notification | None = getattr(request, "_navigation_preview", {}).get("notification")
    if previewed is not None:
        return previewed if previewed.has_words else None
    setting = Notification.for_request(request)
    node = _node(context)
    here = setting.on_all_pages or (node is not None and node is root)
    return setting if here and setting.is_shown_at(timezone.now()) else None


@register.simple_tag(takes_context=True)
def statistics(context: Mapping[str, Any]) -> str:
    """Return the services that count visitors of this page, as data for the script that starts
    them; ``""`` if there are none."""
    request, identity = context.get("request"), site_identity(context)
    if request is None or identity is None:
        return ""
    services = services_of(request, identity)
    return as_data(services) if services else ""


@register.filter
def verbose_name(target: Model) -> str:
    """Return what editors call the type of an object."""
    return str(target._meta.verbose_name)
