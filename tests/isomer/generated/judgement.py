"""Compares what Jekyll publishes of a repository with what the imported site answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag
from django.conf import settings
from django.test import Client
from wagtail.models import Page
from wagtail.models import Site as WagtailSite

from isomer.models import ImportedObject
from isomer.verify.jekyll import Item, Site
from isomer.verify.library import SourceFiles, StoredFiles
from tests.isomer.generated.exceptions import (
    NOT_COMPARED,
    NOT_SERVED,
    as_we_show,
    without_attributes,
)
from tests.isomer.generated.facts import Facts, facts

HOSTS = ("", "localhost", "www.agency.gov.sg")
REDIRECTS = (301, 302)


@dataclass
class Judgement:
    """What differs, in words: by address and kind."""

    root: Path
    old: Site
    found: list[str] = field(default_factory=list)
    pages: int = 0
    exempt: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        site = WagtailSite.objects.get(is_default_site=True)
        self.client = Client(HTTP_HOST="localhost")
        assets = {
            f"/{path.relative_to(self.root)}": path
            for path in self.root.rglob("*")
            if path.is_file() and path.relative_to(self.root).parts[0] in ("images", "files")
        }
        self.source = SourceFiles.of(assets, {})
        self.stored = StoredFiles(self.source, site)

    def made(self) -> list[str]:
        """Return all that differs."""
        at = self.old.by_address
        # Of two documents that claimed one address, one was never seen; it gets another here.
        self.lost = {item.path for item in self.old.items if at[item.address] is not item}
        for item in at.values():
            source = (self.root / item.path).read_text("utf-8", errors="replace")
            if any(one.holds(item, source) for one in NOT_SERVED.values()):
                self.exempt.add(item.path)
            else:
                self._compare(item, source)
        self._nothing_else({unquote(_key(address)) for address in at})
        return self.found

    def _compare(self, item: Item, source: str) -> None:
        status, html = self._answer(item.visited)
        if status in REDIRECTS:
            return
        if status != 200:
            self.found.append(f"{item.visited} ({item.path}) answers {status}")
            return
        if item.html is None or any(one.holds(item, source) for one in NOT_COMPARED.values()):
            return
        self.pages += 1
        old, now = self._old(item), self._now(html, item.visited)
        for kind, (was, is_now) in old.differences(now).items():
            self.found.append(f"{item.visited} ({item.path}) {kind}:\n  was {was}\n  now {is_now}")

    def _answer(self, address: str) -> tuple[int, str]:
        """Return the status and the page at an address of the old site; a redirect's, if it
        leads to another site."""
        for _ in range(3):
            response = self.client.get(address if "%" in address else quote(address))
            if response.status_code not in REDIRECTS:
                break
            where = urlsplit(response.headers["Location"])
            if where.netloc not in HOSTS:
                return response.status_code, ""
            address = where.path
        content = b"".join(response) if response.streaming else response.content
        return response.status_code, content.decode("utf-8", "replace")

    def _old(self, item: Item) -> Facts:
        tree = as_we_show(item.html or "")
        return facts(tree, lambda href: self._link(href, item.visited), self._old_picture)

    def _now(self, html: str, page: str) -> Facts:
        main = BeautifulSoup(html, "html5lib").find("main")
        assert isinstance(main, Tag)
        for tag in main.select("[data-interface], h1.page-head, .page-date"):
            tag.extract()
        without_attributes(main.extract())
        return facts(main, lambda href: self._link(href, page), self._new_picture)

    def _link(self, href: str, page: str) -> str:
        """Name what a link leads to, whatever form its address has."""
        # An external permalink was a file of its own for Jekyll, and its post leads there.
        parts = urlsplit(re.sub("^/(https?:/)(?=[^/])", r"\1/", href.strip()))
        if parts.scheme not in ("", "http", "https") or parts.netloc not in HOSTS:
            return unquote(parts.geturl()).rstrip("/")
        path = unquote(parts.path) or page
        stored = self.stored.at(path) or self.source.at(path)
        end = (f"?{parts.query}" if parts.query else "") + (
            f"#{parts.fragment}" if parts.fragment else ""
        )
        return stored or _key(path) + end

    def _old_picture(self, source: str) -> str:
        path = unquote(source)
        return self.source.at(path) or self.source.in_other_case(path) or source

    def _new_picture(self, source: str) -> str:
        return self.stored.picture(unquote(source), settings.MEDIA_URL) or source

    def _nothing_else(self, known: set[str]) -> None:
        """Note the pages of documents at addresses that Jekyll did not write."""
        rows = ImportedObject.objects.filter(
            kind=ImportedObject.Kind.PAGE, source_path__contains="."
        )
        pages = Page.objects.live().in_bulk(list(rows.values_list("object_id", flat=True)))
        for row in rows:
            page = pages.get(row.object_id)
            address = _key(unquote(page.specific.url)) if page else ""
            if row.source_path in self.exempt | self.lost:
                continue
            if page and address not in known and page.specific_class.__name__ != "ResourceLinkPage":
                self.found.append(f"{row.source_path} stands at {address}, which was not there")


def _key(address: str) -> str:
    return re.sub(r"(/index)?\.html$|/$", "", address) or "/"
