"""Turning marks into references: links to pages and files, pictures to library pictures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from html import escape, unescape
from mimetypes import MimeTypes
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from content.addresses.paths import (
    PUBLIC_SEGMENTS,
    SHARED_SEGMENTS,
    equivalent_paths,
    normalise_path,
)
from content.counting import counted
from content.library.media_kinds import PICTURE_NAMES
from content.markup.links import (
    RESERVED_IDS,
    fragment_of,
    is_link_address,
    lacks_scheme,
    link_to_id,
    own_id,
    readable_name,
    resolve_address,
)
from content.tables.cells import quoted
from content.tables.stored import STORED_PICTURE, WRITTEN_PICTURE, clean_table, stored_picture
from isomer.convert import (
    Anchor,
    Content,
    ImportedHtml,
    LinkTo,
    PictureOf,
    RichText,
    Run,
    TextItem,
    with_addresses,
    write_rich_text,
)
from isomer.messages import Message
from isomer.plan.media import MediaPlan

_LINK = re.compile(r'<a href="([^"]*)">')
_REFERENCE = re.compile(r'<a linktype="(page|document)" id="([^"]*)">')
# The types that Python itself knows, whatever the machine adds.
_FILE_TYPES = MimeTypes()
_TYPES_OF_PAGES = (None, "text/html")
SITE_PATH = re.compile(r"^/(?!/)")
MEDIA_PATH = re.compile(r"^/(images|files)/")
HOST_SETTINGS = ("url", "staging", "prod")


def own_hosts(config: Mapping[str, Any]) -> frozenset[str]:
    """Return the host names that the settings give the site, with and without ``www.``.

    ``url``, ``staging`` and ``prod`` hold an address or a bare name (format reference, 2 and 7).
    """
    hosts: set[str] = set()
    for name in HOST_SETTINGS:
        value = config.get(name)
        if isinstance(value, str) and value.strip():
            address = value.strip()
            host = _host(address if "//" in address else f"//{address}") or ""
            bare = host.removeprefix("www.")
            hosts |= {bare, f"www.{bare}"} if bare else set()
    return frozenset(hosts)


def own_path(address: str, hosts: Collection[str]) -> str | None:
    """Return an address of this site as a path with query and fragment, else ``None``."""
    if SITE_PATH.match(address):
        return address if _host(address) is not None else None
    if not re.match(r"(?:https?:)?//", address, re.IGNORECASE):
        return None
    if (_host(address) or "") not in hosts:
        return None
    return urlunsplit(("", "", *urlsplit(address)[2:])) or "/"


def page_at(targets: Mapping[str, str], path: str) -> str | None:
    """Return the key of the page that a path leads to, ``None`` if there is none.

    A static host answered ``/a/`` and ``/a/index.html`` with the same page.
    """
    for form in dict.fromkeys((path, unescape(path))):
        normalised = normalise_path(form)
        for same in (normalised, *equivalent_paths(normalised)):
            if same in targets:
                return targets[same]
    return None


class Resolver:
    """Resolves the marks of one document.

    ``targets`` gives the key of the page at a normalised path; ``media`` knows
    the source's pictures and files and counts what is mentioned; ``hosts`` are
    host names under which the site itself answered; ``base`` is the address of the
    document's page, against which relative links are read. ``ids`` are the places that
    links can lead to, by the key of their page; of pages that are not in it nothing is known.
    """

    def __init__(
        self,
        path: str,
        targets: Mapping[str, str],
        media: MediaPlan,
        hosts: frozenset[str] = frozenset(),
        base: str = "/",
        ids: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        self.path = path
        self.base = base
        self.targets = targets
        self.media = media
        self.hosts = hosts
        self.ids = ids or {}
        self.messages: list[Message] = []
        self._links: dict[str, int] = defaultdict(int)
        self._missing: dict[str, list[str]] = defaultdict(list)

    def resolve(self, content: Content) -> Any:
        """Return JSON-like content with every mark resolved.

        A link becomes ``{"page": …, "document": …, "address": …}`` with at most one
        of them; a picture ``{"$picture": path}`` or ``None``.
        """
        if isinstance(content, LinkTo):
            return self._link(content)
        if isinstance(content, PictureOf):
            return self._picture(content)
        if isinstance(content, RichText):
            return {"$richtext": self._rich_text(content.html)}
        if isinstance(content, ImportedHtml):
            return with_addresses(content.html, self._kept_link, self._kept_picture)
        if isinstance(content, list):
            return [self.resolve(item) for item in content]
        if isinstance(content, dict):
            content = self._without_missing_picture(content)
            return {key: self.resolve(value) for key, value in content.items()}
        return content

    def _without_missing_picture(self, block: dict[str, Any]) -> dict[str, Any]:
        """Return a block; of a picture that is missing, but is a link, the link with its words."""
        value = block.get("value")
        if block.get("type") != "picture" or not isinstance(value, dict):
            return block
        image, link = value.get("image"), value.get("link")
        if not (isinstance(image, PictureOf) and isinstance(link, LinkTo) and link.address):
            return block
        if self._picture(image) is not None:
            return block
        words = value.get("alt") or readable_name(image.path)
        texts = [TextItem("p", (Run(words, link=Anchor(link.address)),))]
        if caption := value.get("caption"):
            texts.append(TextItem("p", (Run(str(caption)),)))
        html = write_rich_text(texts, str(block["id"]))
        return {**block, "type": "text", "value": RichText(html)}

    def finish(self) -> list[Message]:
        """Return the messages, links that lead nowhere gathered by place."""
        for place, missing in self._missing.items():
            shown = ", ".join(dict.fromkeys(missing))
            total = self._links[place]
            text = shown if total == 1 else f"{len(missing)} of {counted(total, 'link')}: {shown}"
            self.messages.append(
                Message("link-target-missing", self.path, text, place, len(missing))
            )
        return self.messages

    def _target(self, address: str, place: str) -> tuple[str, str]:
        """Return what an address leads to, noting when nothing is there.

        ``("page", key)``, ``("document", path)``, or ``("address", address)``. A
        reference has no room for a query or a fragment, so such a link is a path.
        Pages come before files (format reference, 7).
        """
        self._links[place] += 1
        path = own_path(address, self.hosts)
        if path is None:
            is_in_page = address.startswith("#")
            return "address", self._place_on(self.path, address, place) if is_in_page else address
        is_absolute = not SITE_PATH.match(address)
        parts = urlsplit(path)
        has_more = bool(parts.query or parts.fragment)
        key = page_at(self.targets, parts.path)
        if key is not None:
            return ("address", self._place_on(key, path, place)) if has_more else ("page", key)
        if self.media.find(parts.path) is not None:
            document = self.media.document_at(parts.path)
            return ("address", path) if document is None or has_more else ("document", document)
        # Other applications may live on the same host, so its addresses stay as written.
        if not is_absolute:
            self._note_missing(parts.path, address, place)
        return "address", address

    def _place_on(self, key: str, address: str, place: str) -> str:
        """Return an address with the id that its target has on its page, noting when there is
        none."""
        path, _, fragment = address.partition("#")
        name = fragment_of(f"#{fragment}")
        known = self.ids.get(key)
        if known is None or not name or name.lower() == "top" or name.startswith(":~:"):
            return address
        if own_id(name) in known:
            return address if own_id(name) == name else path + link_to_id(own_id(name))
        if name not in RESERVED_IDS:
            self.messages.append(Message("link-place-missing", self.path, address, place))
        return address

    def _note_missing(self, path: str, address: str, place: str) -> None:
        if normalise_path(path).removeprefix("/") in PUBLIC_SEGMENTS | SHARED_SEGMENTS:
            return
        if MEDIA_PATH.match(path) or _FILE_TYPES.guess_type(path)[0] not in _TYPES_OF_PAGES:
            is_picture = PurePosixPath(path).suffix.lower() in PICTURE_NAMES
            rule = "picture-missing" if is_picture else "file-missing"
            self.messages.append(Message(rule, self.path, address, place))
        else:
            self._missing[place].append(address)

    def _link(self, mark: LinkTo) -> dict[str, Any]:
        nothing: dict[str, Any] = {"page": None, "document": None, "address": ""}
        if not mark.address:
            return nothing
        written = resolve_address(mark.address, self.base)
        if lacks_scheme(mark.address):
            text = mark.address
            self.messages.append(Message("link-without-scheme", self.path, text, mark.place))
        kind, target = self._target(written, mark.place)
        if kind == "page":
            return {**nothing, "page": {"$page": target}}
        if kind == "document":
            return {**nothing, "document": {"$document": target}}
        if not is_link_address(target):
            self.messages.append(Message("link-unsafe", self.path, target, mark.place))
            return nothing
        return {**nothing, "address": target}

    def _rich_text(self, html: str) -> str:
        def replace(match: re.Match[str]) -> str:
            written = unescape(match.group(1))
            kind, target = self._target(written, "body")
            if kind == "address":
                return match.group() if target == written else f'<a href="{escape(target)}">'
            return f'<a linktype="{kind}" id="{escape(target)}">'

        return WRITTEN_PICTURE.sub(self._picture_in_text, _LINK.sub(replace, html))

    def _picture_in_text(self, match: re.Match[str]) -> str:
        """Return a picture of a table as a reference, its words if there is no picture."""
        found = self._picture(PictureOf(unescape(match[1]), "body"))
        if found is None:
            return match[2]
        return stored_picture(quoted(found["$picture"]), match[2], match[3])

    def _picture(self, mark: PictureOf) -> Any:
        if not mark.path:
            return None
        written = mark.path
        own = own_path(written, self.hosts)
        far = self.media.fetched_at(resolve_address(written, "/"))
        path = self.media.picture_at(far or (urlsplit(own).path if own else written))
        if path is None:
            problem = self.media.problem_of(written)
            rule, text = "picture-missing", written
            if problem:
                rule, text = "picture-unreadable", f"{written}: {problem}"
            self.messages.append(Message(rule, self.path, text, mark.place))
            return None
        return {"$picture": path}

    def _kept_link(self, written: str) -> str | None:
        """Return the address of a link in kept markup, which can hold no reference."""
        kind, target = self._target(unescape(written), "imported HTML")
        if kind == "address":
            return target
        own = own_path(unescape(written), self.hosts)
        return None if own is None or own == written else own

    def _kept_picture(self, written: str) -> str | None:
        """Return the address of a picture in kept markup, and name one that is missing."""
        own = own_path(unescape(written), self.hosts)
        path = urlsplit(own).path if own else written
        if self.media.use(path) is not None:
            return quote(self.media.find(path) or path)
        if own is not None or not urlsplit(written).scheme:
            self.messages.append(Message("picture-missing", self.path, written, "imported HTML"))
        return None


def fill_in(content: Any, pages: Mapping[str, int], media: Mapping[str, int]) -> Any:
    """Return resolved content with ids in place of references.

    ``pages`` gives the id of a page by key; ``"page:7"`` is page 7 itself.
    ``media`` gives the id of a picture or document by public path. What is not
    there any more becomes ``None``, a link to a file its old path.
    """
    if isinstance(content, list):
        return [fill_in(item, pages, media) for item in content]
    if not isinstance(content, dict):
        return content
    if "$page" in content:
        return page_id(content["$page"], pages)
    if "$picture" in content:
        return media.get(content["$picture"])
    if "$document" in content:
        return media.get(content["$document"])
    if "$richtext" in content:
        return _filled_text(content["$richtext"], pages, media)
    return {key: fill_in(value, pages, media) for key, value in content.items()}


def references_of(content: Any) -> Iterator[tuple[str, str]]:
    """Yield ``("page", key)`` or ``("media", path)`` for each reference in resolved content."""
    if isinstance(content, list):
        for item in content:
            yield from references_of(item)
    elif isinstance(content, dict):
        for name, value in content.items():
            if name == "$page":
                yield "page", value
            elif name in ("$picture", "$document"):
                yield "media", value
            elif name == "$richtext":
                for kind, target in _REFERENCE.findall(value):
                    yield "page" if kind == "page" else "media", unescape(target)
                for target, _words, _format in STORED_PICTURE.findall(value):
                    yield "media", unescape(target)
            else:
                yield from references_of(value)


def words_of_pictures(text: str) -> list[str]:
    """Return the alternative text of each picture in resolved rich text."""
    return [unescape(words) for _path, words, _format in STORED_PICTURE.findall(text)]


def page_id(key: str, pages: Mapping[str, int]) -> int | None:
    """Return the id of a page by its key; ``"page:7"`` is page 7 itself."""
    return int(key.removeprefix("page:")) if key.startswith("page:") else pages.get(key)


def _filled_text(text: str, pages: Mapping[str, int], media: Mapping[str, int]) -> str:
    def picture(match: re.Match[str]) -> str:
        number = media.get(unescape(match[1]))
        if number is None:
            return match[2]
        return stored_picture(str(number), match[2], match[3])

    filled = _REFERENCE.sub(
        lambda match: _opening(match[1], unescape(match[2]), pages, media), text
    )
    # Where a picture is missing, the white space around it has to be normalised again.
    return (
        clean_table(STORED_PICTURE.sub(picture, filled)) if text.startswith("<table>") else filled
    )


def _opening(kind: str, target: str, pages: Mapping[str, int], media: Mapping[str, int]) -> str:
    if kind == "page":
        return f'<a linktype="page" id="{page_id(target, pages) or 0}">'
    document = media.get(target)
    if document is None:
        return f'<a href="{escape(target)}">'
    return f'<a linktype="document" id="{document}">'


def _host(address: str) -> str | None:
    """Return the host of an address, ``""`` if it names none, ``None`` if it is not an address."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return None
