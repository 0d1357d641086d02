"""Pictures with a caption (format reference, 6.3, ``figure``)."""

from __future__ import annotations

from bs4.element import Tag

from isomer.convert.body import BodyReader, Item
from isomer.convert.richtext import TextItem
from isomer.convert.runs import text_of
from isomer.convert.values import Block


def figure(reader: BodyReader, tag: Tag) -> list[Item] | None:
    """Return what stands in a figure. The words below one picture become its caption.

    A caption with links or marks, or one of several things, stays running text where it was.
    """
    if tag.name != "figure":
        return None
    caption = tag.find("figcaption", recursive=False)
    if not isinstance(caption, Tag):
        return reader.inner(list(tag.children))
    nodes = list(tag.children)
    place = nodes.index(caption)
    before, words, after = (
        reader.inner(nodes[:place]),
        reader.inner(list(caption.children)),
        reader.inner(nodes[place + 1 :]),
    )
    shown = [*before, *after]
    text = _plain(words)
    if text and len(shown) == 1 and isinstance(shown[0], Block) and shown[0].type == "picture":
        return [Block("picture", {**shown[0].value, "caption": text})]
    return [*before, *words, *after]


def _plain(words: list[Item]) -> str:
    """Return the text of one paragraph without links, marks or breaks, else ``""``."""
    if len(words) != 1 or not isinstance(words[0], TextItem) or words[0].tag != "p":
        return ""
    runs = words[0].runs
    plain = not any(run.styles or run.link or "\n" in run.text for run in runs)
    return text_of(runs).strip() if plain else ""
