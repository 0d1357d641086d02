"""A site as files: what a visitor without login is answered, as any web server can show it.

Every page is asked for as visitors do (Django's test client), so nothing private, no draft and
nothing of the admin can be in the copy. From the pages it follows the links to all that they show.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable
from functools import cached_property
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils._os import safe_join
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from content.addresses.index import rows_of, url_of
from content.failures import STORAGE
from content.library.private_media import private_picture, stored_name
from content.models import MediaPath
from scri.policy import ADMINS

MISSING = "/404.html"
# Asked for by machines, or linked from no page.
FIXED = (MISSING, "/feed.xml", "/sitemap.xml", "/robots.txt", "/favicon.ico",
         "/.well-known/security.txt")  # fmt: skip
# Views whose HTML everybody may see, beside public pages. Other HTML asks for a password.
OPEN_VIEWS = ("all_pages", "search")
_LINK = re.compile(r'\b(?:(srcset|imagesrcset)|href|src|poster|content(?=="[h/]))="([^"]+)"')
_PAGES = (".html", ".htm")
_STYLE_LINK = re.compile(r"url\(\s*[\"']?([^\"')]+)")
# Which part of a listing is shown. Web servers know no queries, so each part gets a path.
_PART = re.compile(r"(?:category|page)=[\w%-]+(?:&page=\d+)?")
_PART_LINK = re.compile(rb'href="\?((?:category|page)=[\w%-]+(?:&amp;page=\d+)?)"')


def links_in(html: str) -> list[str]:
    """Return the addresses to which a page of ours leads, and of what it loads."""
    found: list[str] = []
    for is_set, value in _LINK.findall(html):
        found += [one.split()[0] for one in value.split(", ") if one.strip()] if is_set else [value]
    return [unescape(one) for one in found]


def part_path(path: str, query: str) -> str:
    """Return the address in a copy of a part of a listing: ``/news/page=2/``."""
    base = path.removesuffix(".html").removesuffix(".htm")
    return f"{base.rstrip('/')}/{query}/"


class SiteCopy:
    """The copy of one site in a folder. ``problems`` names what could not be copied, ``files``
    what was written, by its address."""

    def __init__(self, site: Site, parent: Path) -> None:
        self.site = site
        self.host = urlsplit(site.root_url).netloc
        self.folder = Path(safe_join(parent, self.host.replace(":", "_")))
        self.client = Client(raise_request_exception=False, HTTP_HOST=self.host)
        self.hosts = set(Site.objects.values_list("hostname", flat=True))
        self.problems = [] if self.pages else [f"{site.root_url}: no page is public"]
        # Addresses below these are no part of what visitors see.
        self.closed = tuple(reverse(name) for name in (*ADMINS, "wagtailcore_login"))
        self.files: dict[str, Path] = {}
        # By file: the address that it was written for. Several can mean the same file.
        self.owners: dict[Path, str] = {}
        self.moved: dict[str, str] = {}

    @cached_property
    def pages(self) -> dict[str, Any]:
        """Every public page by its address, in the order of the tree."""
        found = self.site.root_page.get_descendants(inclusive=True).live().public().specific()
        # Below the home page there may be that of another site.
        same = set(self.site.root_page.sites_rooted_here.values_list("pk", flat=True))
        placed = ((page.get_url_parts(), page) for page in found.iterator(chunk_size=100))
        return {parts[2]: page for parts, page in placed if parts and parts[0] in same}

    def make(self, more: Iterable[str], progress: Callable[[str], None]) -> None:
        """Write all pages and what they show; ``more`` are further addresses to ask for."""
        media = MediaPath.objects.filter(site=self.site).values_list("path", flat=True)
        former = rows_of(self.site.pk).values_list("address", flat=True)
        redirects = Redirect.get_for_site(self.site).values_list("old_path", flat=True)
        old = [url_of(one) for one in (*media, *former, *redirects) if "?" not in one]
        waiting = deque(self._own([*self.pages, *FIXED, *more, *old], "/"))
        known = set(waiting)
        while waiting:
            address = waiting.popleft()
            progress(f"{self.host}: {len(waiting)} to go, {address}")
            found = [one for one in self._own(self._copy(address), address) if one not in known]
            known.update(found)
            waiting.extend(found)
        for address in self.moved:
            self._write_redirect(address)

    def _own(self, links: Iterable[str], base: str) -> list[str]:
        """Return those of some links that are copied, as addresses of this site, each once."""
        found: dict[str, None] = {}
        for link in links:
            try:
                parts = urlsplit(urljoin(f"{self.site.root_url}{base}", link.strip()))
            except ValueError:
                continue
            path = url_of(parts.path or "/")
            if parts.netloc == self.host and not path.startswith(self.closed):
                is_part = path in self.pages and _PART.fullmatch(parts.query)
                found[f"{path}?{parts.query}" if is_part else path] = None
        return list(found)

    def _copy(self, address: str) -> list[str]:
        """Write what is answered at an address, and return the links in it."""
        if address.startswith(settings.MEDIA_URL):
            self._copy_stored(address)
            return []
        secure = settings.SECURE_SSL_REDIRECT or self.site.port == 443
        answer: Any = self.client.get(address, secure=secure)
        path, status = address.partition("?")[0], answer.status_code
        kind = answer.get("Content-Type", "")
        if "Location" in answer:
            self.moved[address] = urljoin(f"{self.site.root_url}{address}", answer["Location"])
            return [answer["Location"]]
        if status >= 500 or (status >= 400 and path in self.pages):
            why = f" ({answer.exc_info[1]!r})" if answer.exc_info else ""
            self.problems.append(f"{self.site.root_url}{address}: error {status}{why}")
        elif kind.startswith("text/html"):
            is_open = status == 200 and answer.resolver_match.url_name in OPEN_VIEWS
            if is_open or path in self.pages or path == MISSING:
                self._write(address, [_with_parts(answer.content, path)], is_page=True)
                return links_in(answer.content.decode())
        elif status == 200:
            style = b"".join(answer) if kind.startswith("text/css") else b""
            self._write(address, [style] if style else answer)
            return _STYLE_LINK.findall(style.decode())
        return []

    def _copy_stored(self, address: str) -> None:
        """Write a picture of the library, or a size of it, unless it is private."""
        name = stored_name(unquote(address.removeprefix(settings.MEDIA_URL)))
        is_open = not name.startswith("documents/") and private_picture(name) is None
        if not is_open or not default_storage.exists(name):
            return
        try:
            stored = default_storage.open(name)
        except IsADirectoryError:  # at the address of a folder visitors get nothing
            return
        with stored:
            self._write(address, stored.chunks())

    def _file_of(self, address: str, is_page: bool) -> Path:
        """Return the file of an address.

        Raises:
            SuspiciousFileOperation, ValueError: if no file can have its name.
        """
        path, _, query = address.partition("?")
        path = part_path(path, query) if query else path
        names = [unquote(name) for name in path.split("/") if name]
        if is_page and not path.endswith(_PAGES):
            names.append("index.html")
        return Path(safe_join(self.folder, *names))

    def _write(
        self, address: str, chunks: Iterable[bytes], is_page: bool = False, leads_on: bool = False
    ) -> None:
        """Write a file. What leads on takes the place of nothing else."""
        try:
            file = self._file_of(address, is_page)
            owner = self.owners.setdefault(file, address)
            if owner != address:
                if not leads_on:
                    self.problems.append(
                        f"{self.site.root_url}{address}: the file for it is that of {owner}"
                    )
                return
            file.parent.mkdir(parents=True, exist_ok=True)
            try:
                with file.open("wb") as written:
                    written.writelines(chunks)
            except BaseException:
                if file.is_file():
                    file.unlink()
                raise
            self.files[address] = file
        except (SuspiciousFileOperation, ValueError, OSError) as error:
            if getattr(error, "errno", None) in STORAGE:
                raise
            self.problems.append(f"{self.site.root_url}{address}: no file can have this name")

    def _write_redirect(self, address: str) -> None:
        """Write a small page that leads to where a redirect ends; at the address of a file, the
        file itself. What ends at something that is not in the copy is left out."""
        target, seen = self.moved[address], {address}
        while (path := next(iter(self._own([target], "/")), "")) in self.moved.keys() - seen:
            seen.add(path)
            target = self.moved[path]
        file = self.files.get(path)
        if file and file.suffix not in _PAGES and PurePosixPath(unquote(address)).suffix:
            with file.open("rb") as stored:
                self._write(address, stored, leads_on=True)
        elif "?" not in address and (file or urlsplit(target).hostname not in self.hosts):
            values = {"target": target.removeprefix(self.site.root_url)}
            page = render_to_string("moved.html", values).encode()
            self._write(address, [page], is_page=True, leads_on=True)


def _with_parts(html: bytes, path: str) -> bytes:
    """Return a page with the links to parts of its listing as they are in the copy."""

    def linked(match: re.Match[bytes]) -> bytes:
        return f'href="{part_path(path, unescape(match[1].decode()))}"'.encode()

    return _PART_LINK.sub(linked, html)
