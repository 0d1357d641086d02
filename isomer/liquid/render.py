"""Reads the template of one body and fills it in, within limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from liquid import DictLoader, Environment
from liquid.exceptions import LiquidError

from isomer.liquid.filters import FILTERS
from isomer.liquid.tags import RENDERING, TAGS

# Bodies have a few marks each; a longer template is no page that somebody wrote.
MOST_MARKS = 20_000
_REPEATS = re.compile(
    r"\{%-?\s*+(?:for|tablerow|include)\b|\|\s*+(?:find|group_by|markdownify|sort|where)"
)


class UnreadableError(Exception):
    """A template that can't be read or costs too much; the text says why."""


@dataclass(frozen=True)
class Rendering:
    """What tags need beside the names of a page.

    ``note`` is called with each mark that stays as it is written. ``address_of`` gives the
    address for a tag (``link`` or ``post_url``) and what stands in it, ``None`` for no document.
    """

    in_html: bool
    note: Callable[[str], None]
    address_of: Callable[[str, str], str | None]


class Jekyll(Environment):
    """Liquid as Jekyll has it, with limits for what a stranger wrote."""

    loop_iteration_limit = 20_000
    output_stream_limit = 2_000_000
    local_namespace_limit = 20_000_000
    context_depth_limit = 20
    string_first_and_last = True

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        super().setup_tags_and_filters(extra=extra)
        self.filters.update(FILTERS)
        for tag in TAGS:
            self.add_tag(tag)


def environment(includes: Mapping[str, str]) -> Jekyll:
    """Return what templates are read with; ``includes`` are the files of ``_includes`` by path."""
    return Jekyll(loader=DictLoader(dict(includes)))


class Template:
    """The template of a body.

    Raises:
        UnreadableError: if it is faulty.
    """

    def __init__(self, body: str, jekyll: Jekyll) -> None:
        if body.count("{%") + body.count("{{") > MOST_MARKS:
            raise UnreadableError(f"It has more than {MOST_MARKS:,} marks.")
        try:
            self._template = jekyll.from_string(body)
            segments = self._template.global_variable_segments()
        except (LiquidError, RecursionError) as error:
            raise UnreadableError(_reason(error)) from error
        # Whether it may cost more than its length: it repeats a part, takes others in, or goes
        # through lists.
        self.repeats = _REPEATS.search(body) is not None
        self._names = [[str(part) for part in path] for path in segments]

    @staticmethod
    def is_in(body: str) -> bool:
        """Tell whether a body has a template at all."""
        return "{%" in body or "{{" in body

    @property
    def names_data(self) -> bool:
        """Whether it asks for data files."""
        return any(path[:2] == ["site", "data"] for path in self._names)

    def unknown(self, names: Mapping[str, Any]) -> list[str]:
        """Return the names in it for which only the old site had a value, such as ``site.time``.
        What a page does not say about itself is no such name: it was nothing there, too."""
        known = set(names["site"])
        return [
            ".".join([first, *rest])
            for first, *rest in self._names
            if first not in names or (first == "site" and rest and rest[0] not in known)
        ]

    def rendered(self, names: Mapping[str, Any], rendering: Rendering) -> str:
        """Return the body with its template filled in.

        ``names`` are ``page`` and ``site``, made of text, numbers, dates, lists and mappings
        alone. A name that stands for nothing gives nothing, as in Jekyll.

        Raises:
            UnreadableError: if it costs too much, or asks for what can't be done.
        """
        try:
            return self._template.render(**names, **{RENDERING: rendering})
        except (LiquidError, RecursionError, ArithmeticError, TypeError, ValueError) as error:
            # The last three come out of the library's filters for numbers and dates.
            raise UnreadableError(_reason(error)) from error


def _reason(error: Exception) -> str:
    """Return the first line of an error, which says what is wrong; the rest draws where."""
    return str(error).partition("\n")[0] or "Its marks are nested too deeply."
