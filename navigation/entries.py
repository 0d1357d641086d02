"""What a menu shows: the stored entries, or the page tree, as lines with their sub-menus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from content.templatetags.content_tags import other_host
from navigation.targets import Stored, Target, Targets, items_of
from navigation.tree import Node


@dataclass(frozen=True)
class Entry:
    """A line of a menu. Without ``url`` it is text; ``current`` is a value of ``aria-current``."""

    title: str
    url: str
    page_id: int | None = None
    children: tuple[Entry, ...] = ()
    current: str = ""

    @cached_property
    def panel(self) -> SafeString:
        """The lines of the sub-menu as markup. A site may list a thousand pages on each page: a
        loop of a template takes thirty times as long."""
        return in_list(child.link("quiet") for child in self.children)

    def link(self, look: str = "") -> SafeString:
        """Return the line as markup: a link of these classes, or its words."""
        words = escape(self.title)
        if not self.url:
            return words
        classes = " ".join(filter(None, [look, "external" if other_host(self.url) else ""]))
        written = f' class="{classes}"' if classes else ""
        current = f' aria-current="{self.current}"' if self.current else ""
        return mark_safe(f'<a{written} href="{escape(self.url)}"{current}>{words}</a>')

    @classmethod
    def of_node(cls, node: Node, children: Iterable[Node] = ()) -> Entry:
        """Return the line of a page in the tree."""
        below = tuple(cls.of_node(child) for child in children)
        return cls(node.menu_title, node.url, node.id, below)


def in_list(lines: Iterable[SafeString]) -> SafeString:
    """Return markup as the entries of a list."""
    return mark_safe("".join(f"<li>{line}</li>" for line in lines))


def entries_of_tree(root: Node) -> list[Entry]:
    """Return the menu of a site that has chosen none: its sections and pages, in tree order."""
    return [Entry.of_node(node, _listed(node)) for node in root.shown]


def _listed(node: Node) -> list[Node]:
    """Return what a sub-menu lists: pages, and groups, which lead to their first page.

    Where a section holds nothing but one group, the group's pages are listed; a
    single page is not, since the section's own link leads to it.
    """
    children = node.shown
    if len(children) == 1 and children[0].is_section:
        children = children[0].shown
    return children if len(children) > 1 else []


def entries_of(stored: Iterable[Stored], targets: Targets) -> list[Entry]:
    """Return the lines of stored entries (:class:`navigation.blocks.MenuBlock`).

    A line that leads nowhere and has nothing below it is left out; a heading that
    leads nowhere is text.
    """
    found = (_FORMS[entry["type"]](entry["value"], targets) for entry in stored)
    return [entry for entry in found if entry is not None]


def link_entry(value: Stored, targets: Targets) -> Entry | None:
    """Return the line of ``{"title": "", "link": LINK}``, ``None`` if it leads nowhere."""
    target = targets.of(value.get("link"))
    title = _title(value, target)
    if target is None or not title:
        return None
    return Entry(title, target.url, target.page_id)


def _links(value: Stored, targets: Targets) -> Entry | None:
    lines = (link_entry(item, targets) for item in items_of(value.get("entries")))
    children = tuple(line for line in lines if line is not None)
    target = targets.of(value.get("link"))
    title = _title(value, target)
    if not title or (target is None and not children):
        return None
    if target is None:
        return Entry(title, "", None, children)
    return Entry(title, target.url, target.page_id, children)


def _section(value: Stored, targets: Targets) -> Entry | None:
    target = targets.of(value)
    node = targets.tree.nodes.get(value.get("page") or 0)
    if target is None or node is None:
        return None
    heading = Entry(_title(value, target), target.url, target.page_id)
    children = tuple(Entry.of_node(child) for child in node.shown)
    if len(children) == 1 and (children[0].title, children[0].url) == (heading.title, heading.url):
        children = ()  # it would say the same thing twice
    return replace(heading, children=children)


def _resource_room(value: Stored, targets: Targets) -> Entry | None:
    target = targets.of(value)
    if target is None:
        return None
    categories = targets.categories.get(value["page"], [])
    children = [Entry(each.title, each.url, each.page_id) for each in categories]
    if len(children) > 1:
        children.insert(0, Entry("All", target.url, target.page_id))
    return Entry(_title(value, target), target.url, target.page_id, tuple(children))


_FORMS: dict[str, Callable[[Stored, Targets], Entry | None]] = {
    "section": _section,
    "resource_room": _resource_room,
    "link": link_entry,
    "links": _links,
}


def _title(value: Stored, target: Target | None) -> str:
    written = str(value.get("title") or "").strip()
    return written or ("" if target is None else target.title)


def marked(entries: Iterable[Entry], url: str, chain: Sequence[int]) -> list[Entry]:
    """Return entries that know where the visitor is.

    ``url`` is that of the current page, ``chain`` the ids from below the root down to
    it. What leads to the page itself gets ``"page"``, a heading above it ``"true"``. An entry
    that has nothing to do with either stays the object that it is.
    """
    return [_marked(entry, url, chain) for entry in entries]


def _marked(entry: Entry, url: str, chain: Sequence[int]) -> Entry:
    children = entry.children
    if children:
        found = tuple(_marked(child, url, chain) for child in children)
        if any(new is not old for new, old in zip(found, children, strict=True)):
            children = found
    current = ""
    by_address = entry.page_id is None and entry.url
    if (chain and entry.page_id == chain[-1]) or (
        by_address and entry.url.rstrip("/") == url.rstrip("/")
    ):
        current = "page"
    elif entry.page_id in chain or any(child.current for child in children):
        current = "true"
    if not current and children is entry.children:
        return entry
    return replace(entry, children=children, current=current)
