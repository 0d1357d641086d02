"""A document's body as tokens (format reference, 4.1 and 6)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from content.html_tree import TooDeepError, only_text, parse
from isomer import kramdown
from isomer.source import SourceDocument
from isomer.verify.hidden import read_shown
from isomer.verify.markdown import markdown_to_html
from isomer.verify.marked import with_ordinary_markup
from isomer.verify.marked_sides import markup_of
from isomer.verify.source_walk import SourceWalker

_COMMENT = re.compile(
    r"\{%-?\s*comment\s*-?%\}.*?(?:\{%-?\s*endcomment\s*-?%\}|\Z)"
    r"|\{::comment\}.*?(?:\{:/(?:comment)?\}|\Z)",
    re.DOTALL,
)
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)(?:\{%-?\s*endraw\s*-?%\}|\Z)", re.DOTALL)
_VALUE = re.compile(r"\{\{-?\s*([^{}]*?)\s*-?\}\}")
_ACCORDION = re.compile(r"\{%-?\s*(accordion|endaccordion)\b\s*([^{}%]*?)\s*-?%\}")
_FILTERS = frozenset({"absolute_url", "relative_url", "uri_escape"})


def is_markup(document: SourceDocument) -> bool:
    """Tell whether a body is HTML: that of a file named so. Jekyll read all others as Markdown,
    whatever they begin with and whichever editor wrote them (format reference, 1.2)."""
    return document.path.lower().endswith((".html", ".htm"))


def filled_in(document: SourceDocument, as_markup: bool) -> str:
    """Return a body with the part of the template language that bodies hold filled in
    (format reference, 6.1, “Liquid”). What nobody can fill in stays as it is written."""
    body = document.body
    if "{%" not in body and "{{" not in body and "{::" not in body:
        return body
    parts = _RAW.split(body)
    for number in range(0, len(parts), 2):
        text = _COMMENT.sub("", parts[number])
        text = _VALUE.sub(lambda found: _value(found, document.front_matter), text)
        parts[number] = _folded(text, as_markup)
    return "".join(parts)


def _value(found: re.Match[str], front_matter: Mapping[str, Any]) -> str:
    expression, *filters = (part.strip() for part in found[1].split("|"))
    if not set(filters) <= _FILTERS:
        return found[0]
    if len(expression) > 1 and expression[0] in "\"'" and expression.endswith(expression[0]):
        return expression[1:-1]
    if expression in ("site.baseurl", "site.url"):
        return ""
    value = front_matter.get(expression.removeprefix("page."))
    if expression.startswith("page.") and isinstance(value, str | int):
        return str(value)
    return found[0]


def _folded(text: str, as_markup: bool) -> str:
    """Return text with ``{% accordion %}`` as the element that folds out."""
    opened = 0

    def element(found: re.Match[str]) -> str:
        nonlocal opened
        if found[1] == "accordion":
            opened += 1
            attributes = "" if as_markup else ' markdown="1"'
            return f"\n\n<details{attributes}><summary>{escape(found[2])}</summary>\n\n"
        if not opened:
            return found[0]
        opened -= 1
        return "\n\n</details>\n\n"

    return _ACCORDION.sub(element, text) + "\n\n</details>\n\n" * opened


def read_body(walker: SourceWalker, document: SourceDocument) -> None:
    """Read a document's body."""
    as_markup = is_markup(document)
    body = filled_in(document, as_markup)
    try:
        html = body if as_markup else markdown_to_html(body)
        tree = parse(html)
    except (TooDeepError, kramdown.TooDeepError):
        walker.explain("nested-without-end")
        tree = parse(only_text(body))
    with_ordinary_markup(tree)
    before = markup_of(walker.tokens)
    read_shown(walker, tree)
    walker.markup = before + tree.decode_contents()
