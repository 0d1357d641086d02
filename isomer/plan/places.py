"""Where a document belongs: its address, its section, its group."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.text import slugify

from content.paths import address_problem, normalise_path
from isomer.messages import Message
from isomer.plan.titles import plain_title
from isomer.source import DocumentKind, SourceDocument, SourceSite


@dataclass(frozen=True)
class Place:
    """A document's place: ``address`` ``""`` means its place in the tree.

    ``collection`` is the section's folder name, ``""`` for pages outside any;
    ``group`` is the title of the group within the section.
    """

    document: SourceDocument
    address: str
    collection: str
    group: str
    is_home: bool = False


def readable(name: str) -> str:
    """Return a folder or file name as a title: ``"about-us"`` gives ``"About Us"``."""
    words = re.sub(r"[-_\s]+", " ", name).strip()
    return " ".join(word[:1].upper() + word[1:] for word in words.split())


def default_address(document: SourceDocument) -> str:
    """Return the address that Jekyll gives a document without a permalink (reference, 1.3)."""
    path = PurePosixPath(document.path.lstrip("_"))
    folder = "/".join(path.parts[:-1])
    prefix = f"/{folder}/" if folder else "/"
    return prefix if path.stem == "index" else f"{prefix}{path.stem}.html"


def place_documents(site: SourceSite, messages: list[Message]) -> list[Place]:
    """Return the place of each document, in source order, the home page first if there is one.

    Where two documents claim one address, the last one keeps it, as on the old
    site; the others live at their place in the tree and a message says so.
    """
    home = _home_document(site)
    places: list[Place] = []
    for document in site.documents:
        if document is home:
            places.insert(0, Place(document, "", "", "", is_home=True))
            continue
        address = _address(document, home, messages)
        collection = document.collection
        if document.kind is DocumentKind.LOOSE:
            segments = normalise_path(address).split("/")[1:]
            collection = segments[0] if len(segments) > 1 else ""
        group = ""
        if collection:
            named = document.front_matter.get("third_nav_title")
            group = plain_title(named, document.path, "third_nav_title", messages)
        places.append(Place(document, address, collection, group))
    return _settle_clashes(places, messages)


def _home_document(site: SourceSite) -> SourceDocument | None:
    """Return the home page: the repository's index, else the last home page at the root."""
    named = [document for document in site.documents if document.kind is DocumentKind.HOME]
    at_root = [
        document
        for document in site.documents
        if document.text("layout") == "homepage" and document.text("permalink") in ("", "/")
    ]
    candidates = named or at_root
    return candidates[-1] if candidates else None


def _address(document: SourceDocument, home: SourceDocument | None, messages: list[Message]) -> str:
    """Return the address of a document, ``""`` if the software can't give it any of its own."""

    def say(rule: str, text: str) -> None:
        messages.append(Message(rule, document.path, text, "permalink"))

    written = document.text("permalink")
    default = default_address(document)
    instead = "" if address_problem(default) else default
    at = f"it is at {instead}" if instead else "it is at its place in the page tree"
    if not written:
        if default and not instead:
            say("permalink-invalid", f"{default}: {at}. {address_problem(default)}")
        return instead
    elsewhere = "://" in written.split("?")[0]
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


def _settle_clashes(places: Sequence[Place], messages: list[Message]) -> list[Place]:
    last = {
        normalise_path(place.address): place.document.path for place in places if not place.is_home
    }
    settled: list[Place] = []
    for place in places:
        keeper = place.document.path if place.is_home else last[normalise_path(place.address)]
        if keeper != place.document.path:
            messages.append(
                Message(
                    "permalink-clash",
                    place.document.path,
                    f"{place.address} is also claimed by {keeper}, which comes later and keeps it;"
                    " this page lives at its place in the page tree",
                    "permalink",
                )
            )
            place = Place(place.document, "", place.collection, place.group)
        settled.append(place)
    return settled


def slug_of(place: Place, title: str) -> str:
    """Return a slug from the last part of a document's address, else from its title."""
    source = place.document.text("permalink") or place.address
    last = normalise_path(source).rsplit("/", 1)[-1].removesuffix(".html")
    return slugify(last)[:200] or slugify(title)[:200] or "page"


def section_key(collection: str, group: str = "", number: int = 1) -> str:
    """Return the key of a section or group; ``number`` tells interrupted groups apart."""
    key = f"section {collection}"
    if group:
        key += f"/{group}"
    return key if number == 1 else f"{key}#{number}"
