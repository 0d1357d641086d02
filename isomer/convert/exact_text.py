"""Rich text taken over as it is written, where it is in the editor's own form already.

Ordinary bodies are read as browsers read them, which settles white space, joins lists and
leaves out empty paragraphs. A marked block was written from the editor's text, and says it
to the letter.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from html import escape

from bs4.element import NavigableString, PreformattedString, Tag

from content.html_tree import INVISIBLE, TooDeepError, attribute, parse
from content.links import clean_address, is_safe_address
from isomer.convert.richtext import LIST_TAGS, TAG_OF_STYLE, block_key

_TEXTS = frozenset({"p", "h2", "h3", "h4", "h5", "h6"})
_MARKS = frozenset(TAG_OF_STYLE.values())
_KEY = re.compile(r' data-block-key="[^"]*"')
_OPENING = re.compile(r"<(p|h[2-6]|li)>")


class _OtherMarkupError(Exception):
    """An element or address that the editor would not have written."""


def exact_text(nodes: Iterable[object]) -> str | None:
    """Return nodes as rich text to the letter, without block keys.

    ``nodes`` are Beautiful Soup's. ``None`` if anything stands there that the editor's text
    can't hold: another element, an unsafe address, words outside a paragraph.
    """
    try:
        return "".join(_blocks(nodes))
    except _OtherMarkupError:
        return None


def same_form(html: str) -> str:
    """Return stored rich text in one form for comparisons: no keys, characters escaped alike."""
    bare = _KEY.sub("", html)
    try:
        found = exact_text(parse(bare).children)
    except TooDeepError:
        return bare
    return bare if found is None else found


def with_keys(html: str) -> str:
    """Return rich text with block keys, always the same for the same text."""
    seed = hashlib.sha256(html.encode()).hexdigest()
    number = -1

    def opening(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f'<{match[1]} data-block-key="{block_key(seed, number)}">'

    return _OPENING.sub(opening, html)


def _blocks(nodes: Iterable[object]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Tag) and node.name in _TEXTS:
            yield f"<{node.name}>{''.join(_inline(node.children))}</{node.name}>"
        elif isinstance(node, Tag) and node.name in LIST_TAGS and not node.has_attr("start"):
            yield _list(node)
        elif isinstance(node, Tag) or not _is_blank(node):
            raise _OtherMarkupError


def _list(tag: Tag) -> str:
    entries: list[str] = []
    for node in tag.children:
        if isinstance(node, Tag) and node.name == "li":
            entries.append(f"<li>{''.join(_entry(node.children))}</li>")
        elif isinstance(node, Tag) or not _is_blank(node):
            raise _OtherMarkupError
    return f"<{tag.name}>{''.join(entries)}</{tag.name}>"


def _entry(nodes: Iterable[object]) -> Iterator[str]:
    after_list = False
    for node in nodes:
        if isinstance(node, Tag) and node.name in LIST_TAGS:
            after_list = True
            yield _list(node)
        elif not (after_list and _is_blank(node)):
            yield from _inline([node])


def _inline(nodes: Iterable[object]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, PreformattedString):
            raise _OtherMarkupError
        if isinstance(node, NavigableString):
            yield escape(INVISIBLE.sub("", str(node)), quote=False)
        elif isinstance(node, Tag) and node.name == "br":
            yield "<br/>"
        elif isinstance(node, Tag) and node.name in _MARKS:
            yield f"<{node.name}>{''.join(_inline(node.children))}</{node.name}>"
        elif isinstance(node, Tag) and node.name == "a":
            address = clean_address(attribute(node, "href"))
            if not address or not is_safe_address(address):
                raise _OtherMarkupError
            yield f'<a href="{escape(address)}">{"".join(_inline(node.children))}</a>'
        else:
            raise _OtherMarkupError


def _is_blank(node: object) -> bool:
    return (
        isinstance(node, NavigableString)
        and not isinstance(node, PreformattedString)
        and not node.strip()
    )
