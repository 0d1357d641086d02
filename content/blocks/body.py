"""The stream of blocks that an ordinary page is made of."""

from __future__ import annotations

from wagtail import blocks

from content.blocks.accordion import AccordionBlock
from content.blocks.actions import ButtonBlock, CardGridBlock
from content.blocks.embeds import EmbedBlock
from content.blocks.imported import ImportedHTMLBlock
from content.blocks.media import PictureBlock
from content.blocks.tables import TableBlock
from content.blocks.text import (
    AnchorBlock,
    HeadingBlock,
    NumberedListBlock,
    QuoteBlock,
    TextBlock,
)


class DividerBlock(blocks.StaticBlock):
    """A rule between two parts of a page."""

    class Meta:
        icon = "minus"
        label = "Divider"
        template = "content/blocks/divider.html"
        preview_value = None
        description = "A thin line between two parts of a page."
        admin_text = "A thin line. There is nothing to fill in."


class InnerBodyBlock(blocks.StreamBlock):
    """What may stand in a body, and in a block that holds a body of its own."""

    text = TextBlock(group="Text")
    heading = HeadingBlock(group="Text")
    anchor = AnchorBlock(group="Text")
    numbered_list = NumberedListBlock(group="Text")
    quote = QuoteBlock(group="Text")
    picture = PictureBlock(group="Media and layout")
    table = TableBlock(group="Media and layout")
    embed = EmbedBlock(group="Media and layout")
    divider = DividerBlock(group="Media and layout")
    button = ButtonBlock(group="Links")
    card_grid = CardGridBlock(group="Links")
    imported_html = ImportedHTMLBlock(group="From the old site")


class AccordionBodyBlock(InnerBodyBlock):
    """What an entry of an accordion may hold: one further accordion, whose entries hold none."""

    accordion = AccordionBlock(InnerBodyBlock(required=False), group="Media and layout")


class BodyBlock(InnerBodyBlock):
    """The body of an ordinary page. Page types with blocks of their own extend it."""

    accordion = AccordionBlock(AccordionBodyBlock(required=False), group="Media and layout")
