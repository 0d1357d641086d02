"""Body blocks: what an editor builds a page from, a module for each kind.

Every block says in plain words what it is for, and shows a sample in the block
chooser's preview. Blocks that only one room uses live in that room.
"""

from __future__ import annotations

from content.blocks.body import BodyBlock, InnerBodyBlock
from content.blocks.imported import ImportedHTMLBlock
from content.blocks.links import LinkBlock, validate_link_address
from content.blocks.lists import BulletedListBlock, EntryBlock, NumberedListBlock
from content.blocks.media import DividerBlock, PictureBlock
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
    "AnchorBlock",
    "BodyBlock",
    "BulletedListBlock",
    "CodeBlock",
    "DividerBlock",
    "EntryBlock",
    "HeadingBlock",
    "ImportedHTMLBlock",
    "InnerBodyBlock",
    "LinkBlock",
    "NumberedListBlock",
    "PictureBlock",
    "QuoteBlock",
    "TextBlock",
    "validate_anchor",
    "validate_link_address",
]
