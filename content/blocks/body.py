"""The stream of blocks that an ordinary page is made of."""

from __future__ import annotations

from wagtail import blocks

from content.blocks.imported import ImportedHTMLBlock
from content.blocks.lists import BulletedListBlock, NumberedListBlock
from content.blocks.media import DividerBlock, PictureBlock
from content.blocks.text import AnchorBlock, CodeBlock, HeadingBlock, QuoteBlock, TextBlock


class InnerBodyBlock(blocks.StreamBlock):
    """What may stand in a body, and in a block that holds a body of its own."""

    text = TextBlock(group="Text")
    heading = HeadingBlock(group="Text")
    anchor = AnchorBlock(group="Text")
    numbered_list = NumberedListBlock(group="Text")
    bulleted_list = BulletedListBlock(group="Text")
    quote = QuoteBlock(group="Text")
    code = CodeBlock(group="Text")
    picture = PictureBlock(group="Media and layout")
    divider = DividerBlock(group="Media and layout")
    imported_html = ImportedHTMLBlock(group="From the old site")


class BodyBlock(InnerBodyBlock):
    """The body of an ordinary page. Page types with blocks of their own extend it."""
