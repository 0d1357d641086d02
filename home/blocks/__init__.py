"""Sections of the home page (format reference, section 3.2).

A label is an editor's word; the old name of a section stands at the end of its
description. ``shared`` says when a section has anything to show.
"""

from __future__ import annotations

from wagtail import blocks

from home.blocks.bands import InfobarBlock, InfocolsBlock, InfopicBlock, TextcardsBlock
from home.blocks.hero import HeroBlock
from home.blocks.lists import AnnouncementsBlock, CarouselBlock, ListingBlock, ResourcesBlock
from home.blocks.shared import ButtonBlock, SectionBlock

__all__ = ["ButtonBlock", "SectionBlock", "SectionsBlock"]


class SectionsBlock(blocks.StreamBlock):
    """What a home page is made of, from top to bottom."""

    hero = HeroBlock()
    infobar = InfobarBlock(group="Words")
    infopic = InfopicBlock(group="Words")
    infocols = InfocolsBlock(group="Words")
    textcards = TextcardsBlock(group="Words")
    announcements = AnnouncementsBlock(group="Lists")
    resources = ResourcesBlock(group="Lists")
    carousel = CarouselBlock(group="Lists")
    listing = ListingBlock(group="Lists")

    class Meta:
        block_counts = {
            name: {"max_num": 1} for name in ("hero", "announcements", "resources", "carousel")
        }
