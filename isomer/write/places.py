"""Where each page goes in the repository (format reference, 1.1, 1.4 and 1.5).

A page keeps the path that it was imported from, as long as that fits its place in the tree;
others get one from their section and slug. The old format knows two levels of folders.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from django.utils.text import slugify

from isomer.plan.mapping import Mapping
from isomer.plan.model import HOME_KEY
from isomer.plan.places import name_in_key, section_key
from isomer.plan.rooms import room_key
from isomer.read.collection_folders import DRAFTS
from isomer.read.dates import read_post_name
from isomer.read.files import DOCUMENT_SUFFIXES
from isomer.read.repository import NOT_PAGES, PAGES, RESERVED_FOLDERS
from isomer.read.resource_room import POSTS
from isomer.write.messages import Finding
from isomer.write.model import DocumentPlace, SitePage
from isomer.write.names import file_name, is_inside

HOME_FILE = "index.md"
INDEX_FILE = "index.html"
# Of a post without a date, whose file needs one.
NO_DAY = "1970-01-01"
_HIDDEN = ("_", "#", "~", ".")


@dataclass
class Places:
    """The place of each page by its id, and the collections with their pages in order."""

    of: dict[int, DocumentPlace] = field(default_factory=dict)
    collections: dict[str, list[str]] = field(default_factory=dict)
    sections: dict[str, SitePage] = field(default_factory=dict)
    rooms: dict[str, SitePage] = field(default_factory=dict)


def place_pages(home: SitePage, mapping: Mapping, findings: list[Finding]) -> Places:
    """Return the place of each page; what stands too deep is named in ``findings``."""
    placer = _Placer(home, mapping, findings)
    placer.place()
    return placer.places


class _Placer:
    def __init__(self, home: SitePage, mapping: Mapping, findings: list[Finding]) -> None:
        self.home = home
        self.mapping = mapping
        self.findings = findings
        self.places = Places()
        self.used: set[str] = {HOME_FILE}
        # Pages without a file yet: their place, the folder and the name that they would like.
        self.waiting: list[tuple[SitePage, DocumentPlace, str, str]] = []
        self.folders: set[str] = {name.casefold() for name in RESERVED_FOLDERS}

    def place(self) -> None:
        self.places.of[self.home.id] = DocumentPlace(HOME_FILE, HOME_KEY)
        for page in self.home.children:
            if page.type == self.mapping.section:
                self._section(page)
            elif page.type == self.mapping.room:
                self._room(page)
        for page in self.home.children:
            if page.id not in self.places.of:
                self._ordinary(page)
        # Those that keep their path come first, so that nobody takes it.
        for page, place, folder, wish in self.waiting:
            path = self._free(folder, wish)
            self._set(page, replace(place, path=path, key=path))
        self._order()

    def _set(self, page: SitePage, place: DocumentPlace) -> None:
        self.places.of[page.id] = place
        self.used.add(place.path.casefold())

    def _free(self, folder: str, wish: str) -> str:
        stem, number = wish, 1
        while f"{folder}{stem}.md".casefold() in self.used:
            number += 1
            stem = f"{wish}-{number}"
        return f"{folder}{stem}.md"

    def _folder(self, source: str, page: SitePage, prefix: str = "") -> str:
        """Return the name of a folder: that of the source if it gives the page's slug."""
        fits = source and re.fullmatch(rf"{re.escape(slugify(source))}(-\d+)?", page.slug)
        whole = fits and is_inside(source) and "/" not in source
        name = source if whole else file_name(page.slug) or "section"
        wish, number = name, 1
        while f"{prefix}{name}".casefold() in self.folders or f"_{name}" == DRAFTS:
            number += 1
            name = f"{wish}-{number}"
        self.folders.add(f"{prefix}{name}".casefold())
        return name

    # Collections

    def _section(self, page: SitePage) -> None:
        name = self._folder(page.source.removeprefix("section "), page, "_")
        self.places.sections[name] = page
        self.places.collections[name] = []
        self.places.of[page.id] = DocumentPlace("", section_key(name), name)
        runs: list[str] = []
        for child in page.children:
            if child.type != self.mapping.section:
                runs += [""] if runs[-1:] != [""] else []
                self._document(child, DocumentPlace("", "", name))
                continue
            runs.append(name_in_key(child.title))
            key = section_key(name, child.title, runs.count(runs[-1]))
            self.places.of[child.id] = DocumentPlace("", key, name, child.title)
            for inner in child.children:
                self._in_group(inner, DocumentPlace("", "", name, child.title))

    def _in_group(self, page: SitePage, place: DocumentPlace) -> None:
        if page.type == self.mapping.section:
            self._too_deep(page)
            self.places.of[page.id] = replace(place, key="")
            for child in page.children:
                self._in_group(child, place)
        else:
            self._document(page, place)

    def _document(self, page: SitePage, place: DocumentPlace) -> None:
        folder = f"_{place.collection}/"
        if self._keeps(page, lambda path: path.startswith(folder)):
            self._set(page, replace(place, path=page.source, key=page.source))
        else:
            group = file_name(place.group)
            inner = f"{folder}{group}/" if group else folder
            self.waiting.append((page, place, inner, file_name(page.slug) or "page"))
        for child in page.children:
            self._too_deep(child)
            self._document(child, place)

    # Resource rooms

    def _room(self, page: SitePage) -> None:
        name = self._folder(page.source.removeprefix("room "), page)
        self.places.rooms[name] = page
        self._set(page, DocumentPlace(f"{name}/{INDEX_FILE}", room_key(name), room=name))
        for child in page.children:
            if child.type != self.mapping.category:
                self._post(child, DocumentPlace("", "", room=name))
                continue
            known = child.source.removeprefix(f"room {name}/")
            source = known if known != child.source else ""
            category = self._category(name, source, child)
            place = DocumentPlace("", room_key(name, category), room=name, category=category)
            self._set(child, replace(place, path=f"{name}/{category}/{INDEX_FILE}"))
            for inner in child.children:
                self._post(inner, replace(place, key=""))

    def _category(self, room: str, source: str, page: SitePage) -> str:
        if "/" in source and is_inside(source):
            self.folders.add(f"{room}/{source}".casefold())
            return source
        return self._folder(source, page, f"{room}/")

    def _post(self, page: SitePage, place: DocumentPlace) -> None:
        inner = f"{place.category}/" if place.category else ""
        folder = f"{place.room}/{inner}{POSTS}/"
        if self._keeps(page, lambda path: _is_post(path, folder)):
            self._set(page, replace(place, path=page.source, key=page.source))
        else:
            kind = self._token(page)
            name = file_name(page.title, 150) or "untitled"
            self.waiting.append((page, place, folder, f"{self._day(page)}-{kind}-{name}"))
        for child in page.children:
            self._too_deep(child)
            self._post(child, place)

    def _token(self, page: SitePage) -> str:
        if page.type != self.mapping.link:
            return "post"
        return "file" if page.fields["document"].address else "link"

    def _day(self, page: SitePage) -> str:
        day = page.fields.get("date")
        if not day:
            self.findings.append(Finding("date-missing", page.path, page.title))
        return str(day or NO_DAY)

    # Pages outside both

    def _ordinary(self, page: SitePage) -> None:
        if self._keeps(page, self._is_ordinary):
            self._set(page, DocumentPlace(page.source, page.source))
        else:
            name = file_name(page.slug) or "page"
            self.waiting.append((page, DocumentPlace("", ""), f"{PAGES}/", name))
        for child in page.children:
            self._too_deep(child)
            self._ordinary(child)

    def _is_ordinary(self, path: str) -> bool:
        parts = PurePosixPath(path).parts
        if len(parts) == 1:
            return PurePosixPath(path).stem.lower() not in (*NOT_PAGES, "index")
        first = parts[0].casefold()
        return first == PAGES or (first not in RESERVED_FOLDERS and POSTS not in parts)

    def _keeps(self, page: SitePage, fits: Callable[[str], bool]) -> bool:
        """Tell whether a page keeps the path of the document that it came from."""
        path = page.source
        return (
            is_inside(path)
            and PurePosixPath(path).suffix.lower() in DOCUMENT_SUFFIXES
            and not any(part.startswith(_HIDDEN) for part in path.split("/")[1:] if part != POSTS)
            and not (path.startswith(_HIDDEN) and not path.startswith("_"))
            and path.casefold() not in self.used
            and fits(path)
        )

    def _too_deep(self, page: SitePage) -> None:
        self.findings.append(Finding("nested-too-deep", page.path, page.title))

    def _order(self) -> None:
        """Note the documents of each collection in the order of the tree."""
        for page in self.home.walk():
            place = self.places.of[page.id]
            if place.collection and place.path:
                listed = self.places.collections[place.collection]
                listed.append(place.path.removeprefix(f"_{place.collection}/"))


def _is_post(path: str, folder: str) -> bool:
    name = path.removeprefix(folder)
    return path.startswith(folder) and "/" not in name and read_post_name(name) is not None
