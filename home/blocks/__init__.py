"""Sections of the home page (format reference, section 3.2).

A label is an editor's word; the old name of a section stands at the end of its
description. ``shared`` says when a section has anything to show.
"""

from __future__ import annotations

from content.blocks.counts import CountedStream
from home.blocks.bands import InfobarBlock, InfocolsBlock, InfopicBlock, TextcardsBlock
from home.blocks.hero import HeroBlock
from home.blocks.lists import AnnouncementsBlock, CarouselBlock, ListingBlock, ResourcesBlock
from home.blocks.shared import ButtonBlock, SectionBlock

__all__ = ["ButtonBlock", "SectionBlock", "SectionsBlock"]


class SectionsBlock(CountedStream):
    """What a home page is made of, from top to bottom."""

    hero = HeroBlock(group="Opening")
    infopic = InfopicBlock(group="Words and pictures")
    infobar = InfobarBlock(group="Words and pictures")
    infocols = InfocolsBlock(group="Words and pictures")
    textcards = TextcardsBlock(group="Words and pictures")
    announcements = AnnouncementsBlock(group="Lists of things")
    resources = ResourcesBlock(group="Lists of things")
    carousel = CarouselBlock(group="Lists of things")
    listing = ListingBlock(group="Lists of things")

    class Meta:
        # Closed sections with their titles fit on a screen, to be opened and dragged.
        collapsed = True
        block_counts = {
            name: {"max_num": 1} for name in ("hero", "announcements", "resources", "carousel")
        }
