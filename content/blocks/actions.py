"""Blocks that lead somewhere: buttons and cards."""

from __future__ import annotations

from typing import Any

from wagtail import blocks

from content.blocks.alternatives import DescribedPicture, alternative_text, decoration
from content.blocks.choosers import PictureChooserBlock
from content.blocks.counts import EntriesBlock
from content.blocks.links import LinkBlock
from content.blocks.text import INLINE_FEATURES

NO_LINK: dict[str, Any] = {"page": None, "document": None, "address": ""}


class ButtonBlock(blocks.StructBlock):
    """A link that stands out. Buttons that follow one another share a line."""

    text = blocks.CharBlock(
        label="Text on the button",
        help_text="Two to four words that say what happens, such as “Find a study”.",
    )
    link = LinkBlock(needed=True, help_text="Where the button leads. Fill in one of the five.")
    style = blocks.ChoiceBlock(
        choices=[("primary", "Filled"), ("secondary", "Outline")],
        default="primary",
        search_index=False,
        help_text="Filled for the one thing to do next, outline for the others.",
    )

    class Meta:
        expected = ("text", "link")
        icon = "circle-check"
        label = "Button"
        link_words = "text"
        label_format = "{text}"
        template = "content/blocks/button.html"
        description = (
            "A link that stands out, for the one thing that visitors should do next. Several that"
            " follow one another share a line."
        )
        preview_value = {
            "text": "Find a study",
            "link": {**NO_LINK, "address": "/"},
            "style": "primary",
        }


class CardBlock(DescribedPicture):
    """A card: what is filled in is shown, and the whole card is its link."""

    image = PictureChooserBlock(
        required=False, label="Picture", help_text="Shown above the words. May stay empty."
    )
    alt = alternative_text()
    decorative = decoration()
    title = blocks.CharBlock(
        required=False,
        heading_level=3,
        help_text="What the card leads to. With a link below, the whole card can be selected.",
    )
    text = blocks.RichTextBlock(
        required=False, features=INLINE_FEATURES, help_text="One or two sentences."
    )
    link = LinkBlock(
        required=False, help_text="Where the card leads. Fill in one of the five, or none."
    )
    link_text = blocks.CharBlock(
        required=False, help_text="Words at the lower edge, such as “Read more”. May stay empty."
    )

    class Meta:
        expected = ("title",)
        icon = "doc-full"
        label = "Card"
        label_format = "{title}"
        description = "One card: a picture, a title and a short text. All of it may be the link."
        link_words, named_by = "link_text", "title"


class CardGridBlock(blocks.StructBlock):
    """Cards beside one another, one to three in a row."""

    cards = EntriesBlock(
        CardBlock(),
        collapsed=True,
        min_num=1,
        help_text="Three stand in a row on wide screens, one on telephones.",
    )

    class Meta:
        icon = "grip"
        label = "Cards"
        template = "content/blocks/card_grid.html"
        description = (
            "Boxes beside one another with picture, title and short text, each with a link. To"
            " offer several ways on."
        )
        preview_value = {
            "cards": [
                {
                    "image": None,
                    "alt": "",
                    "title": title,
                    "text": f"<p>{text}</p>",
                    "link": {**NO_LINK, "address": "/"},
                    "link_text": "Read more",
                }
                for title, text in (
                    ("For patients", "What a study is, and what it asks of you."),
                    ("For study teams", "Forms, courses and advice."),
                )
            ]
        }
