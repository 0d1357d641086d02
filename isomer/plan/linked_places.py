"""The places on pages that links lead to: ``/about/#history`` needs the id ``history`` there.

A page keeps only ids that something leads to, so the links of all documents, of menu and
footer and of what was imported before are looked at before any body becomes final.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from content.markup.links import fragment_of, own_id, resolve_address
from isomer.convert import ImportedHtml, LinkTo, RichText
from isomer.plan.links import own_path, page_at
from isomer.plan.model import PresentSite
from isomer.source import SourceSite

_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ID = re.compile(r'\sid="([^"]*)"')


class LinkedPlaces:
    """Gathers the ids to which links lead, by the key of their page.

    ``targets`` and ``hosts`` are those of :class:`isomer.plan.links.Resolver`.
    """

    def __init__(self, targets: Mapping[str, str], hosts: Collection[str]) -> None:
        self.targets = targets
        self.hosts = hosts
        self.wanted: dict[str, set[str]] = defaultdict(set)

    def collect(self, content: object, base: str = "/") -> None:
        """Take in the links of converted content, or of data as written at the source.

        ``base`` is the path against which relative addresses are read.
        """
        for written in addresses_in(content):
            if "#" not in written:
                continue
            path = own_path(resolve_address(written, base), self.hosts)
            if path is None:
                continue
            parts = urlsplit(path)
            key = page_at(self.targets, parts.path)
            name = fragment_of(f"#{parts.fragment}")
            if key is not None and name:
                self.wanted[key].add(name)


def linked_places(
    source: SourceSite, present: PresentSite, targets: Mapping[str, str], hosts: Collection[str]
) -> LinkedPlaces:
    """Return the places to which links of the menu, the footer, other data files and redirects
    lead, and links of pages that an earlier import made and this source does not hold."""
    linked = LinkedPlaces(targets, hosts)
    linked.collect([source.navigation, source.footer, source.homepage, source.contact])
    linked.collect([source.redirects, source.config])
    documents = {document.path for document in source.wanted}
    for page in present.pages.values():
        if page.exists and page.key not in documents:
            linked.collect(page.content)
    return linked


def addresses_in(content: object) -> Iterator[str]:
    """Yield whatever may be the address of a link in nested data."""
    if isinstance(content, LinkTo):
        yield content.address
    elif isinstance(content, RichText | ImportedHtml):
        yield from _hrefs(content.html)
    elif isinstance(content, str):
        yield from _hrefs(content) if "<" in content else [content]
    elif isinstance(content, Mapping):
        for value in content.values():
            yield from addresses_in(value)
    elif isinstance(content, Iterable) and not isinstance(content, bytes):
        for value in content:
            yield from addresses_in(value)
    elif is_dataclass(content):
        for one in fields(content):
            yield from addresses_in(getattr(content, one.name))


def _hrefs(markup: str) -> Iterator[str]:
    for match in _HREF.finditer(markup):
        yield unescape(match[1] or match[2] or match[3] or "")


def ids_in(content: Any) -> Iterator[str]:
    """Yield the ids that a converted stream puts on its page."""
    if isinstance(content, ImportedHtml):
        yield from map(unescape, _ID.findall(content.html))
    elif isinstance(content, list):
        for item in content:
            yield from ids_in(item)
    elif isinstance(content, dict):
        kind, value = content.get("type"), content.get("value")
        if kind == "anchor" and isinstance(value, dict):
            yield own_id(value["name"])
        elif kind == "heading" and isinstance(value, dict):
            yield own_id(value["anchor"])
        else:
            for inner in content.values():
                yield from ids_in(inner)
