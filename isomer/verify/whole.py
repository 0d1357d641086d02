"""The site as a whole: each file of the source, and each address that the old site answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django.core.signals import request_finished
from django.db import close_old_connections
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from isomer.models import Certificate, ImportedObject
from isomer.source import SourceDocument
from isomer.verify.addresses import path_key
from isomer.verify.certify import Verifier
from isomer.verify.files import Fate, Place, SourceTree
from isomer.verify.jekyll import Site as JekyllSite

State = Certificate.State
Kind = ImportedObject.Kind
MOST_STEPS = 5
DELETED = "It was deleted in the admin."
_PAGES = (".html", ".htm")
# Why a redirect of the old host was not taken over.
_REDIRECTS = ("redirect-in-circle", "redirect-into-software", "redirect-not-needed")


@dataclass
class WholeSite:
    """Looks whether everything of a source is there. ``jekyll`` is what Jekyll makes of it,
    ``None`` where nobody asked it."""

    verifier: Verifier
    certificates: Mapping[str, Certificate]
    jekyll: JekyllSite | None = None

    def places(self) -> list[Place]:
        """Return what became of each file, then what became of each redirect."""
        return [*map(self._checked, self._tree.places()), *self._redirects()]

    @cached_property
    def _messages(self) -> list[tuple[str, str, str]]:
        """What the run said: path, rule and text."""
        return list(self.verifier.run.messages.values_list("source_path", "rule", "text"))

    @cached_property
    def _tree(self) -> SourceTree:
        said: dict[str, list[tuple[str, str]]] = {}
        for path, rule, text in self._messages:
            said.setdefault(path.lstrip("/"), []).append((rule, text))
        source = self.verifier.source
        return SourceTree(source.site, source.addresses, said, self.jekyll)

    @cached_property
    def _documents(self) -> Mapping[str, SourceDocument]:
        return {one.path: one for one in self.verifier.source.site.documents}

    def _checked(self, place: Place) -> Place:
        if place.fate is Fate.PAGE:
            return self._page(place)
        if place.fate is Fate.MEDIA:
            if place.address in self._deleted:
                return replace(place, fate=Fate.LEFT_OUT, text=DELETED)
            return self._answering(place, place.address)
        return place

    def _page(self, place: Place) -> Place:
        document = self._documents[place.path]
        if not self.verifier.source.is_public(document):
            wrong = self._published_all_the_same(place)
            day = document.day
            reason = f"Its day is {day}." if document.published else "It says published: false."
            return wrong or replace(place, fate=Fate.UNPUBLISHED, text=reason)
        certificate = self.certificates.get(place.path)
        if certificate is None or (certificate.state == State.FAILED and not certificate.page):
            note = certificate.note if certificate else "It was not looked at."
            return replace(place, fate=Fate.MISSING, text=note)
        if certificate.state == State.NOT_PUBLIC:
            return replace(place, text=certificate.note)
        if not place.address:
            keeper = self.verifier.source.clashes.get(place.path, "")
            return replace(place, text=f"{keeper} has the same address, and keeps it.")
        page = certificate.page
        url = page.specific_deferred.get_url() if page else ""
        for address in dict.fromkeys([place.address, self._seen_by_jekyll(place)]):
            # Nobody could ask a server for what stands behind these signs.
            can_be_asked = address and not set("?#") & set(address)
            if can_be_asked and unquote(urlsplit(url or "").path) != address:
                checked = self._answering(place, address)
                if checked.fate is Fate.MISSING:
                    return checked
        return place

    def _published_all_the_same(self, place: Place) -> Place | None:
        if self.jekyll is None or place.path not in self.jekyll.by_path:
            return None
        text = "Jekyll publishes it, and the import took it for unpublished."
        return replace(place, fate=Fate.MISSING, text=text)

    def _seen_by_jekyll(self, place: Place) -> str:
        """Return the address at which Jekyll had a document in the end, ``""`` for none."""
        item = self.jekyll.by_path.get(place.path) if self.jekyll else None
        if self.jekyll is None or item is None or self.jekyll.by_address[item.address] != item:
            return ""
        same = path_key(item.visited) == path_key(place.address)
        return "" if same or "://" in self._documents[place.path].permalink else item.visited

    def _answering(self, place: Place, address: str) -> Place:
        wrong = self._wrong(address, place.fate is Fate.MEDIA)
        if not wrong:
            return place
        return replace(place, fate=Fate.MISSING, address=address, text=wrong)

    def _wrong(self, address: str, is_file: bool = False) -> str:
        """Return what is wrong with what answers at an address, ``""`` for nothing."""
        url = quote(address)
        for _ in range(MOST_STEPS):
            response = self.verifier.get(url)
            _close(response)
            if response.status_code in (301, 302, 307, 308):
                parts = urlsplit(response["Location"])
                if parts.hostname and parts.hostname not in self.verifier.source.own_hosts:
                    return ""
                url = parts.path + (f"?{parts.query}" if parts.query else "")
                continue
            if response.status_code != 200:
                return f"Nothing answers there ({response.status_code})."
            is_page = response.get("Content-Type", "").startswith("text/html")
            if is_file and is_page and not address.lower().endswith(_PAGES):
                return "A page answers there, not the file."
            return ""
        return "It leads on and on."

    @cached_property
    def _deleted(self) -> frozenset[str]:
        """The paths of pictures and files that people deleted."""
        found: set[str] = set()
        root = self.verifier.site.root_page_id
        models = {Kind.PICTURE: get_image_model(), Kind.DOCUMENT: get_document_model()}
        for kind, model in models.items():
            there = set(model.objects.values_list("pk", flat=True))
            rows = ImportedObject.objects.filter(site__root_page=root, kind=kind)
            found |= {
                path
                for path, number in rows.values_list("source_path", "object_id")
                if number not in there
            }
        return frozenset(found)

    def _redirects(self) -> Iterator[Place]:
        said = {text for _, rule, text in self._messages if rule in _REDIRECTS}
        for one in self.verifier.source.site.redirects:
            place = self._answering(Place("", Fate.REDIRECT, one.source), one.source)
            reason = f"{one.source} to {one.target}"
            if place.fate is Fate.MISSING and reason in said:
                place = replace(place, fate=Fate.LEFT_OUT, text=reason)
            yield place


def _close(response: Any) -> None:
    """Close a file that was served, and no database: this is no request of a server."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


def missing(places: Iterable[Place]) -> list[Place]:
    """Return what should be there and is not."""
    return [place for place in places if place.fate is Fate.MISSING]
