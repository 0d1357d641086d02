"""Where a document belongs: its address, its section, its group, its resource room."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.text import slugify

from content.addresses.paths import address_problem, normalise_path
from isomer.addresses import by_writing, default_address, written_address
from isomer.convert import plain
from isomer.messages import Message, in_words
from isomer.plan.limits import with_scheme
from isomer.plan.notices import TREE_PLACE
from isomer.source import DocumentKind, NavigationKind, SourceDocument, SourceSite

INDEXES = frozenset({DocumentKind.ROOM, DocumentKind.CATEGORY})
# Jekyll wrote pages, then files, then posts and collections.
WRITTEN_BEFORE_FILES = frozenset({DocumentKind.PAGE, DocumentKind.ROOM, DocumentKind.CATEGORY})
_SCHEME = re.compile(r"^[a-zA-Z][\w+.-]*://|^//(?=[\w-]+\.)")
_WEB_ADDRESS = re.compile(r"(?:https?:)?//", re.IGNORECASE)


@dataclass(frozen=True)
class Placement:
    """A document's place: ``address`` ``""`` means its place in the tree.

    ``collection`` is the section's folder name, ``""`` for pages outside any;
    ``group`` is the title of the group within the section.
    """

    document: SourceDocument
    address: str
    collection: str
    group: str
    is_home: bool = False

    @property
    def is_index(self) -> bool:
        """Whether the document describes a resource room or a category."""
        return self.document.kind in INDEXES


def readable(name: str) -> str:
    """Return a folder or file name as a title: ``"about-us"`` gives ``"About Us"``."""
    words = re.sub(r"[-_\s]+", " ", name).strip()
    return " ".join(word[:1].upper() + word[1:] for word in words.split())


def place_documents(
    site: SourceSite, today: datetime.date, messages: list[Message]
) -> list[Placement]:
    """Return the place of each document: the home page first, then in the order of the menu.

    Within a section, and outside the menu, source order is kept. Where two documents
    claim one address, the one that Jekyll wrote last keeps it; the others live at their place
    in the tree and a message says so. A file keeps its address from a page, too.
    """
    home = _home_document(site)
    places: list[Placement] = []
    for document in site.documents:
        if document is home:
            places.append(Placement(document, "", "", "", is_home=True))
            continue
        address = _address(document, home, site, messages)
        collection = document.collection
        if document.kind is DocumentKind.LOOSE:
            segments = normalise_path(address).split("/")[1:]
            collection = segments[0] if len(segments) > 1 else ""
        group = plain_title(document.group, document.path, "third_nav_title", messages)
        places.append(Placement(document, address, collection, group if collection else ""))
    resolved = _resolve_clashes(site, places, today, messages)
    return sorted(resolved, key=lambda place: _rank(place, site))


def _rank(place: Placement, site: SourceSite) -> tuple[int, int]:
    """Return what sorts documents into the order of the menu (format reference, 5.1)."""
    if place.is_home:
        return 0, 0
    for number, entry in enumerate(site.navigation):
        listed = entry.kind is NavigationKind.COLLECTION and entry.collection == place.collection
        in_room = entry.kind is NavigationKind.RESOURCE_ROOM and bool(place.document.room)
        if (listed and place.collection) or in_room:
            return 1, number
    return (2, 0) if place.collection or place.document.room else (3, 0)


def _home_document(site: SourceSite) -> SourceDocument | None:
    """Return the home page: the repository's index, else the last home page at the root."""
    named = [document for document in site.documents if document.kind is DocumentKind.HOME]
    at_root = [
        document
        for document in site.documents
        if document.text("layout") == "homepage" and document.permalink in ("", "/")
    ]
    candidates = named or at_root
    return candidates[-1] if candidates else None


def _address(
    document: SourceDocument,
    home: SourceDocument | None,
    site: SourceSite,
    messages: list[Message],
) -> str:
    """Return the address of a document, ``""`` if the software can't give it any of its own."""

    def say(rule: str, text: str) -> None:
        messages.append(Message(rule, document.path, text, "permalink"))

    written = written_address(document)
    default = default_address(document, site.config)
    instead = "" if address_problem(default) else default
    at = f"it is at {instead}" if instead else f"it is {TREE_PLACE}"
    elsewhere = bool(_SCHEME.match(written))
    if not written or (elsewhere and document.kind is DocumentKind.POST):
        if not instead:
            say("permalink-invalid", f"{default}: {at}. {address_problem(default)}")
        return instead
    address = written if elsewhere else with_single_slashes(written)
    if address == "/" and home is not None:
        say("permalink-clash", f"/ is also claimed by {home.path}, the home page; {at}")
        return instead
    problem = address_problem(address)
    if problem:
        say("permalink-invalid", f"{written}: {at}. {problem}")
        return instead
    return address


def with_single_slashes(permalink: str) -> str:
    """Return a permalink as the old site served it: one slash in front, none doubled."""
    return re.sub(r"/{2,}", "/", f"/{permalink}")


def _resolve_clashes(
    site: SourceSite, places: Sequence[Placement], today: datetime.date, messages: list[Message]
) -> list[Placement]:
    files = {normalise_path(path): path for path in site.assets}
    of_document = {place.document.path: place for place in places}
    last: dict[str, str] = {}
    for document in by_writing(site, today):
        address = of_document[document.path].address
        if address:
            last[normalise_path(address)] = document.path
    resolved: list[Placement] = []
    for place in places:
        path, address = place.document.path, normalise_path(place.address)
        keeper = last.get(address, path) if place.address else path
        file = files.get(address, "") if place.address else ""
        text = ""
        if keeper != path:
            text = f"is also claimed by {keeper}, which the old site wrote later and which keeps it"
        elif file and place.document.kind in WRITTEN_BEFORE_FILES:
            text = (
                "is also the address of a file, which the old site wrote later and which keeps it"
            )
        elif file:
            text = f"{place.address} is also the address of a file; visitors get the page there"
            messages.append(Message("permalink-clash", path, text, "permalink"))
            text = ""
        if text:
            text = f"{place.address} {text}; this page lives {TREE_PLACE}"
            messages.append(Message("permalink-clash", path, text, "permalink"))
            place = replace(place, address="")
        resolved.append(place)
    return resolved


def slug_of(place: Placement, title: str) -> str:
    """Return a slug from the last part of a document's address, else from its title."""
    written = written_address(place.document)
    source = place.address or ("" if _SCHEME.match(written) else written)
    last = normalise_path(source).rsplit("/", 1)[-1].removesuffix(".html")
    return slugify(last)[:200] or slugify(title)[:200] or "page"


def name_in_key(group: str) -> str:
    """Return the part of a group's title that its key holds: a key must be short enough to be
    stored."""
    return group[:255].strip()


def section_key(collection: str, group: str = "", number: int = 1) -> str:
    """Return the key of a section or group; ``number`` tells interrupted groups apart."""
    key = f"section {collection}"
    if group:
        key += f"/{name_in_key(group)}"
    return key if number == 1 else f"{key}#{number}"


def room_key(room: str, category: str = "") -> str:
    """Return the key of a room's page, or of a category's."""
    return f"room {room}/{category}" if category else f"room {room}"


def menu_title(category: str) -> str:
    """Return a category's name as the old menus wrote it: its folder's words, each with a
    capital (format reference, 5.1)."""
    words = category.rsplit("/", 1)[-1].replace("-", " ").replace("_", " ").split()
    return " ".join(word.capitalize() for word in words)


@dataclass(frozen=True)
class PostTarget:
    """Where a post that is a file or link leads; ``field`` names the front matter key.

    ``unused`` are the addresses that the old site wrote but never followed.
    """

    address: str
    field: str
    unused: tuple[tuple[str, str], ...] = ()


def post_target(document: SourceDocument) -> PostTarget | None:
    """Return where a post leads, ``None`` if it is an article.

    External address, else file, else a permalink that is an address of another
    site. An external address without a scheme never worked on the old site: the
    file is taken if there is one, else the scheme is added.
    """
    external, file = document.text("external"), document.text("file_url")
    permalink = document.permalink
    if external and (_WEB_ADDRESS.match(external) or external.startswith("/") or not file):
        unused = (("file_url", file),) if file and file != external else ()
        return PostTarget(with_scheme(external), "external", unused)
    if file:
        unused = (("external", external),) if external else ()
        return PostTarget(with_scheme(file), "file_url", unused)
    if _WEB_ADDRESS.match(permalink):
        return PostTarget(permalink, "permalink")
    return None


def plain_title(value: object, path: str, field: str, messages: list[Message]) -> str:
    """Return a front matter value as a title: one line of plain text, ``""`` when there is none.

    A value that is no text at all is named in a message.
    """
    if isinstance(value, (list, dict)) and value:
        messages.append(Message("field-left-out", path, in_words(value)[:200], field))
    return " ".join(plain(value).split())
