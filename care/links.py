"""The links of a page, and whether there is anything where they lead on this site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from care.models import LinkUse
from content.addresses.index import PageAddress
from content.addresses.paths import equivalent_paths, normalise_path, place_in_tree, storable
from content.addresses.redirects import path_form
from content.blocks import LinkBlock
from content.markup.links import host_of, is_elsewhere, resolve_address
from content.models import MediaPath
from content.page_data.stored import Contents, number_of
from content.search_text.texts import plain_words

BATCH = 500
_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE = re.compile(r'\b(href|linktype|id)="([^"]*)"', re.IGNORECASE)
_FEED = "/feed.xml"


def address_key(address: str) -> str:
    """Return what an address of another host is known by; its fragment makes no difference."""
    return sha256(address.partition("#")[0].encode()).hexdigest()


def stored_path(address: str) -> str:
    """Return the path of an address as the database takes it: an escaped null character leads
    nowhere, and PostgreSQL refuses it."""
    return storable(normalise_path(address))


@dataclass(frozen=True)
class SiteRoot:
    """A site as links see it: ``path`` is the tree path of its root page."""

    pk: int
    path: str
    hosts: frozenset[str]


def site_roots() -> list[SiteRoot]:
    """Return all sites, those with the longest path first."""
    sites = list(Site.objects.select_related("root_page"))
    return sorted(
        (
            SiteRoot(
                site.pk,
                site.root_page.url_path,
                frozenset(one.hostname for one in sites if one.root_page_id == site.root_page_id),
            )
            for site in sites
        ),
        key=lambda root: -len(root.path),
    )


def root_of(page: Page, roots: Iterable[SiteRoot]) -> SiteRoot | None:
    """Return the site that a page belongs to."""
    return next((root for root in roots if page.url_path.startswith(root.path)), None)


def links_of(contents: Contents, root: SiteRoot | None) -> list[LinkUse]:
    """Return the links of a page, unsaved and each once. Mail, telephone and places on the same
    page are none."""
    uses = [use for use in _links(contents) if _settle(use, root)]
    return list({use.identity: use for use in uses}.values())


def _links(contents: Contents) -> Iterator[LinkUse]:
    page = contents.page
    for name, text in contents.texts.items():
        if name.endswith("_address") and (is_elsewhere(text) or text.startswith("/")):
            yield LinkUse(page_id=page.pk, place=name, address=text)
    for part in contents.parts:
        if isinstance(part.block, LinkBlock) and isinstance(part.value, dict):
            words = next((str(part.around[one]) for one in _NAMES if part.around.get(one)), "")
            for kind in ("page", "document", "address"):
                is_there = kind == "address" or number_of(part.value.get(kind))
                if part.value.get(kind) and is_there:
                    yield _use(page.pk, part.place, words, kind, part.value[kind])
                    break
        elif part.is_markup:
            for attributes, inner in _LINK.findall(part.markup):
                found = {name.lower(): unescape(value) for name, value in _of(attributes)}
                words = plain_words(inner)
                kind = found.get("linktype", "")
                if kind in ("page", "document") and number_of(found.get("id")):
                    yield _use(page.pk, part.place, words, kind, found["id"])
                elif found.get("href"):
                    yield _use(page.pk, part.place, words, "address", found["href"])


# The parts beside a link that name it, in blocks.
_NAMES = ("text", "link_text", "title", "name")


def _of(attributes: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = _ATTRIBUTE.findall(attributes)
    return found


def _use(page_id: int, place: str, words: str, kind: str, target: Any) -> LinkUse:
    use = LinkUse(page_id=page_id, place=place, words=plain_words(words)[:200])
    if kind == "address":
        use.address = str(target)
    else:
        setattr(use, f"target_{kind}", int(target))
    return use


def _settle(use: LinkUse, root: SiteRoot | None) -> bool:
    """Fill in where an address leads; false if it leads to no page or file."""
    if not use.address:
        return True
    address = use.address
    if address.startswith("#"):
        return False
    try:
        urlsplit(address)
    except ValueError:
        # Such as a bracket that is never closed. It stays a link that leads nowhere.
        return True
    if is_elsewhere(address):
        address = resolve_address(address, "/")
        if urlsplit(address).scheme.lower() not in ("http", "https"):
            return False
        if root is None or host_of(address) not in root.hosts:
            use.external = address_key(address)
            return True
        address = urlsplit(address).path or "/"
    elif not address.startswith("/"):
        address = resolve_address(address, "/")
        if not address.startswith("/"):
            return False
    use.path = stored_path(re.split(r"[?#]", address, maxsplit=1)[0])[:500] or "/"
    return True


@dataclass
class Targets:
    """What is there for links to lead to. Call :meth:`load` before :meth:`problem`."""

    pages: dict[int, bool] = field(default_factory=dict)
    documents: set[int] = field(default_factory=set)
    # Paths of each site at which something answers, and those whose page is not live.
    answering: dict[int, set[str]] = field(default_factory=dict)
    hidden: dict[int, set[str]] = field(default_factory=dict)

    def load(self, uses: Sequence[LinkUse], sites: Mapping[int, SiteRoot | None]) -> None:
        """Look up where links lead, with a bounded number of queries. ``sites`` gives the site
        of each page that has links, by the page's id."""
        page_ids = {use.target_page for use in uses if use.target_page}
        for group in _groups(page_ids):
            self.pages |= dict(Page.objects.filter(pk__in=group).values_list("pk", "live"))
        documents = {use.target_document for use in uses if use.target_document}
        model = get_document_model()
        for group in _groups(documents):
            found = model.objects.filter(pk__in=group).values_list("pk", flat=True)
            self.documents |= set(found)
        for root in {root for root in sites.values() if root is not None}:
            here = {use.path for use in uses if use.path and sites.get(use.page_id) == root}
            forms = {form for path in here for form in _forms(path)}
            self.answering[root.pk], self.hidden[root.pk] = set(), set()
            for group in _groups(forms):
                self._load_paths(root, group)

    def _load_paths(self, root: SiteRoot, paths: Sequence[str]) -> None:
        answering, hidden = self.answering[root.pk], self.hidden[root.pk]
        same = {"site__root_page__sites_rooted_here": root.pk, "path__in": paths}
        rows = PageAddress.objects.filter(**same).values_list("path", "page__live")
        in_tree = {place_in_tree(root.path, path): path for path in paths}
        places = Page.objects.filter(url_path__in=list(in_tree)).values_list("url_path", "live")
        for path, live in [*rows, *((in_tree[place], live) for place, live in places)]:
            (answering if live else hidden).add(path)
        answering.update(MediaPath.objects.filter(**same).values_list("path", flat=True))
        old = {path_form(path): path for path in paths}
        redirects = Redirect.objects.filter(old_path__in=list(old))
        sites = redirects.filter(site=None) | redirects.filter(site=root.pk)
        answering.update(old[path] for path in sites.values_list("old_path", flat=True))

    def problem(self, use: LinkUse, root: SiteRoot | None) -> str:
        """Return what is wrong with a link in words that follow “leads to”, ``""`` if nothing."""
        if use.target_page:
            if use.target_page not in self.pages:
                return "a page that is not there any more"
            return "" if self.pages[use.target_page] else "a page that is not public"
        if use.target_document:
            return "" if use.target_document in self.documents else "a file that was deleted"
        if use.address and not (use.path or use.external):
            return f"{use.address}, which is no address that a browser understands"
        if not use.path or use.path == "/" or root is None:
            return ""
        forms = _forms(use.path)
        if any(form in self.answering.get(root.pk, ()) for form in forms):
            return ""
        # The slowest question, so it is asked only of what else would be reported.
        if _is_of_software(use.path):
            return ""
        if any(form in self.hidden.get(root.pk, ()) for form in forms):
            return f"{use.address}, a page that is not public"
        return f"{use.address}, where nothing is"


def _forms(path: str) -> list[str]:
    bare = path.removesuffix(_FEED) if path.endswith(_FEED) and path != _FEED else path
    return [bare, *equivalent_paths(bare)]


def _is_of_software(path: str) -> bool:
    """Tell whether the software itself answers at a path, not a page or an old file."""
    by_data = {"wagtail_serve", "media", "listing_feed"}
    for form in (path, f"{path}/"):
        try:
            if resolve(form).url_name not in by_data:
                return True
        except Resolver404:
            continue
    return False


def _groups(values: Iterable[Any]) -> Iterator[list[Any]]:
    found = sorted(values)
    for start in range(0, len(found), BATCH):
        yield found[start : start + BATCH]


def paths_of(page: Page) -> set[str]:
    """Return the paths at which a page can be asked for, its own and those of earlier times."""
    root = root_of(page, site_roots())
    own = set(PageAddress.objects.filter(page=page.pk).values_list("path", flat=True))
    if root is not None:
        own.add(normalise_path(page.url_path[len(root.path) :]))
    return {form for path in own if path for form in _forms(path)}
