"""Fills in single marks of a body whose template can't be read as a whole (format reference, 6.1).

Each mark that stands for something by itself is filled in; whatever else there is stays as it is
written, and is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

# Nothing here gives back what it has passed, so that time grows with the length of a body.
_MARK = re.compile(r"\{\{-?(?P<value>[^{}]*+)\}\}|\{%-?(?P<tag>[^{}%]*+)%\}")
_HIDDEN = re.compile(r"\{%-?\s*+comment\s*+-?%\}.*?(?:\{%-?\s*+endcomment\s*+-?%\}|\Z)", re.DOTALL)
_RAW = re.compile(r"\{%-?\s*+raw\s*+-?%\}(.*?)(?:\{%-?\s*+endraw\s*+-?%\}|\Z)", re.DOTALL)
_WORD = re.compile(r"""(?P<quote>["'])(?P<text>.*?)(?P=quote)$""")
_NAME = re.compile(r"(site|page)\.([\w-]+)$")
# Filters that leave an address on its own site as it is.
_ADDRESS_FILTERS = frozenset({"absolute_url", "relative_url", "uri_escape"})


def fill_in_marks(
    body: str, page: Mapping[str, Any], in_html: bool, note: Callable[[str, str], None]
) -> str:
    """Return a body with its template marks filled in, as far as they can be.

    ``page`` is the front matter, ``in_html`` says that the body is not Markdown.
    ``note("template-mark-kept", mark)`` is called for each mark that stays as written.
    """
    if "{%" not in body and "{{" not in body:
        return body
    pieces = _RAW.split(body)
    # Every other piece stood within a raw mark, which keeps what it holds.
    pieces[::2] = [_filled(piece, page, in_html, note) for piece in pieces[::2]]
    return "".join(pieces)


def _filled(
    text: str, page: Mapping[str, Any], in_html: bool, note: Callable[[str, str], None]
) -> str:
    opened = 0

    def replace(match: re.Match[str]) -> str:
        nonlocal opened
        if match["value"] is not None:
            value = _value(_inner(match["value"]), page)
            if value is None:
                note("template-mark-kept", match.group()[:200])
            return match.group() if value is None else value
        name, _, rest = _inner(match["tag"]).partition(" ")
        if name == "accordion":
            opened += 1
            attribute = "" if in_html else ' markdown="1"'
            return f"\n\n<details{attribute}><summary>{escape(rest.strip())}</summary>\n\n"
        if name == "endaccordion" and opened:
            opened -= 1
            return "\n\n</details>\n\n"
        note("template-mark-kept", match.group()[:200])
        return match.group()

    return _MARK.sub(replace, _HIDDEN.sub("", text)) + "\n\n</details>\n\n" * opened


def _inner(written: str) -> str:
    """Return what a mark says, without the hyphen that ate the blanks after it."""
    return written.strip().removesuffix("-").strip()


def _value(written: str, page: Mapping[str, Any]) -> str | None:
    """Return what an expression stands for, ``None`` if only the old site knew."""
    expression, *filters = (part.strip() for part in written.split("|"))
    if any(name not in _ADDRESS_FILTERS for name in filters):
        return None
    quoted = _WORD.match(expression)
    if quoted:
        return quoted["text"]
    if expression in ("site.baseurl", "site.url"):
        # Isomer sites lie at the root of their host.
        return ""
    named = _NAME.match(expression)
    value = page.get(named[2]) if named and named[1] == "page" else None
    return str(value) if isinstance(value, str | int) else None
