"""Every block that an editor can meet, found by walking all streams of blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.apps import apps
from wagtail import blocks
from wagtail.fields import StreamField


def reachable_blocks() -> dict[str, blocks.Block]:
    """Return every block in any stream of any model, by a path such as
    ``ContentPage.body.card_grid.cards.item.link``, streams themselves included."""
    found: dict[str, blocks.Block] = {}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                name = f"{model.__name__}.{field.name}"
                found |= dict(_below(name, field.stream_block))
    return found


def _below(name: str, block: blocks.Block) -> Iterator[tuple[str, blocks.Block]]:
    yield name, block
    if isinstance(block, blocks.ListBlock):
        yield from _below(f"{name}.item", block.child_block)
    for child_name, child in getattr(block, "child_blocks", {}).items():
        yield from _below(f"{name}.{child_name}", child)


def chosen_blocks(found: Mapping[str, blocks.Block]) -> dict[str, blocks.Block]:
    """Return those that editors choose from a menu: the kinds of each stream."""
    return {
        f"{name}.{kind}": child
        for name, stream in found.items()
        if isinstance(stream, blocks.BaseStreamBlock)
        for kind, child in stream.child_blocks.items()
    }


def by_definition(
    some: Mapping[str, blocks.Block], everything: Mapping[str, blocks.Block]
) -> dict[str, blocks.Block]:
    """Return one of each block that is defined once and used in many streams."""
    once: dict[tuple, str] = {}
    for name, block in sorted(some.items(), key=lambda each: len(each[0])):
        above, _, last = name.rpartition(".")
        once.setdefault((type(block), type(everything.get(above)), last), name)
    return {name: some[name] for name in once.values()}
