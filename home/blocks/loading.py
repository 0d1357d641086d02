"""Reading what the sections of a home page point to at once.

Wagtail reads the pages and pictures of a stream for each kind of block by itself. A
home page has many kinds, each of which would cost a query for its links and another
for its pictures; here the whole page costs one of each.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextvars import ContextVar
from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from content import blocks as content_blocks
from content.models import SiteImage

# {model: {id: object}} while the sections of a page are read.
_loaded: ContextVar[Mapping[Any, Mapping[int, Any]] | None] = ContextVar("loaded", default=None)


class _LoadedAtOnce:
    """A chooser that takes its objects from what :func:`load_at_once` has read."""

    model_class: Any

    def bulk_to_python(self, values: Sequence[Any]) -> list[Any]:
        """Override of ``ChooserBlock.bulk_to_python``: no query of its own, copies all the same."""
        known = _loaded.get()
        if known is None:
            found: list[Any] = super().bulk_to_python(values)  # type: ignore[misc]
            return found
        objects = known.get(self.model_class, {})
        return [copy.copy(objects.get(value)) for value in values]


class PageChooserBlock(_LoadedAtOnce, blocks.PageChooserBlock):
    """Wagtail's chooser of a page, read at once with the others."""


class PictureChooserBlock(_LoadedAtOnce, ImageChooserBlock):
    """Wagtail's chooser of a picture, read at once with the others."""


class LinkBlock(content_blocks.LinkBlock):
    """A link as everywhere on the site, its page read at once with the others."""

    page = PageChooserBlock(
        required=False, help_text="A page of this site. The link follows the page when it moves."
    )


def load_at_once(sections: blocks.StreamValue) -> None:
    """Read all sections of a page, with one query for their pages and one for their pictures."""
    wanted: dict[Any, set[int]] = defaultdict(set)
    for model, number in _chosen(sections.stream_block, list(sections.raw_data)):
        wanted[model].add(number)
    loaded = {model: _all(model).in_bulk(numbers) for model, numbers in wanted.items()}
    token = _loaded.set(loaded)
    try:
        for section in sections:
            # Reading the first of a kind reads all of it.
            _ = section.value
    finally:
        _loaded.reset(token)


def _all(model: Any) -> Any:
    """Return the objects of a model, pictures with their stored sizes."""
    return model.objects.prefetch_renditions() if model is SiteImage else model.objects.all()


def _chosen(block: blocks.Block, value: Any) -> Iterator[tuple[Any, int]]:
    """Yield ``(model, id)`` for each object chosen in the stored form of a block's value."""
    if isinstance(block, _LoadedAtOnce):
        if isinstance(value, int):
            yield block.model_class, value
    elif isinstance(block, blocks.BaseStreamBlock):
        for item in value or ():
            child = block.child_blocks.get(item["type"])
            if child is not None:
                yield from _chosen(child, item["value"])
    elif isinstance(block, blocks.ListBlock):
        for item in value or ():
            yield from _chosen(block.child_block, item["value"] if _is_item(item) else item)
    elif isinstance(block, blocks.BaseStructBlock) and isinstance(value, Mapping):
        for name, child in block.child_blocks.items():
            yield from _chosen(child, value.get(name))


def _is_item(item: Any) -> bool:
    """Tell whether a list holds its entries with type and id, as it does since Wagtail 2.16."""
    return isinstance(item, Mapping) and item.get("type") == "item" and "value" in item
