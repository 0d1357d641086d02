"""The menu and footer of a request's site, put together once for each request."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from wagtail.models import Site

from content.addresses.index import addresses_for
from content.once import once
from navigation.entries import Entry, entries_of, entries_of_tree, in_list, link_entry
from navigation.models import Footer, Menu, NavigationSettings
from navigation.models.menus import ALL_PAGES, REACH, SOCIAL_MEDIA
from navigation.targets import Stored, Targets
from navigation.tree import SiteTree

# What the footer says in its own row, and so not among the repeated entries.
IN_THE_ROW = {"contact us", "faq"}
# What a link of the editors' own is called that leads to a list of all pages.
OWN_SITEMAPS = {"sitemap", "site map"}
# Where nobody chose a footer, a long section is cut short: it must not outweigh the page.
FOOTER_ENTRIES = 6


@dataclass(frozen=True)
class FooterColumn:
    """A column of the footer; entries with nothing to list share one that has no heading."""

    heading: Entry | None
    entries: Sequence[Entry]
    more: bool = False

    @cached_property
    def lines(self) -> SafeString:
        """The entries as markup, the same on each page."""
        return in_list(entry.link() for entry in self.entries)


@dataclass(frozen=True)
class Frame:
    """What stands around every page of a site."""

    menu: Sequence[Entry] = ()
    columns: Sequence[FooterColumn] = ()
    # None: the site has chosen no footer, and government rules alone decide what it shows.
    row: Sequence[Entry] | None = None
    social: Sequence[Entry] = field(default=())
    owner: str = ""

    @classmethod
    def for_request(cls, request: HttpRequest) -> Frame:
        """Return the frame of the request's site; that of a preview shows the draft."""
        return once(request, "_frame", lambda: cls._read(request))

    @classmethod
    def _read(cls, request: HttpRequest) -> Frame:
        tree, site = SiteTree.for_request(request), Site.find_for_request(request)
        if tree is None or site is None:
            return cls()
        menu, footer = _chosen(request)
        menu_entries = [] if menu is None else stored(menu.entries)
        own_entries = [] if footer is None or footer.repeat_menu else stored(footer.entries)
        row = [] if footer is None else stored(footer.links)
        links = [
            (each["value"].get("link") or {}) if each["type"] == "other" else each["value"]
            for each in row
        ]
        targets = Targets(tree, site, addresses_for(request, site))
        targets.load([*menu_entries, *own_entries], links)
        main = entries_of_tree(tree.root) if menu is None else entries_of(menu_entries, targets)
        if footer is None:
            return cls(main, _columns(main, FOOTER_ENTRIES))
        if footer.repeat_menu:
            columns = [entry for entry in main if entry.title.casefold() not in IN_THE_ROW]
        else:
            columns = entries_of(own_entries, targets)
        return cls(
            main,
            _columns(columns),
            _row(footer, row, targets),
            _social(footer),
            footer.copyright_name,
        )


def _chosen(request: HttpRequest) -> tuple[Menu | None, Footer | None]:
    chosen = NavigationSettings.for_request(request)
    menu = chosen.menu if chosen.menu is not None and chosen.menu.live else None
    footer = chosen.footer if chosen.footer is not None and chosen.footer.live else None
    preview = getattr(request, "_navigation_preview", {})
    return preview.get("menu", menu), preview.get("footer", footer)


def stored(value: Any) -> list[Stored]:
    """Return the children of a stream as the plain data that is stored."""
    known = value.stream_block.child_blocks
    return [child for child in value.raw_data if child["type"] in known]


def _columns(entries: Sequence[Entry], most: int | None = None) -> list[FooterColumn]:
    columns = [
        FooterColumn(entry, entry.children[:most], len(entry.children) > (most or sys.maxsize))
        for entry in entries
        if entry.children
    ]
    single = [entry for entry in entries if not entry.children]
    return [*columns, FooterColumn(None, single)] if single else columns


def _row(footer: Footer, row: Sequence[Stored], targets: Targets) -> list[Entry]:
    """Return the required links in the order of the rules (migration anchors, C, TL-4).

    REACH has no place in the rules and stands where the old theme had it, before
    "Report Vulnerability"; links of the editors' own come last. Where nobody gave a sitemap
    it is the list of all pages that the software keeps.
    """
    labels = footer.links.stream_block.child_blocks
    given = {
        each["type"]: {"title": labels[each["type"]].label, "link": each["value"]}
        for each in row
        if each["type"] != "other"
    }
    if footer.show_reach:
        given["reach"] = {"title": "REACH", "link": {"address": REACH}}
    own = {str(each["value"].get("title")).casefold() for each in row if each["type"] == "other"}
    if not own & OWN_SITEMAPS:
        given.setdefault("sitemap", {"title": "Sitemap", "link": {"address": ALL_PAGES}})
    given["report"] = {
        "title": "Report Vulnerability",
        "link": {"address": footer.report_vulnerability},
    }
    order = ("contact_us", "feedback", "faq", "sitemap", "reach", "report", "privacy", "terms")
    values = [given[name] for name in order if name in given]
    values += [each["value"] for each in row if each["type"] == "other"]
    entries = (link_entry(value, targets) for value in values)
    return [entry for entry in entries if entry is not None]


def _social(footer: Footer) -> list[Entry]:
    return [
        Entry(label, address)
        for name, label in SOCIAL_MEDIA.items()
        if (address := getattr(footer, name))
    ]
