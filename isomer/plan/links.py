"""Turning marks into references: links to pages, pictures to library pictures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from html import escape, unescape
from typing import Any
from urllib.parse import urlsplit

from content.paths import normalise_path
from isomer.convert.values import Content, LinkTo, PictureOf, RichText
from isomer.messages import Message

_LINK = re.compile(r'<a href="([^"]*)">')
SITE_PATH = re.compile(r"^/(?!/)")


class Resolver:
    """Resolves the marks of one document.

    ``targets`` gives the key of the page at a normalised path; ``picture_at``
    returns the public path of the picture at a path as written, ``None`` if there
    is none that can be used; ``files`` are the normalised paths of all files in
    the source.
    """

    def __init__(
        self,
        path: str,
        targets: Mapping[str, str],
        picture_at: Callable[[str], str | None],
        files: frozenset[str] = frozenset(),
    ) -> None:
        self.path = path
        self.targets = targets
        self.picture_at = picture_at
        self.files = files
        self.messages: list[Message] = []
        self._links: dict[str, int] = defaultdict(int)
        self._missing: dict[str, list[str]] = defaultdict(list)

    def resolve(self, content: Content) -> Any:
        """Return JSON-like content with every mark resolved."""
        if isinstance(content, LinkTo):
            return self._link(content)
        if isinstance(content, PictureOf):
            return self._picture(content)
        if isinstance(content, RichText):
            return {"$richtext": self._rich_text(content.html)}
        if isinstance(content, list):
            return [self.resolve(item) for item in content]
        if isinstance(content, dict):
            return {key: self.resolve(value) for key, value in content.items()}
        return content

    def finish(self) -> list[Message]:
        """Return the messages, links that lead nowhere gathered by place."""
        for place, missing in self._missing.items():
            shown = ", ".join(dict.fromkeys(missing))
            total = self._links[place]
            text = shown if total == 1 else f"{len(missing)} of {total} links: {shown}"
            self.messages.append(Message("link-target-missing", self.path, text, place))
        return self.messages

    def _target(self, address: str, place: str) -> str | None:
        """Return the key of the page that an address leads to, noting when none is there."""
        self._links[place] += 1
        if not SITE_PATH.match(address):
            return None
        parts = urlsplit(address)
        path = normalise_path(parts.path)
        key = self.targets.get(path)
        if key is None and path not in self.files:
            self._missing[place].append(address)
        # A page reference has no room for a query or a fragment, so such a link stays a path.
        return None if parts.query or parts.fragment else key

    def _link(self, mark: LinkTo) -> dict[str, Any]:
        if not mark.address:
            return {"page": None, "address": ""}
        key = self._target(mark.address, mark.place)
        if key is not None:
            return {"page": {"$page": key}, "address": ""}
        if not re.match(r"(https?:|mailto:|tel:|/(?!/)|#)\S", mark.address, re.IGNORECASE):
            self.messages.append(Message("link-unsafe", self.path, mark.address, mark.place))
            return {"page": None, "address": ""}
        return {"page": None, "address": mark.address}

    def _rich_text(self, html: str) -> str:
        def replace(match: re.Match[str]) -> str:
            key = self._target(unescape(match.group(1)), "body")
            return match.group() if key is None else f'<a linktype="page" id="{escape(key)}">'

        return _LINK.sub(replace, html)

    def _picture(self, mark: PictureOf) -> Any:
        if not mark.path:
            return None
        path = self.picture_at(mark.path)
        if path is None:
            self.messages.append(Message("picture-missing", self.path, mark.path, mark.place))
            return None
        return {"$picture": path}


def fill_in(content: Any, pages: Mapping[str, int], pictures: Mapping[str, int]) -> Any:
    """Return resolved content with ids in place of references.

    ``pages`` gives the id of a page by key; ``"page:7"`` is page 7 itself. A page
    or picture that is not there any more becomes ``None``.
    """
    if isinstance(content, list):
        return [fill_in(item, pages, pictures) for item in content]
    if not isinstance(content, dict):
        return content
    if "$page" in content:
        return _page_id(content["$page"], pages)
    if "$picture" in content:
        return pictures.get(content["$picture"])
    if "$richtext" in content:
        return re.sub(
            r'<a linktype="page" id="([^"]*)">',
            lambda match: (
                f'<a linktype="page" id="{_page_id(unescape(match.group(1)), pages) or 0}">'
            ),
            content["$richtext"],
        )
    return {key: fill_in(value, pages, pictures) for key, value in content.items()}


def _page_id(key: str, pages: Mapping[str, int]) -> int | None:
    return int(key.removeprefix("page:")) if key.startswith("page:") else pages.get(key)
