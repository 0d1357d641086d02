"""Sections of the home page.

The other sections of the old home pages (text band, columns, cards, latest
items, announcements, carousel) belong here, beside these two, and in
``SectionsBlock`` below.
"""

from __future__ import annotations

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from content.blocks import LinkBlock


class ButtonBlock(blocks.StructBlock):
    """A button. Visitors see it only when it has both a text and a link."""

    text = blocks.CharBlock(required=False, max_length=200, label="Text on the button")
    link = LinkBlock(required=False)

    class Meta:
        icon = "link"
        label = "Button"
        description = "Shown when it has both a text and a link."
        preview_value = {"text": "Find a study", "link": {"page": None, "address": "/"}}
        template = "home/blocks/button.html"


class HighlightBlock(blocks.StructBlock):
    """One of up to four short pointers below the hero."""

    title = blocks.CharBlock(required=False, max_length=255)
    description = blocks.TextBlock(required=False, rows=2)
    link = LinkBlock(required=False)

    class Meta:
        icon = "pick"
        label = "Key highlight"
        label_format = "{title}"
        description = "A short pointer. Without a link it is plain text."
        preview_value = {
            "title": "Public sector partners",
            "description": "Hospitals and institutes",
            "link": {"page": None, "address": "/"},
        }
        preview_template = "home/blocks/highlight_preview.html"


class HeroBlock(blocks.StructBlock):
    """The first thing a visitor sees."""

    title = blocks.CharBlock(required=False, max_length=255)
    subtitle = blocks.TextBlock(required=False, rows=2)
    background = ImageChooserBlock(required=False, label="Background picture")
    button = ButtonBlock(required=False)
    key_highlights = blocks.ListBlock(
        HighlightBlock(),
        max_num=4,
        default=[],
        label="Key highlights",
        required=False,
        collapsed=True,
    )

    class Meta:
        icon = "image"
        label = "Hero"
        template = "home/blocks/hero.html"
        description = "The large opening of the home page, with up to four key highlights below."
        preview_value = {
            "title": "Better trials, sooner",
            "subtitle": "We help research teams across Singapore.",
            "background": None,
            "button": {"text": "Find a study", "link": {"page": None, "address": "/"}},
            "key_highlights": [
                {"title": title, "description": "", "link": {"page": None, "address": "/"}}
                for title in ("For patients", "For investigators", "For sponsors")
            ],
        }


class InfopicBlock(blocks.StructBlock):
    """Words beside a picture; sides alternate down the page."""

    title = blocks.CharBlock(required=False, max_length=255)
    subtitle = blocks.CharBlock(required=False, max_length=255)
    description = blocks.TextBlock(required=False, rows=4)
    button = ButtonBlock(required=False)
    image = ImageChooserBlock(required=False, label="Picture")
    alt = blocks.CharBlock(
        required=False,
        max_length=1000,
        label="Alternative text",
        help_text="What the picture shows, for people who can't see it.",
    )

    class Meta:
        icon = "doc-full-inverse"
        label = "Picture and text"
        template = "home/blocks/infopic.html"
        description = "Text with a picture beside it. The sides swap from one to the next."
        preview_value = {
            "title": "Training for coordinators",
            "subtitle": "SCRI Academy",
            "description": "Short courses for people who run trials.",
            "button": {"text": "See the courses", "link": {"page": None, "address": "/"}},
            "image": None,
            "alt": "",
        }


class SectionsBlock(blocks.StreamBlock):
    """What a home page is made of, from top to bottom."""

    hero = HeroBlock()
    infopic = InfopicBlock()

    class Meta:
        block_counts = {"hero": {"max_num": 1}}
