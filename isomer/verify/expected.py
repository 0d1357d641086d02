"""What each document of a source must show, worked out from the source alone."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from isomer.addresses import by_writing, default_address, written_address
from isomer.source import DocumentKind, Generation, SourceDocument, SourceSite
from isomer.verify.addresses import Names, host_names, path_key
from isomer.verify.body import read_body
from isomer.verify.fields import Post, Writer, target_of, words_of, written_day
from isomer.verify.homepage import ContactWriter, HomeWriter, sections_of_v1
from isomer.verify.jekyll import Site as JekyllSite
from isomer.verify.library import SourceFiles
from isomer.verify.source_walk import SourceWalker
from isomer.verify.tokens import Explained, Reading

BEFORE_FILES = frozenset({DocumentKind.PAGE, DocumentKind.ROOM, DocumentKind.CATEGORY})
CONTACT = frozenset({"contact_us", "contact-us"})
DATA = frozenset({"datagovsg-search", "datagovsg-v2-search"})
DATA_ADDRESS = "https://data.gov.sg/api/action/datastore_search?resource_id="
HOST_SETTINGS = ("url", "staging", "prod")


class Shape(StrEnum):
    """What a document is on the site."""

    HOME = "home page"
    CONTACT = "contact page"
    LISTING = "listing"
    REDIRECT = "file or link"
    DATA = "data set"
    BODY = "page"


@dataclass
class Source:
    """A source as the old site served it.

    ``today`` says which posts lie in the future; ``hosts`` are names of the site besides those
    in its settings; ``hidden`` are the paths of documents that visitors can't see now, so that
    no listing shows them. ``jekyll`` is what Jekyll makes of the source, if it is the witness.
    """

    site: SourceSite
    today: datetime.date
    hosts: frozenset[str] = frozenset()
    hidden: Collection[str] = ()
    jekyll: JekyllSite | None = None
    clashes: dict[str, str] = field(default_factory=dict)
    fetched: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def files(self) -> SourceFiles:
        """The pictures and files of the source."""
        assets = {path: asset.file for path, asset in self.site.assets.items()}
        return SourceFiles.of(assets, self.fetched)

    @cached_property
    def own_hosts(self) -> frozenset[str]:
        """The names under which the site answered, and answers."""
        return self.hosts | host_names(self.site.config.get(name) for name in HOST_SETTINGS)

    @cached_property
    def home(self) -> SourceDocument | None:
        """The document of the home page."""
        named = [one for one in self.site.documents if one.kind is DocumentKind.HOME]
        loose = [
            one
            for one in self.site.documents
            if one.text("layout") == "homepage" and one.permalink in ("", "/")
        ]
        return next(iter(reversed(named or loose)), None)

    @cached_property
    def addresses(self) -> dict[str, str]:
        """The address of each document by its path; ``""`` for one whose address another has."""
        found = {document.path: self._written_address(document) for document in self.site.documents}
        written = by_writing(self.site, self.today)
        keepers = {path_key(found[document.path]): document.path for document in written}
        # Files were written after pages, before posts and collections.
        for document in written:
            address = path_key(found[document.path])
            is_keeper = document.kind in BEFORE_FILES and keepers[address] == document.path
            if is_keeper and address in self._paths_of_files:
                keepers[address] = self._paths_of_files[address]
        if self.home is not None:
            keepers["/"] = self.home.path
        for path, address in found.items():
            keeper = keepers[path_key(address)]
            if keeper != path:
                self.clashes[path] = keeper
                found[path] = ""
        return found

    @cached_property
    def _paths_of_files(self) -> dict[str, str]:
        return {path_key(path): path for path in self.site.assets}

    @cached_property
    def pages(self) -> dict[str, str]:
        """Names of pages by the form of their address."""
        return {
            path_key(address): f"page {path_key(address)}"
            for address in self.addresses.values()
            if address
        }

    def names(self, document: SourceDocument) -> Names:
        """Return what names the addresses in a document."""
        base = self.addresses[document.path] or "/"
        return Names(self.pages, self.files, self.own_hosts, base)

    def _written_address(self, document: SourceDocument) -> str:
        if document is self.home:
            return "/"
        permalink = written_address(document)
        has_own = permalink and "://" not in permalink and not permalink.startswith("//")
        return permalink if has_own else default_address(document, self.site.config)

    def is_public(self, document: SourceDocument) -> bool:
        """Tell whether the old site would show a document today (format reference, 1.2)."""
        day = document.day
        dated = document.kind in (DocumentKind.POST, DocumentKind.COLLECTION)
        waits = dated and not self.site.future
        return document.published and not (waits and day is not None and day > self.today)

    def shape(self, document: SourceDocument) -> Shape:
        """Return what a document is (format reference, 4.1)."""
        layout = document.text("layout")
        if document is self.home or layout == "homepage":
            return Shape.HOME
        if document.kind in (DocumentKind.ROOM, DocumentKind.CATEGORY):
            return Shape.LISTING
        if layout in CONTACT:
            return Shape.CONTACT
        if document.kind is DocumentKind.POST and target_of(document):
            return Shape.REDIRECT
        if layout in DATA and document.text("datagovsg-id"):
            return Shape.DATA
        return Shape.BODY

    def posts(self, room: str = "", category: str = "") -> list[Post]:
        """Return the posts of a room or category that visitors see, newest first; of one day
        the last of the source comes first (format reference, 1.5)."""
        found = [
            (number, document)
            for number, document in enumerate(self.site.documents)
            if document.kind is DocumentKind.POST
            and (not room or document.room == room)
            and (not category or document.category == category)
            and self.is_public(document)
            and document.path not in self.hidden
        ]
        found.sort(key=lambda one: (one[1].day or datetime.date.min, one[0]), reverse=True)
        return [self._post(document) for _, document in found]

    def _post(self, document: SourceDocument) -> Post:
        walker = SourceWalker(self.names(document))
        target = target_of(document) or self.addresses[document.path]
        return Post(document, self.title(walker, document), target)

    def title(self, walker: SourceWalker, document: SourceDocument) -> str:
        """Return a document's title as the page has it."""
        title = words_of(walker, document.front_matter.get("title"))
        if not title:
            last = path_key(self.addresses[document.path]).rpartition("/")[2]
            name = last.removesuffix(".html") or document.path.rpartition("/")[2].rpartition(".")[0]
            words = name.replace("-", " ").replace("_", " ").split()
            walker.explain("title-from-name", document.path)
            title = " ".join(word[:1].upper() + word[1:] for word in words) or "Untitled"
        return title

    def read(self, document: SourceDocument) -> Reading:
        """Return what visitors must meet on a document's page."""
        walker = SourceWalker(self.names(document))
        title = self.title(walker, document)
        if document.path in self.clashes:
            walker.explain("address-taken", self.clashes[document.path])
        reader = {
            Shape.HOME: self._read_home,
            Shape.CONTACT: self._read_contact,
            Shape.LISTING: self._read_listing,
            Shape.REDIRECT: self._read_redirect,
            Shape.DATA: self._read_data,
            Shape.BODY: self._read_page,
        }[self.shape(document)]
        reader(walker, document, title)
        return walker.finish()

    def _read_page(self, walker: SourceWalker, document: SourceDocument, title: str) -> None:
        writer = Writer(walker)
        writer.words(title, heading=1)
        if document.kind is DocumentKind.POST and document.day is not None:
            writer.words(written_day(document.day))
        read_body(walker, document, self._witness(walker, document))

    def _witness(self, walker: SourceWalker, document: SourceDocument) -> str | None:
        item = self.jekyll.by_path.get(document.path) if self.jekyll else None
        if item is not None and item.error:
            walker.explain("not-rendered", item.error)
        return item.html if item is not None else None

    def _read_home(self, walker: SourceWalker, document: SourceDocument, title: str) -> None:
        rooms = [path for path, one in self._rooms().items() if path and one]
        room = self.addresses[rooms[0]] if rooms else ""
        sections = document.front_matter.get("sections")
        if document is self.home and document.generation is Generation.V1 and self.site.homepage:
            sections = sections_of_v1(self.site.homepage)
        HomeWriter(walker, self.posts(), room).write(title, sections)
        self._leave_body(walker, document)

    def _rooms(self) -> Mapping[str, str]:
        return {one.path: one.room for one in self.site.documents if one.kind is DocumentKind.ROOM}

    def _read_contact(self, walker: SourceWalker, document: SourceDocument, title: str) -> None:
        values: Mapping[str, Any] = document.front_matter
        if document.generation is Generation.V1 and self.site.contact:
            values = {**self.site.contact, **values}
        ContactWriter(walker).write(title, values)
        self._leave_body(walker, document)

    def _read_listing(self, walker: SourceWalker, document: SourceDocument, title: str) -> None:
        writer = Writer(walker)
        writer.words(title, heading=1)
        for post in self.posts(document.room, document.category):
            post.write(writer, 2)
        self._leave_body(walker, document)

    def _read_redirect(self, walker: SourceWalker, document: SourceDocument, title: str) -> None:
        # Visitors are led on at once, and see the title in listings.
        Writer(walker).link(target_of(document))
        self._leave_body(walker, document)

    def _read_data(self, walker: SourceWalker, document: SourceDocument, title: str) -> None:
        address = DATA_ADDRESS + document.text("datagovsg-id")
        writer = Writer(walker)
        writer.words(title, heading=1)
        writer.words(address, address=address)
        walker.explained.append(Explained("data-search", document.text("datagovsg-id")))

    def _leave_body(self, walker: SourceWalker, document: SourceDocument) -> None:
        if document.body.strip():
            walker.explain("body-not-shown", document.body.strip())
