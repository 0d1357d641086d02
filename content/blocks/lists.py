"""Lists that running text can't hold: other numbers, or more than text in an entry."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from wagtail import blocks

from content.blocks.counts import EntriesBlock
from content.blocks.imported import ImportedHTMLBlock
from content.blocks.media import DividerBlock, PictureBlock
from content.blocks.text import AnchorBlock, CodeBlock, HeadingBlock, QuoteBlock, TextBlock

# How many lists with blocks may stand one in another. Text in the innermost holds more.
LIST_LEVELS = 4


class EntryBlock(blocks.StreamBlock):
    """What may stand in an entry of a list, beside further lists."""

    text = TextBlock(group="Text")
    heading = HeadingBlock(group="Text")
    anchor = AnchorBlock(group="Text")
    quote = QuoteBlock(group="Text")
    code = CodeBlock(group="Text")
    picture = PictureBlock(group="Media and layout")
    divider = DividerBlock(group="Media and layout")
    imported_html = ImportedHTMLBlock(group="From the old site")

    class Meta:
        required = False
        icon = "list-ul"
        description = "One entry of the list: text, pictures, or a further list."


@cache
def entry_block(levels: int) -> EntryBlock:
    """Return the entries of a list in which so many lists may stand one in another."""
    inner: list[tuple[str, blocks.Block]] = []
    if levels > 1:
        inner = [
            ("numbered_list", NumberedListBlock(levels=levels - 1, group="Text")),
            ("bulleted_list", BulletedListBlock(levels=levels - 1, group="Text")),
        ]
    return EntryBlock(inner)


class NumberedListBlock(blocks.StructBlock):
    """A numbered list with a first number, a kind of numbers, and entries that hold blocks.

    Stored as ``{"start": 3, "numbering": "a", "items": [stream, …]}``.
    """

    start = blocks.IntegerBlock(
        default=1,
        label="First number",
        help_text="Letters count as numbers: 3 begins with c.",
    )
    numbering = blocks.ChoiceBlock(
        choices=[
            ("1", "1, 2, 3"),
            ("a", "a, b, c"),
            ("A", "A, B, C"),
            ("i", "i, ii, iii"),
            ("I", "I, II, III"),
        ],
        default="1",
        search_index=False,
        label="Numbers or letters",
        help_text="How the entries are counted.",
    )

    def __init__(
        self,
        local_blocks: Sequence[tuple[str, blocks.Block]] = (),
        levels: int = LIST_LEVELS,
        **kwargs: Any,
    ) -> None:
        entries = EntriesBlock(
            entry_block(levels),
            label="Entries",
            min_num=1,
            help_text="Each entry gets its number by itself, and a new one when you drag it.",
        )
        super().__init__([*local_blocks, ("items", entries)], **kwargs)

    class Meta:
        icon = "list-ol"
        label = "Numbered list"
        template = "content/blocks/numbered_list.html"
        description = (
            "A list that begins with another number, counts in letters, or has pictures in its"
            " entries. For others use Text."
        )
        preview_value = {
            "start": 3,
            "numbering": "a",
            "items": [
                [{"type": "text", "value": "<p>Send the form.</p>"}],
                [{"type": "text", "value": "<p>Wait for a call.</p>"}],
            ],
        }


class BulletedListBlock(EntriesBlock):
    """A bulleted list whose entries hold blocks. Stored as a list of streams."""

    def __init__(self, levels: int = LIST_LEVELS, **kwargs: Any) -> None:
        kwargs.setdefault("min_num", 1)
        super().__init__(entry_block(levels), **kwargs)

    class Meta:
        icon = "list-ul"
        label = "Bulleted list"
        template = "content/blocks/bulleted_list.html"
        description = "A list with pictures or further lists in its entries. For others use Text."
        preview_value = [
            [{"type": "text", "value": "<p>Bring your letter of invitation.</p>"}],
            [{"type": "text", "value": "<p>Bring a list of your medicines.</p>"}],
        ]
