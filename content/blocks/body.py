"""The stream of blocks that an ordinary page is made of."""

from __future__ import annotations

from wagtail import blocks

from content.blocks.accordion import AccordionBlock
from content.blocks.actions import ButtonBlock, CardGridBlock
from content.blocks.embeds import EmbedBlock
from content.blocks.imported import ImportedHTMLBlock
from content.blocks.lists import BulletedListBlock, NumberedListBlock
from content.blocks.media import DividerBlock, PictureBlock
from content.blocks.tables import TableBlock
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
