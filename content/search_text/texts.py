"""What a page is found by, besides the words of its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.utils.encoding import force_str
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

# Tags that stand within a word as readers see it; every other tag parts words.
_WITHIN = "a|abbr|b|big|cite|code|del|em|font|i|ins|mark|q|s|small|span|strike|strong|sub|sup|u|wbr"
_PARTS_WORDS = re.compile(rf"<(?!/?(?:{_WITHIN})\b)(?=[/a-z!])", re.IGNORECASE)
# What the editor stores, and nothing beside it.
_NAMES = (
    "(?:a|b|blockquote|br|code|del|em|embed|h[1-6]|hr|i|li|mark|ol|p|s|small|strike|strong|sub|sup"
    "|u|ul)"
)
_TAG = re.compile(rf'<(?:{_NAMES}(?: [a-z-]+="[^"<>]*")* ?/?|/{_NAMES})>')
_REFERENCE = r"&(?:[a-zA-Z][a-zA-Z0-9]*|#[0-9]+|#x[0-9a-fA-F]+);"
_EDITORS_MARKUP = re.compile(rf"[^<&]*(?:(?:{_REFERENCE}|{_TAG.pattern})[^<&]*)*")
_ENDS_LINE = re.compile(r"</(?:p|h\d|li|blockquote)>|<(?:br|hr) ?/>")
_HEADING_TAG = re.compile(r"<(/?)h[2-6]\b[^<>]*>", re.IGNORECASE)
# The parts of blocks that readers see as headings.
_HEADING_NAMES = frozenset({"title", "heading", "caption"})


def plain_words(html: str) -> str:
    """Return the words of a stretch of HTML within one line, such as those of a link."""
    bare = strip_tags(html) if "<" in html else html
    return " ".join(unescape(bare).split())


def text_of_rich_text(html: str) -> str:
    """Return what ``wagtail.rich_text.get_text_for_indexing`` returns for stored rich text.

    Tags as the editor writes them are found with one look, many times faster than by the parser
    that Wagtail asks; whatever else may be in a text is left to that.
    """
    if not _EDITORS_MARKUP.fullmatch(html):
        return str(get_text_for_indexing(html))
    return unescape(_TAG.sub(_gap, html).strip())


def _gap(tag: re.Match[str]) -> str:
    return " " if _ENDS_LINE.fullmatch(tag[0]) else ""


def words_of_markup(html: str) -> str:
    """Return the words between the tags of HTML, with a gap where a browser shows one."""
    return " ".join(get_text_for_indexing(_PARTS_WORDS.sub(" <", html)).split())


def stored_texts(block: blocks.Block, data: Any) -> Iterator[str]:
    """Yield the searchable texts of a block, given its definition and its stored data.

    As ``Block.get_searchable_content``, which would first read every page, picture and
    document that the blocks lead to. A block with searchable content of its own is
    asked itself.
    """
    if isinstance(block, blocks.StreamBlock) and _is_ordinary(block, blocks.StreamBlock):
        for each in data if block.search_index and isinstance(data, list) else ():
            child = block.child_blocks.get(each.get("type"))
            if child is not None:
                yield from stored_texts(child, each.get("value"))
    elif isinstance(block, blocks.StructBlock) and _is_ordinary(block, blocks.StructBlock):
        for name, child in block.child_blocks.items() if block.search_index else ():
            if isinstance(data, dict) and data.get(name) is not None:
                yield from stored_texts(child, data[name])
    elif isinstance(block, blocks.ListBlock) and _is_ordinary(block, blocks.ListBlock):
        for each in data if block.search_index and isinstance(data, list) else ():
            # Lists of old versions of Wagtail hold bare values.
            bare = not (isinstance(each, dict) and {"type", "value"} <= each.keys())
            yield from stored_texts(block.child_block, each if bare else each["value"])
    elif isinstance(block, blocks.RichTextBlock) and _is_ordinary(block, blocks.RichTextBlock):
        source = force_str(block.to_python(data).source)
        yield from filter(None, [text_of_rich_text(source)] if block.search_index else [])
    elif data is not None and not isinstance(block, blocks.ChooserBlock):
        yield from filter(None, block.get_searchable_content(block.to_python(data)))


def _is_ordinary(block: blocks.Block, kind: type[blocks.Block]) -> bool:
    """Tell whether a block is searched as blocks of its kind are."""
    own = type(block).get_searchable_content
    return any(own is base.__dict__.get("get_searchable_content") for base in kind.__mro__)


def headings_of(page: Page) -> list[str]:
    """Return the headings in all streams of blocks of a page, in their order.

    Those are titles of sections, cards and what folds out, headings with an anchor, and
    headings within text.
    """
    return [
        heading
        for field in page._meta.get_fields()
        if isinstance(field, StreamField)
        for heading in _headings(getattr(page, field.name).get_prep_value())
    ]


def _headings(data: Any) -> Iterator[str]:
    if isinstance(data, list):
        for each in data:
            yield from _headings(each)
    elif isinstance(data, dict):
        if data.get("type") == "heading" and isinstance(data.get("value"), dict):
            yield str(data["value"].get("text") or "")
            return
        for name, value in data.items():
            if name in _HEADING_NAMES and isinstance(value, str):
                yield value
            else:
                yield from _headings(value)
    elif isinstance(data, str) and "<h" in data:
        yield from _headings_in(data)


def _headings_in(html: str) -> Iterator[str]:
    """Yield what stands between the tags of headings."""
    start = None
    for tag in _HEADING_TAG.finditer(html):
        if not tag[1]:
            start = tag.end()
        elif start is not None:
            yield strip_tags(html[start : tag.start()])
            start = None
