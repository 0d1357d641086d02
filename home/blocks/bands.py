"""Sections of words: beside a picture, in the middle, in columns, in cards (reference, 3.2)."""

from __future__ import annotations

from wagtail import blocks

from content.blocks.alternatives import DescribedPicture, alternative_text, decoration
from content.blocks.counts import EntriesBlock
from home.blocks.loading import LinkBlock, PictureChooserBlock
from home.blocks.shared import (
    ButtonBlock,
    DescriptionBlock,
    SectionBlock,
    entry_title,
    further_content,
    section_subtitle,
    section_title,
)

MAXIMUM_BOXES = 4
MAXIMUM_CARDS = 4


class InfobarBlock(SectionBlock):
    """Words in the middle of the page."""

    title = section_title()
    subtitle = section_subtitle()
    description = DescriptionBlock()
    more = further_content()
    button = ButtonBlock(
        required=False, help_text="Below the words. Shown when it has both a text and a link."
    )

    class Meta:
        icon = "title"
        label = "Text band"
        template = "home/blocks/infobar.html"
        description = "A title and a few words in the middle, with a button (infobar)."
        preview_value = {
            "subtitle": "Careers",
            "title": "Work with us",
            "description": "<p>We look for people who like careful work.</p>",
            "button": {"text": "See open posts", "link": {"page": None, "address": "/"}},
        }


class InfopicBlock(DescribedPicture, SectionBlock):
    """Words beside a picture; sides alternate down the page."""

    title = section_title()
    subtitle = section_subtitle()
    description = DescriptionBlock()
    more = further_content()
    button = ButtonBlock(
        required=False, help_text="Below the words. Shown when it has both a text and a link."
    )
    image = PictureChooserBlock(
        required=False,
        label="Picture",
        help_text="Stands beside the words, cropped to three by two. Without it the words stand in"
        " a panel.",
    )
    alt = alternative_text()
    decorative = decoration()

    class Meta:
        icon = "doc-full-inverse"
        label = "Picture and text"
        template = "home/blocks/infopic.html"
        description = "Text with a picture beside it. The sides swap with each one (infopic)."
        preview_value = {
            "title": "Training for coordinators",
            "subtitle": "SCRI Academy",
            "description": "<p>Short courses for people who run trials.</p>",
            "button": {"text": "See the courses", "link": {"page": None, "address": "/"}},
            "image": None,
            "alt": "",
        }


class ColumnBlock(blocks.StructBlock):
    """One of up to four columns of words."""

    title = entry_title()
    description = DescriptionBlock()
    more = further_content()

    class Meta:
        icon = "pilcrow"
        label = "Column"
        label_format = "{title}"
        description = "A title and a few words."
        preview_value = {"title": "Plan", "description": "<p>Ask the right question.</p>"}


class InfocolsBlock(SectionBlock):
    """Words in columns, with one button below."""

    title = section_title()
    subtitle = section_subtitle()
    boxes = EntriesBlock(
        ColumnBlock(),
        max_num=MAXIMUM_BOXES,
        default=[],
        required=False,
        label="Columns",
        help_text=f"Up to {MAXIMUM_BOXES}.",
    )
    button = ButtonBlock(
        required=False, help_text="Below the words. Shown when it has both a text and a link."
    )

    class Meta:
        icon = "table"
        label = "Columns"
        template = "home/blocks/infocols.html"
        description = "Up to four short texts side by side, with one button below (infocols)."
        preview_value = {
            "title": "How we help",
            "subtitle": "",
            "boxes": [
                {"title": title, "description": f"<p>{text}</p>"}
                for title, text in (
                    ("Plan", "Ask the right question."),
                    ("Run", "Keep to the protocol."),
                    ("Report", "Say what was found."),
                )
            ],
            "button": {"text": "Read more", "link": {"page": None, "address": "/"}},
        }


class CardBlock(blocks.StructBlock):
    """A card that leads somewhere as a whole, if it has a link."""

    title = entry_title()
    description = DescriptionBlock()
    more = further_content()
    link_text = blocks.CharBlock(
        required=False, help_text="At the lower edge, such as “Learn more” (linktext)."
    )
    link = LinkBlock(
        required=False, help_text="Where the card leads. Fill in one of the five, or none."
    )

    class Meta:
        icon = "doc-full"
        label = "Card"
        label_format = "{title}"
        link_words, named_by = "link_text", "title"
        description = "A few words. With a link the whole card can be clicked."
        preview_value = {
            "title": "For patients",
            "description": "<p>What taking part means.</p>",
            "link_text": "Learn more",
            "link": {"page": None, "address": "/"},
        }


class TextcardsBlock(SectionBlock):
    """Cards side by side."""

    title = section_title()
    subtitle = section_subtitle()
    description = DescriptionBlock()
    more = further_content()
    cards = EntriesBlock(
        CardBlock(),
        max_num=MAXIMUM_CARDS,
        default=[],
        required=False,
        help_text=f"Up to {MAXIMUM_CARDS}, side by side.",
    )

    class Meta:
        icon = "grip"
        label = "Cards"
        template = "home/blocks/textcards.html"
        description = "Up to four cards side by side, each with a link (textcards)."
        preview_value = {
            "title": "Who we work with",
            "subtitle": "",
            "description": "",
            "cards": [
                {
                    "title": title,
                    "description": "<p>Begin here.</p>",
                    "link_text": "Learn more",
                    "link": {"page": None, "address": "/"},
                }
                for title in ("Patients", "Investigators", "Sponsors")
            ],
        }
