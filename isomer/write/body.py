"""A stream of blocks as a body that is read as the same blocks again.

Ordinary markup comes first, as the old editor wrote it. It can't say everything that blocks
can: two texts one after the other, for instance, are one. So each body is read again at once,
and what does not come back as it was is written as a marked block.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from isomer.convert.exact_text import same_form
from isomer.convert.shapes import BODY_SHAPES, RECIPE_SHAPES
from isomer.convert.streams import finish_blocks
from isomer.convert.values import Block, Content, ImportedHtml, LinkTo, PictureOf, RichText
from isomer.convert.whole_body import body_blocks
from isomer.source import DocumentKind, SourceDocument
from isomer.write.blocks import ordinary_block
from isomer.write.html import without_template_marks
from isomer.write.marked import marked_block

VARIANT = "tiptap"


@dataclass(frozen=True)
class BodyWriter:
    """Writes bodies of one page: ``recipes`` are the blocks that the mapping looks for in its
    text, ``base`` is its path, ``hosts`` the names of the site."""

    recipes: tuple[str, ...] = ()
    base: str = "/"
    hosts: Collection[str] = ()

    def write(self, blocks: Sequence[Block]) -> str:
        """Return blocks as HTML, ``""`` for none."""
        if not blocks:
            return ""
        ordinary = [without_template_marks(self._ordinary(block)) for block in blocks]
        if self.says(ordinary, blocks):
            return "\n".join(ordinary)
        mixed = self._mixed(blocks, ordinary)
        if self.says(mixed, blocks):
            return "\n".join(mixed)
        return "\n".join(
            self._marked(block, plain) for block, plain in zip(blocks, ordinary, strict=True)
        )

    def says(self, parts: Sequence[str], blocks: Sequence[Block]) -> bool:
        """Tell whether written parts are read as the given blocks."""
        return self.read("\n".join(parts)) == comparable(list(blocks))

    def read(self, html: str) -> Any:
        """Return what the importer makes of HTML, in a form for comparisons."""
        document = SourceDocument("body.md", DocumentKind.PAGE, {}, html)
        blocks = body_blocks(document, self.recipes, self.base, [], self.hosts)
        return comparable(finish_blocks(blocks, ""))

    def _inner(self) -> BodyWriter:
        return BodyWriter((), self.base, self.hosts)

    def _ordinary(self, block: Block) -> str:
        return ordinary_block(block, self._inner().write)

    def _marked(self, block: Block, ordinary: str) -> str:
        if block.type not in BODY_SHAPES and block.type not in RECIPE_SHAPES:
            return ordinary
        return without_template_marks(marked_block(block, self._inner().write))

    def _mixed(self, blocks: Sequence[Block], ordinary: Sequence[str]) -> list[str]:
        """Return the parts with a mark on each block that does not come back by itself, or not
        after the one before it."""
        parts: list[str] = []
        for number, (block, plain) in enumerate(zip(blocks, ordinary, strict=True)):
            holds = self.says([plain], [block])
            if holds and parts:
                holds = self.says([parts[-1], plain], blocks[number - 1 : number + 1])
            parts.append(plain if holds else self._marked(block, plain))
        return parts


def comparable(content: Content) -> Any:
    """Return content as plain data that is equal where it says the same: no ids, no block keys,
    marks in one form."""
    if isinstance(content, Block):
        return [content.type, comparable(content.value)]
    if isinstance(content, LinkTo):
        return {"link": content.address}
    if isinstance(content, PictureOf):
        return {"picture": content.path}
    if isinstance(content, RichText):
        is_table = content.html.startswith("<table>")
        return {"text": content.html if is_table else same_form(content.html)}
    if isinstance(content, ImportedHtml):
        return content.html
    if isinstance(content, list):
        return [comparable(item) for item in content]
    if isinstance(content, dict):
        if "id" in content and content.keys() == {"type", "value", "id"}:
            inner = comparable(content["value"])
            return inner if content["type"] == "item" else [content["type"], inner]
        return {key: comparable(value) for key, value in content.items()}
    return content
