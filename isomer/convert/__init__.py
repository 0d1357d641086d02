"""Second stage: a document becomes blocks as plain data, links still as written."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from isomer.convert.body import BodyReader, Item
from isomer.convert.homepage import home_sections
from isomer.convert.markup import (
    TooDeepError,
    check_depth,
    is_html,
    markdown_to_html,
    only_text,
    parse,
)
from isomer.convert.recipes import RECIPES
from isomer.convert.richtext import TextItem, write_rich_text
from isomer.convert.values import Block, Content, LinkTo, PictureOf, RichText
from isomer.messages import Message
from isomer.source import SourceDocument

__all__ = ["Block", "Converted", "LinkTo", "PictureOf", "RichText", "convert_document"]

_NAMESPACE = uuid.UUID("6a1f6e5c-7d0f-4b43-9a2e-1f0c5f6b8d21")


@dataclass
class Converted:
    """A stream of blocks as plain data, and what is to be said about it.

    Each block of ``stream`` is ``{"type": …, "value": …, "id": …}``; values may
    hold the marks of :mod:`isomer.convert.values`.
    """

    stream: list[dict[str, Content]]
    messages: list[Message] = field(default_factory=list)


def convert_document(
    document: SourceDocument, recipes: Sequence[str] = (), as_home: bool = False
) -> Converted:
    """Convert a document's body, or a home page's sections, to a stream of blocks.

    ``recipes`` names the blocks that the mapping wants found in the text. The
    same document always gives the same stream, ids included.
    """
    messages: list[Message] = []
    if as_home or document.text("layout") == "homepage":

        def note_place(rule: str, text: str, place: str) -> None:
            messages.append(Message(rule, document.path, text, place))

        blocks: list[Block] = home_sections(document.front_matter, note_place)
        if document.body.strip():
            messages.append(
                Message("field-left-out", document.path, "text below the front matter", "body")
            )
    else:
        blocks = _body_blocks(document, recipes, messages)
    stream = [_finish(block, document.path, number) for number, block in enumerate(blocks)]
    return Converted(stream, messages)


def _body_blocks(
    document: SourceDocument, recipes: Sequence[str], messages: list[Message]
) -> list[Block]:
    def note(rule: str, text: str) -> None:
        messages.append(Message(rule, document.path, text, "body"))

    body = document.body
    try:
        html = body if is_html(body, document.text("variant")) else markdown_to_html(body)
        check_depth(html)
    except TooDeepError:
        note("markup-kept-as-html", "elements nested too deeply; only the text was kept")
        pattern = "elements nested too deeply"
        return [Block("imported_html", {"html": only_text(body), "pattern": pattern})]
    anchors = frozenset(re.findall(r"""href=["']#([^"']+)["']""", html))
    items: list[Item] = BodyReader(note, anchors).read(list(parse(html).children))
    for name in recipes:
        changed = RECIPES[name](items)
        if changed is None:
            note("block-not-found", name.replace("_", " "))
        else:
            items = changed
    return _gather(items)


def _gather(items: Sequence[Item]) -> list[Block]:
    """Gather neighbouring text items into one text block each."""
    blocks: list[Block] = []
    pending: list[TextItem] = []
    for item in items:
        starts_anew = isinstance(item, TextItem) and pending and _would_join(pending[-1], item)
        if pending and (starts_anew or not isinstance(item, TextItem)):
            blocks.append(Block("text", pending))
            pending = []
        if isinstance(item, TextItem):
            pending.append(item)
        else:
            blocks.append(item)
    if pending:
        blocks.append(Block("text", pending))
    return blocks


def _would_join(last: TextItem, item: TextItem) -> bool:
    """Tell whether rich text would wrongly join a list to the one before it.

    Two bulleted lists may become one; a numbered list would go on counting, and
    after a nested list of the same kind the outer list would.
    """
    if not (last.is_list_entry and item.is_list_entry) or item.depth:
        return False
    if last.list_number == item.list_number or last.tag != item.tag:
        return False
    return item.tag == "ol" or last.depth > 0


def _finish(block: Block, path: str, number: int) -> dict[str, Content]:
    """Give a block and the list items in it ids that are always the same for the same place."""
    place = f"{path}/{number}/{block.type}"
    return {
        "type": block.type,
        "value": _finish_value(block.value, place),
        "id": str(uuid.uuid5(_NAMESPACE, place)),
    }


def _finish_value(value: Content, place: str) -> Content:
    if isinstance(value, list) and value and all(isinstance(item, TextItem) for item in value):
        return RichText(write_rich_text(value, place))
    if isinstance(value, list):
        return [
            {
                "type": "item",
                "value": _finish_value(item, f"{place}/{number}"),
                "id": str(uuid.uuid5(_NAMESPACE, f"{place}/{number}")),
            }
            for number, item in enumerate(value)
        ]
    if isinstance(value, dict):
        return {key: _finish_value(item, f"{place}/{key}") for key, item in value.items()}
    if isinstance(value, LinkTo | PictureOf):
        return replace(value, place=value.place or place)
    return value


def convert_inline(html: str, path: str) -> RichText:
    """Convert a front matter value that may hold markup to one rich text paragraph or more."""
    items: list[Any] = BodyReader(lambda rule, text: None).read(list(parse(html).children))
    return RichText(write_rich_text([i for i in items if isinstance(i, TextItem)], path))
