"""The frame of a page: title, menu, breadcrumb, side navigation, next and previous."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from wagtail.models import Page

from navigation.models import Notification, SiteIdentity
from navigation.tree import Node, SiteTree

register = template.Library()

# A long section is cut short in the footer, which must not outweigh the page.
FOOTER_ENTRIES = 6


@dataclass(frozen=True)
class FooterColumn:
    """A column of the footer; entries with nothing to list share one that has no heading."""

    heading: Node | None
    entries: Sequence[Node]
    more: bool = False


def _node(context: Mapping[str, Any]) -> Node | None:
    page, request = context.get("page"), context.get("request")
    if not isinstance(page, Page) or request is None or page.pk is None:
        return None
    tree = SiteTree.for_request(request)
    return None if tree is None else tree.nodes.get(page.pk)


def _root(context: Mapping[str, Any]) -> Node | None:
    request = context.get("request")
    tree = None if request is None else SiteTree.for_request(request)
    return None if tree is None else tree.root


@register.simple_tag(takes_context=True)
def main_menu(context: Mapping[str, Any]) -> list[Node]:
    """Return the sections and pages of the main menu, in tree order."""
    root = _root(context)
    return [] if root is None else root.shown


@register.simple_tag(takes_context=True)
def breadcrumb(context: Mapping[str, Any]) -> list[Node]:
    """Return the nodes from the home page to the current page's parent; empty on the home page."""
    node = _node(context)
    return [] if node is None else node.ancestors()


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
def notification(context: Mapping[str, Any]) -> Notification | None:
    """Return the notification if this page shows it."""
    request, root = context.get("request"), _root(context)
    if request is None or root is None:
        return None
    setting = Notification.for_request(request)
    node = _node(context)
    here = setting.on_all_pages or (node is not None and node is root)
    return setting if setting.text and here else None


@register.simple_tag(takes_context=True)
def document_title(context: Mapping[str, Any], fallback: str = "") -> str:
    """Return the text of ``<title>``: page – section – site, each once."""
    page, node = context.get("page"), _node(context)
    identity = site_identity(context)
    parts = [fallback]
    if isinstance(page, Page):
        parts = [page.seo_title or page.title]
        if node is not None and node.section is not None and node.section is not node:
            parts.append(node.section.title)
    if identity is not None:
        parts.append(identity.name)
    return " – ".join(dict.fromkeys(part.strip() for part in parts if part and part.strip()))


@register.filter
def listed(entry: Node) -> list[Node]:
    """Return what a sub-menu lists: pages, and groups, which lead to their first page.

    Where a section holds nothing but one group, the group's pages are listed; a
    single page is not, since the section's own link leads to it.
    """
    children = entry.shown
    if len(children) == 1 and children[0].is_section:
        children = children[0].shown
    return children if len(children) > 1 else []


@register.simple_tag(takes_context=True)
def footer_columns(context: Mapping[str, Any]) -> list[FooterColumn]:
    """Return the columns of the footer: one for each section, one for all that stand alone."""
    entries = main_menu(context)
    columns = [
        FooterColumn(entry, children[:FOOTER_ENTRIES], len(children) > FOOTER_ENTRIES)
        for entry in entries
        if (children := listed(entry))
    ]
    single = [entry for entry in entries if not listed(entry)]
    return [*columns, FooterColumn(None, single)] if single else columns
