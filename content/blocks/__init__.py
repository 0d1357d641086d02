"""Body blocks: what an editor builds a page from, a module for each kind.

Every block says in plain words what it is for, and shows a sample in the block
chooser's preview. Blocks that only one room uses live in that room.
"""

from __future__ import annotations

from content.blocks.accordion import AccordionBlock
from content.blocks.actions import ButtonBlock, CardBlock, CardGridBlock
from content.blocks.body import BodyBlock, InnerBodyBlock
from content.blocks.embeds import EmbedBlock
from content.blocks.imported import ImportedHTMLBlock
from content.blocks.links import LinkBlock, validate_link_address
from content.blocks.lists import BulletedListBlock, EntryBlock, NumberedListBlock
from content.blocks.media import DividerBlock, PictureBlock
from content.blocks.tables import TableBlock, TableCellsBlock
from content.blocks.text import (
    HEADING_FEATURES,
    INLINE_FEATURES,
    LIST_FEATURES,
    TEXT_FEATURES,
    AnchorBlock,
    CodeBlock,
    HeadingBlock,
    QuoteBlock,
    TextBlock,
    validate_anchor,
)

__all__ = [
    "HEADING_FEATURES",
    "INLINE_FEATURES",
    "LIST_FEATURES",
    "TEXT_FEATURES",
    "AccordionBlock",
    "AnchorBlock",
    "BodyBlock",
    "BulletedListBlock",
    "ButtonBlock",
    "CardBlock",
    "CardGridBlock",
    "CodeBlock",
    "DividerBlock",
    "EmbedBlock",
    "EntryBlock",
    "HeadingBlock",
    "ImportedHTMLBlock",
    "InnerBodyBlock",
    "LinkBlock",
    "NumberedListBlock",
    "PictureBlock",
    "QuoteBlock",
    "TableBlock",
    "TableCellsBlock",
    "TextBlock",
    "validate_anchor",
    "validate_link_address",
]
