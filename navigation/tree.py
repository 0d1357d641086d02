"""The pages of a site as one small tree in memory.

Menu, breadcrumb, side navigation and next/previous all ask the same questions
of the same pages. The tree is read once for a request, with two queries, and
answers all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest
from wagtail.models import Page, Site, get_page_models

from content.addresses.index import address_map, addresses_for, url_of
from content.models import SectionPage
from content.once import once
from content.titles import title_of, whole_titles


@dataclass
class Node:
    """A page in the tree. ``url`` of a section is that of its first page, or ``""``.

    ``menu_title`` is what menus call the page: the title, unless the page type has a
    field for a shorter name and it is filled in.
    """

    id: int
    title: str
    url: str
    is_section: bool
    in_menus: bool
    path: str
    parent: Node | None = field(default=None, repr=False)
    children: list[Node] = field(default_factory=list, repr=False)
    menu_title: str = ""

    def __post_init__(self) -> None:
        self.menu_title = self.menu_title or self.title

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
        self._by_path = {node.path: node for node in nodes.values()}

    def above(self, page: Page) -> list[Node]:
        """Return the nodes above a page, the root first; the page itself need not be in the tree.

        Drafts, private pages and pages too many for menus have a place all the same.
        """
        path = page.path[: -Page.steplen]
        while path and path not in self._by_path:
            path = path[: -Page.steplen]
        nearest = self._by_path.get(path)
        return [] if nearest is None else [*nearest.ancestors(), nearest]

    def along(self, url: str) -> list[Node]:
        """Return the pages whose URLs are the beginning of another, the shortest first.

        ``/a/b/c/`` leads past ``/a/`` and ``/a/b/``. Sections, which live at the URL of
        their first page, are no stations, nor is the root.
        """
        steps = url.strip("/").split("/")[:-1]
        if not steps:
            return []
        found = {
            node.url.strip("/"): node
            for node in self.nodes.values()
            if not node.is_section and node is not self.root
        }
        places = ("/".join(steps[: length + 1]) for length in range(len(steps)))
        return [found[place] for place in places if place in found]

    @classmethod
    def for_site(cls, site: Site, addresses: Mapping[int, str] | None = None) -> SiteTree:
        """Read the tree of a site. Pages behind a login or password are left out.

        ``addresses`` is what :func:`content.addresses.index.address_map` returns, if it is known.
        """
        root_page = site.root_page
        section_type = ContentType.objects.get_for_model(SectionPage).pk
        rows = list(
            root_page.get_descendants(inclusive=True)
            .live()
            .public()
            .exclude(content_type__in=_types_left_out())
            .order_by("path")
            .annotate(menu_title=_menu_title())
            .values_list(
                "id",
                "title",
                "path",
                "url_path",
                "content_type_id",
                "show_in_menus",
                "depth",
                "menu_title",
            )
        )
        addresses = address_map(site) if addresses is None else addresses
        wholes = whole_titles((row[0], row[1], row[4]) for row in rows)
        root_title = wholes.get(root_page.pk, root_page.title)
        root = Node(root_page.pk, root_title, "/", False, True, root_page.path)
        by_path = {root_page.path: root}
        nodes = {root.id: root}
        for page_id, title, path, url_path, type_id, in_menus, depth, menu_title in rows:
            parent = by_path.get(path[: -Page.steplen])
            if depth <= root_page.depth or parent is None:
                continue
            is_section = type_id == section_type
            place = "/" + url_path[len(root_page.url_path) :]
            url = "" if is_section else addresses.get(page_id) or url_of(place)
            whole = wholes.get(page_id, title)
            name = "" if menu_title == title else menu_title
            node = Node(page_id, whole, url, is_section, in_menus, path, parent, menu_title=name)
            parent.children.append(node)
            by_path[path] = nodes[page_id] = node
        _lead_sections_to_first_page(root)
        return cls(root, nodes)

    def node_of(self, page: Page) -> Node | None:
        """Return the node of a page, ``None`` if it is not public.

        A page of a type that the tree leaves out gets a node for itself: it knows
        what stands above it, and nothing lists it.
        """
        node = self.nodes.get(page.pk)
        if node is not None or getattr(page, "in_navigation_tree", True):
            return node
        parent = self._by_path.get(page.path[: -Page.steplen])
        if parent is None:
            return None
        return Node(page.pk, title_of(page), "", False, False, page.path, parent)

    @classmethod
    def for_request(cls, request: HttpRequest) -> SiteTree | None:
        """Return the tree of the request's site, read once for each request."""

        def read() -> SiteTree | None:
            site = Site.find_for_request(request)
            return None if site is None else cls.for_site(site, addresses_for(request, site))

        return once(request, "_site_tree", read)


def _types_left_out() -> list[ContentType]:
    """Return the types of pages that menus never list (``BasePage.in_navigation_tree``)."""
    models = [
        model for model in get_page_models() if not getattr(model, "in_navigation_tree", True)
    ]
    return list(ContentType.objects.get_for_models(*models).values())


def _menu_title() -> Coalesce:
    """Return the expression for a page's name in menus (``BasePage.menu_title_field``).

    Each such field costs the one query a join, and no query of its own.
    """
    fields = [
        NullIf(F(f"{model._meta.model_name}__{name}"), Value(""))
        for model in get_page_models()
        if (name := getattr(model, "menu_title_field", ""))
    ]
    return Coalesce(*fields, F("title"), Value(""))


def _lead_sections_to_first_page(node: Node) -> str:
    """Give each section the URL of its first page; return the node's own."""
    urls = [_lead_sections_to_first_page(child) for child in node.children]
    if node.is_section:
        node.url = next((url for url in urls if url), "")
    return node.url
