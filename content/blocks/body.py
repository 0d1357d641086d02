"""The stream of blocks that an ordinary page is made of."""

from __future__ import annotations

from wagtail import blocks

from content.blocks.accordion import AccordionBlock
from content.blocks.actions import ButtonBlock, CardGridBlock
from content.blocks.counts import CountedStream
from content.blocks.embeds import EmbedBlock
from content.blocks.imported import ImportedHTMLBlock
from content.blocks.lists import BulletedListBlock, NumberedListBlock
from content.blocks.media import DividerBlock, PictureBlock
from content.blocks.tables import TableBlock
from content.blocks.text import AnchorBlock, CodeBlock, HeadingBlock, QuoteBlock, TextBlock

TEXT, PICTURES, LINKS = "Text", "Pictures, films, tables", "Links"
PLACES, OLD_SITE = "Places that links lead to", "From the old site"
_LATE = (PLACES, OLD_SITE)


class InnerBodyBlock(CountedStream):
    """What may stand in a body, and in a block that holds a body of its own.

    The menu of blocks shows groups and blocks in this order, the most used first.
    """

    text = TextBlock(group=TEXT)
    quote = QuoteBlock(group=TEXT)
    bulleted_list = BulletedListBlock(group=TEXT)
    numbered_list = NumberedListBlock(group=TEXT)
    code = CodeBlock(group=TEXT)
    picture = PictureBlock(group=PICTURES)
    table = TableBlock(group=PICTURES)
    embed = EmbedBlock(group=PICTURES)
    divider = DividerBlock(group=PICTURES)
    button = ButtonBlock(group=LINKS)
    card_grid = CardGridBlock(group=LINKS)
    heading = HeadingBlock(group=PLACES)
    anchor = AnchorBlock(group=PLACES)
    imported_html = ImportedHTMLBlock(group=OLD_SITE)

    def ordered_child_blocks(self) -> list[blocks.Block]:
        """Override of ``StreamBlock.ordered_child_blocks``: blocks that a page type adds stand
        before those that nobody should begin with."""
        return sorted(self.child_blocks.values(), key=_comes_late)


def _comes_late(block: blocks.Block) -> int:
    return _LATE.index(block.meta.group) + 1 if block.meta.group in _LATE else 0


class AccordionBodyBlock(InnerBodyBlock):
    """What an entry of an accordion may hold: one further accordion, whose entries hold none."""

    accordion = AccordionBlock(InnerBodyBlock(required=False), group=TEXT)


class BodyBlock(InnerBodyBlock):
    """The body of an ordinary page. Page types with blocks of their own extend it."""

    accordion = AccordionBlock(AccordionBodyBlock(required=False), group=TEXT)
