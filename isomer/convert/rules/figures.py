"""Figures: a picture and its caption."""

from __future__ import annotations

from bs4.element import NavigableString, Tag

from isomer.convert.body_reader import BodyReader
from isomer.convert.text.lists import holds_block
from isomer.convert.text.richtext import TextItem
from isomer.convert.text.runs import inline_runs, text_of
from isomer.convert.text.streams import Item
from isomer.convert.text.values import Block


def figure(reader: BodyReader, tag: Tag) -> list[Item] | None:
    """Turn ``<figure>`` with one picture and a plain caption into a picture with that caption.

    A caption with marks, links or blocks stays text beside the picture, since the block's
    caption is plain; so does one of a picture that can't be shown, as of another site.
    Returns ``None`` for anything else.
    """
    captions = tag("figcaption") if tag.name == "figure" else []
    if len(captions) != 1 or len(tag("img")) != 1 or captions[0]("img"):
        return None
    caption = captions[0]
    runs = inline_runs(caption.children)
    is_plain = not any(run.styles or run.link or "\n" in run.text for run in runs)
    others = [node for node in tag.descendants if caption not in (node, *node.parents)]
    words = any(isinstance(node, NavigableString) and node.strip() for node in others)
    if not is_plain or holds_block(caption) or words or reader.anchors_in(caption):
        return None
    is_first = caption.find_next("img") is tag.img
    caption.extract()
    items = reader.inner(tag.children)
    text = text_of(runs).strip()
    if text and not any(isinstance(item, Block) and item.type == "picture" for item in items):
        below = TextItem("p", tuple(runs))
        return [below, *items] if is_first else [*items, below]
    return [_with_caption(item, text) for item in items]


def _with_caption(item: Item, caption: str) -> Item:
    if isinstance(item, Block) and item.type == "picture":
        return Block("picture", {**item.value, "caption": caption})
    return item
