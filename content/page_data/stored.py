"""What a page holds as plain data: its fields, and its blocks with their places.

Blocks are read as they are stored, so no page, picture or document that they lead to is
asked for. Whoever walks over stored blocks does it with :func:`parts_of`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page

# Fields of every page whose text is none of the page's own.
_NOT_TEXT = frozenset(
    {"path", "slug", "draft_title", "url_path", "address", "language", "seo_title"}
)

# What a page says to its readers, of the fields that every page of Wagtail's has.
_OF_EVERY_PAGE = frozenset({"title", "search_description"})
# Own fields that say nothing: where the page lives, which language its words are in, and the
# day of the last change itself.
_NOT_SAID = frozenset({"address", "language", "last_updated", "page_ptr", "share_image"})
_BLOCK_KEY = re.compile(r' data-block-key=\\?"[^"]*"')
_KEY_OF_HTML = re.compile(r' data-block-key="[^"]*"')


@dataclass(frozen=True)
class Part:
    """A block, or a part of one: its definition, its stored value, and its place.

    ``place`` is the path that Wagtail's editor calls "content path". ``around`` is the stored
    value of the struct that the part stands in, if it does, ``block_id`` the id of the nearest
    block of a stream.
    """

    place: str
    block: Any
    value: Any
    around: Mapping[str, Any] = field(default_factory=dict)
    block_id: str = ""

    def words(self, name: str) -> str:
        """Return the text of a part of this one, ``""`` where there is none."""
        return str(self.value.get(name) or "").strip() if isinstance(self.value, Mapping) else ""

    @property
    def is_markup(self) -> bool:
        """Whether the value is HTML: running text, the cells of a table, or kept markup."""
        return isinstance(self.block, blocks.RichTextBlock | blocks.RawHTMLBlock)

    @property
    def markup(self) -> str:
        """The HTML of a part that :attr:`is_markup`, ``""`` of any other."""
        return str(self.value or "") if self.is_markup else ""


class FieldPicture(NamedTuple):
    """A picture in a field of its page: its id, and the fields with its words and with the
    choice that it needs none."""

    picture: int
    words: str
    decoration: str


@dataclass
class Contents:
    """A page as its editors last left it, drafts included, or as it is in memory.

    ``page`` is the specific page; ``texts`` are its one-line texts by field, ``pictures`` its
    pictures by field, ``decorations`` the fields that call one of them decoration, ``streams``
    its fields of blocks: ``{field: (definition, stored data)}``. Not to be changed: the parts
    are read once.
    """

    page: Any
    texts: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, FieldPicture] = field(default_factory=dict)
    decorations: set[str] = field(default_factory=set)
    streams: dict[str, tuple[Any, list[Any]]] = field(default_factory=dict)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Every block and every part of one, in the order of readers."""
        return tuple(
            part
            for name, (block, data) in self.streams.items()
            for part in parts_of(block, data, name)
        )


def contents_of(page: Page, draft: Mapping[str, Any] | None = None) -> Contents:
    """Return what a specific page holds; ``draft`` is the content of its latest revision, if
    that is not published."""
    contents = Contents(page)
    for one in page._meta.get_fields():
        if isinstance(one, StreamField):
            contents.streams[one.name] = (one.stream_block, _stream(page, one, draft))
        elif _is_text(one):
            contents.texts[one.name] = str(_stored(page, one.name, draft) or "")
    for names in getattr(page, "described_pictures", ()):
        # Revisions hold the id under the name of the field.
        at_hand = draft is not None and names.picture in draft
        name = names.picture if at_hand else f"{names.picture}_id"
        picture = number_of(_stored(page, name, draft))
        if picture:
            contents.pictures[names.picture] = FieldPicture(picture, names.words, names.decoration)
        if _stored(page, names.decoration, draft):
            contents.decorations.add(names.decoration)
    return contents


def _is_text(one: Any) -> bool:
    is_text = isinstance(one, models.CharField | models.TextField) and one.name not in _NOT_TEXT
    return bool(is_text and one.editable and not one.choices)


def number_of(value: Any) -> int | None:
    """Return a stored reference as the id of an object, ``None`` if it is none that can exist."""
    text = str(value or "")
    is_id = text.isascii() and text.isdecimal() and len(text) < 19
    return int(text) or None if is_id else None


def _stored(page: Page, name: str, draft: Mapping[str, Any] | None) -> Any:
    if draft is not None and name in draft:
        return draft[name]
    return getattr(page, name)


def _stream(page: Page, one: StreamField, draft: Mapping[str, Any] | None) -> list[Any]:
    if draft is not None and one.name in draft:
        stored = draft[one.name]
        data = json.loads(stored) if isinstance(stored, str) else stored
    else:
        data = getattr(page, one.name).get_prep_value()
    return data if isinstance(data, list) else []


def parts_of(block: Any, data: Any, place: str, block_id: str = "") -> Iterator[Part]:
    """Yield the parts of a block's stored value, each before those within it.

    What has no block definition any more, and what is not of the form that its definition
    expects, is passed over: the editor does not show it either.
    """
    for part in _parts_right_in(block, data, place, block_id):
        yield part
        yield from parts_of(part.block, part.value, part.place, part.block_id)


def _parts_right_in(block: Any, data: Any, place: str, block_id: str) -> Iterator[Part]:
    if isinstance(block, blocks.BaseStreamBlock):
        for each in data if isinstance(data, list) else ():
            child = block.child_blocks.get(each.get("type")) if isinstance(each, dict) else None
            if child is not None:
                key = str(each.get("id") or "")
                yield Part(f"{place}.{key}", child, each.get("value"), block_id=key)
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items() if isinstance(data, dict) else ():
            yield Part(f"{place}.{name}", child, data.get(name), data, block_id)
    elif isinstance(block, blocks.ListBlock):
        for each in data if isinstance(data, list) else ():
            # Lists of old versions of Wagtail hold bare values, which have no place.
            bare = not (isinstance(each, dict) and {"type", "value"} <= each.keys())
            value = each if bare else each["value"]
            key = "" if bare else str(each.get("id") or "")
            yield Part(f"{place}.{key}" if key else place, block.child_block, value, {}, block_id)


def with_part(block: Any, data: Any, way: list[str], value: Any) -> Any:
    """Return a block's stored value with another value at a place in it.

    ``way`` is the rest of a place, split at its dots.

    Raises:
        KeyError: if there is nothing at that place.
    """
    if not way:
        return value
    first, rest = way[0], way[1:]
    if isinstance(block, blocks.BaseStructBlock) and isinstance(data, dict):
        child = block.child_blocks[first]
        return {**data, first: with_part(child, data.get(first), rest, value)}
    if isinstance(data, list) and isinstance(block, blocks.BaseStreamBlock | blocks.ListBlock):
        changed = list(data)
        for number, each in enumerate(data):
            if isinstance(each, dict) and each.get("id") == first:
                is_list = isinstance(block, blocks.ListBlock)
                child = block.child_block if is_list else block.child_blocks[each["type"]]
                inner = with_part(child, each["value"], rest, value)
                changed[number] = {**each, "value": inner}
                return changed
    raise KeyError(first)


def without_block_keys(html: str) -> str:
    """Return rich text without the keys that the editor gives to its paragraphs."""
    return _KEY_OF_HTML.sub("", html)


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
