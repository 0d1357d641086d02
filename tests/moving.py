"""Moving and renaming every page of a site in random order, and what that must not break."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from django.test import Client, TestCase
from django.utils.text import slugify
from wagtail.models import Page, Site

from content.models import SectionPage
from tests.content.helpers import problems
from tests.factories import edit, fresh

HOPS = 10


@dataclass
class MovedSite:
    """A site, what it answered before, and what editors did to its pages since.

    ``seed`` decides what is done; the same one does the same.
    """

    site: Site
    seed: int
    done: list[str] = field(default_factory=list)
    # Where each live page was found, and after each change where it was then.
    places: dict[str, int] = field(default_factory=dict)
    broken_before: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.client = Client(HTTP_HOST=self.site.hostname)
        self.broken_before = set(self.broken_links())
        self._note_places()

    def pages(self) -> list[Any]:
        root = Page.objects.get(pk=self.site.root_page_id)
        return [page.specific for page in root.get_descendants().live().order_by("path")]

    def do_everything(self) -> None:
        """Do one thing, and sometimes a second one, to each page below the home page."""
        keys = [page.pk for page in self.pages()]
        keys += self.chance.sample(keys, len(keys) // 3)
        self.chance.shuffle(keys)
        for key in keys:
            page = Page.objects.get(pk=key).specific
            deeds: list[Callable[[Any], str]] = [
                self._move,
                self._move,
                self._rename,
                self._retitle,
            ]
            if page.address:
                deeds += [self._change_address, self._clear_address]
            deed = self.chance.choice(deeds)
            with TestCase.captureOnCommitCallbacks(execute=True):
                self.done.append(f"{page.title} ({page.url}): {deed(page)}")
            self._note_place(fresh(page))

    def lost_places(self) -> list[str]:
        """Return the old addresses that do not lead to their page in one hop."""
        lost = []
        for place, key in self.places.items():
            page = Page.objects.get(pk=key).specific
            # Nobody can be sent to the first page of a section whose pages were all moved away.
            if _is_empty(page):
                continue
            steps = self._steps(place)
            if not self._leads_to(steps, place, page):
                lost.append(f"{place} leads {steps}, {page} lives at {page.url}")
        return lost

    def broken_links(self) -> list[str]:
        """Return the links of all pages to this site that do not end at a page."""
        found: dict[str, str] = {}
        broken = []
        for page in self.pages():
            if _is_empty(page):
                continue
            path = page.relative_url(self.site)
            response = self.client.get(path)
            if response.status_code in (301, 302):
                continue
            assert response.status_code == 200, (path, response.status_code)
            for address in _links(response.content, path, self.site.hostname):
                if address not in found:
                    found[address] = self._steps(address)[-1]
                if found[address] != "200":
                    broken.append(address)
        return broken

    def problems(self) -> list[object]:
        """Return what is wrong with the tree itself."""
        return problems()

    def _steps(self, path: str) -> list[str]:
        steps: list[str] = []
        while len(steps) < HOPS:
            response = self.client.get(path)
            if response.status_code not in (301, 302):
                return [*steps, str(response.status_code)]
            target = urlsplit(response["Location"])
            if target.netloc not in ("", self.site.hostname):
                return [*steps, "200"]
            path = response["Location"]
            steps.append(f"{response.status_code} {unquote(target.path)}")
        return [*steps, "no end"]

    def _leads_to(self, steps: list[str], place: str, page: Any) -> bool:
        if steps[-1] != "200":
            return False
        url = unquote(page.relative_url(self.site))
        if url == unquote(place):
            return True
        # A section sends its visitors on to its first page, an item to its file.
        own = self._steps(url)[:-1]
        return len(steps) - 1 <= len(own) + 1 and [url, *_paths(own)][-1] == _paths(steps[:-1])[-1]

    def _note_places(self) -> None:
        for page in self.pages():
            self._note_place(page)

    def _note_place(self, page: Any) -> None:
        for one in [page, *page.get_descendants().live().specific()]:
            url = one.relative_url(self.site)
            if url:
                self.places[url] = one.pk

    # What editors do

    def _move(self, page: Any) -> str:
        parents = [
            other
            for other in [self.site.root_page.specific, *self.pages()]
            if other.pk != page.get_parent().pk
            and not other.is_descendant_of(page)
            and other.pk != page.pk
            and page.can_move_to(other)
            and not other.get_children().filter(slug=page.slug).exists()
        ]
        if not parents:
            return self._rename(page)
        parent = self.chance.choice(parents)
        page.move(Page.objects.get(pk=parent.pk), pos="last-child")
        return f"moved below {parent.title}"

    def _rename(self, page: Any) -> str:
        slug = f"{slugify(page.title)[:40] or 'page'}-{self.chance.randrange(10**6)}"
        edit(page, slug=slug)
        return f"slug {slug}"

    def _retitle(self, page: Any) -> str:
        edit(page, title=f"{page.title[:200]} anew")
        return "another title"

    def _change_address(self, page: Any) -> str:
        address = f"/moved/{self.chance.randrange(10**6)}/"
        edit(page, address=address)
        return f"address {address}"

    def _clear_address(self, page: Any) -> str:
        edit(page, address="")
        return "no address"


def _is_empty(page: Any) -> bool:
    return isinstance(page, SectionPage) and page.first_page() is None


def _paths(steps: list[str]) -> list[str]:
    return [step.partition(" ")[2] for step in steps]


def _links(content: bytes, path: str, hostname: str) -> set[str]:
    """Return the paths on this site to which the links of a page lead."""
    soup = BeautifulSoup(content, "html5lib")
    found = set()
    for link in soup.select("a[href]"):
        target = urlsplit(urldefrag(urljoin(f"http://{hostname}{path}", str(link["href"])))[0])
        if target.netloc == hostname and not target.path.startswith(("/admin/", "/search/")):
            found.add(target.path)
    return found
