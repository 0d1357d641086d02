"""Where the links of menus and footers lead, for visitors of one site.

Entries are read as the plain data that is stored, never as page objects: the pages
are in the tree already, and whatever else a menu names is asked for with a fixed
number of queries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.db.models.functions import Length, Substr
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, Site

from content.addresses.index import address_map, url_of
from content.titles import whole_titles
from navigation.tree import Node, SiteTree

Stored = Mapping[str, Any]


@dataclass(frozen=True)
class Target:
    """Where a link leads, and what is there. ``page_id`` only for pages of this site."""

    url: str
    title: str = ""
    page_id: int | None = None


@dataclass
class Targets:
    """The targets that a set of entries names. What visitors may not see is not among them."""

    tree: SiteTree
    site: Site
    addresses: Mapping[int, str]
    pages: dict[int, Target] = field(default_factory=dict)
    documents: dict[int, Target] = field(default_factory=dict)
    categories: dict[int, list[Target]] = field(default_factory=dict)

    def load(self, entries: Iterable[Stored], links: Iterable[Stored] = ()) -> Targets:
        """Look up everything that stored entries and further links name; return itself."""
        entries = list(entries)
        rooms = [entry["value"] for entry in entries if entry["type"] == "resource_room"]
        named = [link for entry in entries for link in links_of(entry)] + list(links)
        self._load_pages({link["page"] for link in named if link.get("page")})
        self._load_documents({link["document"] for link in named if link.get("document")})
        nodes = {room.get("page"): self.tree.nodes.get(room.get("page") or 0) for room in rooms}
        self._load_categories([node for node in nodes.values() if node is not None])
        return self

    def of(self, link: Stored | None) -> Target | None:
        """Return where a stored link leads, ``None`` if visitors may not go there."""
        link = link or {}
        if link.get("page"):
            target = self.pages.get(link["page"])
            return target if target is not None and target.url else None
        if link.get("document"):
            return self.documents.get(link["document"])
        address = str(link.get("address") or "")
        return Target(address) if address else None

    def _load_pages(self, ids: set[int]) -> None:
        for page_id in ids & self.tree.nodes.keys():
            node = self.tree.nodes[page_id]
            self.pages[page_id] = Target(node.url, node.title, page_id)
        elsewhere = ids - self.tree.nodes.keys()
        if not elsewhere:
            return
        rows = list(
            Page.objects.filter(pk__in=elsewhere)
            .live()
            .public()
            .values_list("id", "title", "content_type_id", "url_path")
        )
        wholes = whole_titles(row[:3] for row in rows)
        roots = sorted(Site.get_site_root_paths(), key=lambda root: -len(root.root_path))
        known: dict[int, Mapping[int, str]] = {self.site.pk: self.addresses}
        for page_id, title, _, url_path in rows:
            root = next((each for each in roots if url_path.startswith(each.root_path)), None)
            if root is None:
                continue
            here = root.site_id == self.site.pk
            if root.site_id not in known:
                known[root.site_id] = address_map(Site(pk=root.site_id), list(elsewhere))
            place = url_of("/" + url_path[len(root.root_path) :])
            url = known[root.site_id].get(page_id) or place
            self.pages[page_id] = Target(
                url if here else f"{root.root_url}{url}",
                wholes.get(page_id, title),
                page_id if here else None,
            )

    def _load_documents(self, ids: set[int]) -> None:
        if not ids:
            return
        closed = list(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
        documents = get_document_model().objects.filter(pk__in=ids).select_related("collection")
        for document in documents:
            if not document.collection.path.startswith(tuple(closed)):
                self.documents[document.pk] = Target(document.url, document.title)

    def _load_categories(self, rooms: list[Node]) -> None:
        """Find the child pages of rooms that hold a live page, by alphabet of their labels.

        The tree knows how menus name each page.
        """
        if not any(room.children for room in rooms):
            return
        below = reduce(
            or_, (Q(path__startswith=room.path, depth=_depth(room.path) + 2) for room in rooms)
        )
        parents = set(
            Page.objects.live()
            .public()
            .filter(below)
            .annotate(parent_path=Substr("path", 1, Length("path") - Page.steplen))
            .order_by()
            .values_list("parent_path", flat=True)
            .distinct()
        )
        filled = {
            room.id: [child for child in room.children if child.path in parents and child.url]
            for room in rooms
        }
        for room in rooms:
            targets = [Target(child.url, child.menu_title, child.id) for child in filled[room.id]]
            self.categories[room.id] = sorted(targets, key=lambda each: each.title.casefold())


def _depth(path: str) -> int:
    return len(path) // Page.steplen


def items_of(value: Iterable[Any] | None) -> list[Stored]:
    """Return the values of a stored list, whether its items carry ids or not."""
    return [
        item["value"] if item.get("type") == "item" and "value" in item else item
        for item in value or []
    ]


def links_of(entry: Stored) -> Iterator[Stored]:
    """Yield every link of a stored entry; sections and rooms are links to their page."""
    value = entry["value"]
    if entry["type"] in ("section", "resource_room"):
        yield {"page": value.get("page")}
        return
    yield value.get("link") or {}
    for item in items_of(value.get("entries")):
        yield item.get("link") or {}
