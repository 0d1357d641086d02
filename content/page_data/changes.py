"""Telling a change of what a page says from saving it as it was."""

from __future__ import annotations

import re
from typing import Any

from wagtail.models import Page

# What a page says to its readers, of the fields that every page of Wagtail's has.
_OF_EVERY_PAGE = frozenset({"title", "search_description"})
# Own fields that say nothing: where the page lives, which language its words are in, and the
# day of the last change itself.
_NOT_SAID = frozenset({"address", "language", "last_updated", "page_ptr", "share_image"})
_BLOCK_KEY = re.compile(r' data-block-key=\\?"[^"]*"')


def without_traces(text: str) -> str:
    """Return stored text without what the editor rewrites when nobody edits: the keys of rich
    text, and line ends, which browsers send as CR LF. Reads JSON as well."""
    return _BLOCK_KEY.sub("", text.replace("\r\n", "\n").replace("\\r\\n", "\\n"))


def says_something_else(page: Page) -> bool:
    """Tell whether a page says anything that its latest revision does not; true without one."""
    before = page.get_latest_revision()
    return before is None or _said(page) != _said(before.as_object())


def _said(page: Page) -> dict[str, str]:
    of_pages = {field.name for field in Page._meta.get_fields()} - _OF_EVERY_PAGE
    data: dict[str, Any] = page.serializable_data()
    return {
        name: without_traces(str(value))
        for name, value in data.items()
        if name not in of_pages and name not in _NOT_SAID
    }
