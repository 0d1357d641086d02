"""Sections of words: beside a picture, in the middle, in columns, in cards (reference, 3.2)."""

from __future__ import annotations

from wagtail import blocks

from home.blocks.loading import LinkBlock, PictureChooserBlock
from home.blocks.shared import ButtonBlock, DescriptionBlock, SectionBlock, further_content

MAXIMUM_BOXES = 4
MAXIMUM_CARDS = 4


class InfobarBlock(SectionBlock):
    """Words in the middle of the page."""

    title = blocks.CharBlock(required=False)
    subtitle = blocks.CharBlock(required=False, help_text="Small, above the title.")
    description = DescriptionBlock()
    more = further_content()
    button = ButtonBlock(required=False)

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


class InfopicBlock(SectionBlock):
    """Words beside a picture; sides alternate down the page."""

    title = blocks.CharBlock(required=False)
    subtitle = blocks.CharBlock(required=False, help_text="Small, above the title.")
    description = DescriptionBlock()
    more = further_content()
    button = ButtonBlock(required=False)
    image = PictureChooserBlock(required=False, label="Picture")
    alt = blocks.CharBlock(
        required=False,
        label="Alternative text",
        help_text="What the picture shows, for people who can't see it.",
    )

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

    title = blocks.CharBlock(required=False)
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

    title = blocks.CharBlock(required=False)
    subtitle = blocks.CharBlock(required=False, help_text="Small, above the title.")
    boxes = blocks.ListBlock(
        ColumnBlock(), max_num=MAXIMUM_BOXES, default=[], required=False, label="Columns"
    )
    button = ButtonBlock(required=False)

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

    title = blocks.CharBlock(required=False)
    description = DescriptionBlock()
    more = further_content()
    link_text = blocks.CharBlock(
        required=False, help_text="At the lower edge, such as “Learn more” (linktext)."
    )
    link = LinkBlock(required=False)

    class Meta:
        icon = "doc-full"
        label = "Card"
        label_format = "{title}"
        description = "A few words. With a link the whole card can be clicked."
        preview_value = {
            "title": "For patients",
            "description": "<p>What taking part means.</p>",
            "link_text": "Learn more",
            "link": {"page": None, "address": "/"},
        }


class TextcardsBlock(SectionBlock):
    """Cards side by side."""

    title = blocks.CharBlock(required=False)
    subtitle = blocks.CharBlock(required=False, help_text="Small, above the title.")
    description = DescriptionBlock()
    more = further_content()
    cards = blocks.ListBlock(CardBlock(), max_num=MAXIMUM_CARDS, default=[], required=False)

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
