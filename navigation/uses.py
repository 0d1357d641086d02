"""Which entries of menus and footers lead to pages, and which required links lead nowhere.

A page that is deleted or unpublished leaves its entries behind, and visitors see none of them: the
frame shows what leads somewhere. So people are told before, and the care list afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page, Site

from content.addresses.finding import pages_at
from content.addresses.paths import normalise_path
from content.addresses.redirect_checks import is_of_the_software, taken
from content.addresses.redirects import find_redirect
from navigation.frame import stored
from navigation.models import Footer, Menu, NavigationSettings
from navigation.targets import Stored, Targets, items_of
from navigation.tree import SiteTree

# The rules for government sites ask for them; the sitemap is there anyway.
REQUIRED = ("contact_us", "feedback", "faq", "privacy", "terms")


@dataclass(frozen=True)
class Use:
    """An entry that leads to a page. ``part`` is ``"menu"`` or ``"footer"``, ``name`` that of the
    snippet; ``title`` is the entry's own, ``""`` if it shows that of the page."""

    page_id: int
    part: str
    name: str
    title: str
    required: bool = False

    def named(self, page_title: str) -> str:
        """Return the entry in words for people."""
        what = ", which government sites must have," if self.required else ""
        return f"“{self.title or page_title}”{what} in the {self.part} “{self.name}”"


def uses_of(page_ids: Collection[int]) -> list[Use]:
    """Return the entries of published menus and footers that lead to some pages, in their order."""
    wanted = set(page_ids)
    found: list[Use] = []
    for menu in Menu.objects.filter(live=True):
        found += _uses("menu", menu.name, _links(stored(menu.entries)), wanted)
    for footer in Footer.objects.filter(live=True):
        own = [] if footer.repeat_menu else list(_links(stored(footer.entries)))
        found += _uses("footer", footer.name, [*own, *_row(footer)], wanted)
    return found


def _uses(
    part: str, name: str, links: Iterable[tuple[str, Stored, bool]], wanted: set[int]
) -> Iterator[Use]:
    for title, link, required in links:
        page_id = link.get("page")
        if page_id is None and str(link.get("address") or "").startswith("/"):
            page_id = pages_at(str(link["address"])).values_list("pk", flat=True).first()
        if page_id in wanted:
            yield Use(int(page_id), part, name, title, required)


def _links(entries: Iterable[Stored]) -> Iterator[tuple[str, Stored, bool]]:
    """Yield the title and link of each entry; sections and rooms are links to their page."""
    for entry in entries:
        value = entry["value"]
        title = str(value.get("title") or "")
        if entry["type"] in ("section", "resource_room"):
            yield title, {"page": value.get("page")}, False
            continue
        yield title, value.get("link") or {}, False
        for item in items_of(value.get("entries")):
            yield str(item.get("title") or ""), item.get("link") or {}, False


def _row(footer: Footer) -> Iterator[tuple[str, Stored, bool]]:
    labels = footer.links.stream_block.child_blocks
    for entry in stored(footer.links):
        value = entry["value"]
        if entry["type"] == "other":
            yield str(value.get("title") or ""), value.get("link") or {}, False
        else:
            yield str(labels[entry["type"]].label), value, True


def is_in_a_footer(page_id: int, paths: Collection[str]) -> bool:
    """Tell whether a published footer's row leads to a page by its id, or by one of its
    normalised paths. One query."""
    return any(
        link.get("page") == page_id or normalise_path(str(link.get("address") or "")) in paths
        for footer in Footer.objects.filter(live=True)
        for _title, link, _required in _row(footer)
    )


@dataclass(frozen=True)
class Missing:
    """A required link that visitors of a site do not find in its footer, and why."""

    site: Site
    footer: Footer
    name: str
    label: str
    why: str


def missing_links() -> list[Missing]:
    """Return the required links that visitors do not find, for each site with a footer."""
    found: list[Missing] = []
    chosen = NavigationSettings.objects.filter(footer__live=True)
    for settings in chosen.select_related("footer", "site__root_page"):
        found += _missing_on(settings.site, settings.footer)
    return found


def _missing_on(site: Site, footer: Any) -> Iterator[Missing]:
    row = {entry["type"]: entry["value"] for entry in stored(footer.links)}
    labels = footer.links.stream_block.child_blocks
    tree = SiteTree.for_site(site)
    targets = Targets(tree, site, {}).load([], list(row.values()))
    for name in REQUIRED:
        why = _why_missing(row.get(name), targets, site)
        if why:
            yield Missing(site, footer, name, str(labels[name].label), why)


def _why_missing(link: Stored | None, targets: Targets, site: Site) -> str:
    if link is None:
        return "is not there"
    if link.get("page"):
        if targets.of(link) is not None:
            return ""
        is_there = Page.objects.filter(pk=link["page"]).exists()
        return f"leads to a page that is {'not public' if is_there else 'not there any more'}"
    if link.get("document"):
        return "" if targets.of(link) is not None else "leads to a file that visitors can't get"
    address = str(link.get("address") or "")
    if not address:
        return "leads nowhere"
    answers = (
        not address.startswith("/")
        or taken(site, address)
        or is_of_the_software(address.partition("?")[0].partition("#")[0])
        or find_redirect(site, address)
    )
    return "" if answers else f"leads to {address}, where nothing answers"
