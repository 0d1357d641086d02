"""Planned content in the form in which the export compares it."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any
from urllib.parse import quote

from content.paths import normalise_path
from content.tables import STORED_PICTURE, written_picture
from isomer.convert.exact_text import same_form
from isomer.plan import Plan
from isomer.plan.model import HOME_KEY, PlannedPage

_REFERENCE = re.compile(r'<a linktype="(page|document)" id="([^"]*)">')
_LINK_KEYS = {"page", "document", "address"}


class Planned:
    """The pages of a plan by key, and their content as plain data with addresses."""

    def __init__(self, plan: Plan) -> None:
        self.pages = {page.key: page for page in plan.pages}

    def path(self, page: PlannedPage) -> str:
        """Return the path at which a page would be found, as it is looked up."""
        if page.key == HOME_KEY:
            return ""
        if page.content.get("address"):
            return normalise_path(str(page.content["address"]))
        above = self.pages.get(page.parent)
        return f"{self.path(above) if above else ''}/{page.slug}"

    def plain(self, content: Any) -> Any:
        """Return planned content as :func:`isomer.write.body.comparable` gives that of the site."""
        if isinstance(content, list):
            return [self.plain(one) for one in content]
        if not isinstance(content, dict):
            return content
        if "$richtext" in content:
            html = self._text(content["$richtext"])
            return {"text": html if html.startswith("<table>") else same_form(html)}
        if "$page" in content:
            return {"link": self._page(content["$page"])}
        if "$picture" in content:
            return {"picture": content["$picture"]}
        if "$document" in content:
            return {"link": quote(content["$document"], safe="/ ")}
        if content.keys() == _LINK_KEYS:
            return self._link(content)
        if content.keys() == {"type", "value", "id"}:
            inner = self.plain(content["value"])
            return inner if content["type"] == "item" else [content["type"], inner]
        return {key: self.plain(value) for key, value in content.items()}

    def _link(self, content: dict[str, Any]) -> dict[str, str]:
        for kind in ("page", "document"):
            if content[kind]:
                found: dict[str, str] = self.plain(content[kind])
                return found
        return {"link": content["address"] or ""}

    def _page(self, key: str) -> str:
        page = self.pages.get(key)
        return (self.path(page) or "/") if page is not None else ""

    def _text(self, html: str) -> str:
        def opening(match: re.Match[str]) -> str:
            target = unescape(match[2])
            address = self._page(target) if match[1] == "page" else quote(target, safe="/ ")
            return f'<a href="{escape(address)}">'

        def picture(match: re.Match[str]) -> str:
            source = escape(unescape(match[1]))
            return written_picture(source, match[2], match[3], bool(match[4]))

        return STORED_PICTURE.sub(picture, _REFERENCE.sub(opening, html))
