"""From items to streams of blocks, with ids that are always the same for the same place."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace

from isomer.convert.text.richtext import TextItem, write_rich_text
from isomer.convert.text.values import Block, Content, LinkTo, PictureOf, RichText

# What a body consists of before neighbouring texts become one block.
Item = TextItem | Block

_NAMESPACE = uuid.UUID("6a1f6e5c-7d0f-4b43-9a2e-1f0c5f6b8d21")


def blocks_to_stream(blocks: Sequence[Block], path: str) -> list[dict[str, Content]]:
    """Return blocks as a stream of ``{"type": …, "value": …, "id": …}``.

    ``path`` names the place at the source that the ids are derived from. Lists of
    text items become rich text, lists of blocks streams within a block.
    """
    return [_finish(block, path, number) for number, block in enumerate(blocks)]


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
    if isinstance(value, list) and value and all(isinstance(item, Block) for item in value):
        # A stream within a block.
        return [_finish(block, place, number) for number, block in enumerate(value)]
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


def merge_text_items(items: Sequence[Item]) -> list[Block]:
    """Return items as blocks: neighbouring text items are gathered into one text block."""
    blocks: list[Block] = []
    pending: list[TextItem] = []
    for item in items:
        starts_anew = isinstance(item, TextItem) and pending and _would_join(pending, item)
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


def _would_join(before: Sequence[TextItem], item: TextItem) -> bool:
    """Tell whether rich text would wrongly join a list to the one before it.

    Two bulleted lists may become one; a numbered list would go on counting, and
    after a nested list of the same kind the outer list would. An entry goes on with the
    list of the outermost entry before it, whatever is nested in that one.
    """
    last = before[-1]
    if not (last.is_list_entry and item.is_list_entry) or item.depth:
        return False
    outermost = next((one for one in reversed(before) if not one.depth), last)
    if outermost.list_number == item.list_number or last.tag != item.tag:
        return False
    return item.tag == "ol" or last.depth > 0
