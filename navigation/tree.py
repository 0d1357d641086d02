"""The pages of a site as one small tree in memory.

Menu, breadcrumb, side navigation and next/previous all ask the same questions
of the same pages. The tree is read once for a request, with two queries, and
answers all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from wagtail.models import Page, Site

from content.addresses import address_map, addresses_for, url_of
from content.models import SectionPage


@dataclass
class Node:
    """A page in the tree. ``url`` of a section is that of its first page, or ``""``."""

    id: int
    title: str
    url: str
    is_section: bool
    in_menus: bool
    parent: Node | None = field(default=None, repr=False)
    children: list[Node] = field(default_factory=list, repr=False)

    @property
    def shown(self) -> list[Node]:
        """The children that menus show: in menus, and leading somewhere."""
        return [child for child in self.children if child.in_menus and child.url]

    def pages(self) -> Iterator[Node]:
        """Walk the pages below this node that menus show, in tree order, sections left out."""
        for child in self.shown:
            if child.is_section:
                yield from child.pages()
            else:
                yield child

    def ancestors(self) -> list[Node]:
        """The nodes above this one, the root first."""
        above: list[Node] = []
        node = self.parent
        while node is not None:
            above.insert(0, node)
            node = node.parent
        return above

    @property
    def section(self) -> Node | None:
        """The menu section that the node stands in (a child of the root), if any."""
        chain = [*self.ancestors(), self]
        return chain[1] if len(chain) > 1 and chain[1].is_section else None


class SiteTree:
    """All public pages of a site, by id and by place."""

    def __init__(self, root: Node, nodes: dict[int, Node]) -> None:
        self.root = root
        self.nodes = nodes

    @classmethod
    def for_site(cls, site: Site, addresses: Mapping[int, str] | None = None) -> SiteTree:
        """Read the tree of a site. Pages behind a login or password are left out.

        ``addresses`` is what :func:`content.addresses.address_map` returns, if it is known.
        """
        root_page = site.root_page
        section_type = ContentType.objects.get_for_model(SectionPage).pk
        rows = (
            root_page.get_descendants(inclusive=True)
            .live()
            .public()
            .order_by("path")
            .values_list(
                "id", "title", "path", "url_path", "content_type_id", "show_in_menus", "depth"
            )
        )
        addresses = address_map(site) if addresses is None else addresses
        root = Node(root_page.pk, root_page.title, "/", False, True)
        by_path = {root_page.path: root}
        nodes = {root.id: root}
        for page_id, title, path, url_path, type_id, in_menus, depth in rows:
            parent = by_path.get(path[: -Page.steplen])
            if depth <= root_page.depth or parent is None:
                continue
            is_section = type_id == section_type
            place = "/" + url_path[len(root_page.url_path) :]
            url = "" if is_section else addresses.get(page_id) or url_of(place)
            node = Node(page_id, title, url, is_section, in_menus, parent)
            parent.children.append(node)
            by_path[path] = nodes[page_id] = node
        _lead_sections_to_first_page(root)
        return cls(root, nodes)

    @classmethod
    def for_request(cls, request: HttpRequest) -> SiteTree | None:
        """Return the tree of the request's site, read once for each request."""
        if not hasattr(request, "_site_tree"):
            site = Site.find_for_request(request)
            tree = None if site is None else cls.for_site(site, addresses_for(request, site))
            request._site_tree = tree  # type: ignore[attr-defined]
        tree = request._site_tree  # type: ignore[attr-defined]
        return tree if isinstance(tree, SiteTree) else None


def _lead_sections_to_first_page(node: Node) -> str:
    """Give each section the URL of its first page; return the node's own."""
    urls = [_lead_sections_to_first_page(child) for child in node.children]
    if node.is_section:
        node.url = next((url for url in urls if url), "")
    return node.url
