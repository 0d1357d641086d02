"""What a page holds as plain data: its fields, and its blocks with their places.

Blocks are read as they are stored, so no page, picture or document that they lead to is
asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page

# Fields of every page whose text is none of the page's own.
_NOT_TEXT = frozenset(
    {"path", "slug", "draft_title", "url_path", "address", "language", "seo_title"}
)


@dataclass(frozen=True)
class Part:
    """A block, or a part of one: its definition, its stored value, and its place.

    ``place`` is the path that Wagtail's editor calls "content path". ``around`` is the stored
    value of the struct that the part stands in, if it does.
    """

    place: str
    block: Any
    value: Any
    around: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Contents:
    """A page as its editors last left it, drafts included.

    ``page`` is the specific page as visitors see it; ``texts`` are its one-line texts by field,
    ``pictures`` pairs of a field with a picture and the one with its alternative text,
    ``streams`` its fields of blocks: ``{field: (definition, stored data)}``.
    """

    page: Any
    texts: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, tuple[int, str]] = field(default_factory=dict)
    streams: dict[str, tuple[Any, list[Any]]] = field(default_factory=dict)

    def parts(self) -> Iterator[Part]:
        """Yield every block and every part of one, in the order of readers."""
        for name, (block, data) in self.streams.items():
            yield from parts_of(block, data, name)


def contents_of(page: Page, draft: Mapping[str, Any] | None = None) -> Contents:
    """Return what a specific page holds; ``draft`` is the content of its latest revision, if
    that is not published."""
    contents = Contents(page)
    fields = page._meta.get_fields()
    for one in fields:
        if isinstance(one, StreamField):
            contents.streams[one.name] = (one.stream_block, _stream(page, one, draft))
        elif _is_text(one):
            contents.texts[one.name] = str(_stored(page, one.name, draft) or "")
    for one in fields:
        alt = f"{one.name}_alt"
        if isinstance(one, models.ForeignKey) and alt in contents.texts:
            name = one.attname if draft is None else one.name
            picture = number_of(_stored(page, name, draft))
            if picture:
                contents.pictures[one.name] = (picture, alt)
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


def parts_of(block: Any, data: Any, place: str) -> Iterator[Part]:
    """Yield the parts of a block's stored value, each before those within it.

    What has no block definition any more, and what is not of the form that its definition
    expects, is passed over: the editor does not show it either.
    """
    if isinstance(block, blocks.BaseStreamBlock):
        for each in data if isinstance(data, list) else ():
            child = block.child_blocks.get(each.get("type")) if isinstance(each, dict) else None
            if child is not None:
                inner = f"{place}.{each.get('id') or ''}"
                yield Part(inner, child, each.get("value"))
                yield from parts_of(child, each.get("value"), inner)
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items() if isinstance(data, dict) else ():
            inner = f"{place}.{name}"
            yield Part(inner, child, data.get(name), data)
            yield from parts_of(child, data.get(name), inner)
    elif isinstance(block, blocks.ListBlock):
        for each in data if isinstance(data, list) else ():
            # Lists of old versions of Wagtail hold bare values, which have no place.
            bare = not (isinstance(each, dict) and {"type", "value"} <= each.keys())
            value = each if bare else each["value"]
            inner = place if bare else f"{place}.{each.get('id') or ''}"
            yield Part(inner, block.child_block, value)
            yield from parts_of(block.child_block, value, inner)


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
