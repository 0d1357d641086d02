"""Blocks that lead somewhere: buttons and cards."""

from __future__ import annotations

from typing import Any

from wagtail import blocks

from content.blocks.choosers import PictureChooserBlock
from content.blocks.links import LinkBlock
from content.blocks.text import INLINE_FEATURES

NO_LINK: dict[str, Any] = {"page": None, "document": None, "address": ""}


class ButtonBlock(blocks.StructBlock):
    """A link that stands out. Buttons that follow one another share a line."""

    text = blocks.CharBlock(label="Text on the button")
    link = LinkBlock(needed=True)
    style = blocks.ChoiceBlock(
        choices=[("primary", "Filled"), ("secondary", "Outline")],
        default="primary",
        search_index=False,
        help_text="Filled for the one thing to do next, outline for the others.",
    )

    class Meta:
        icon = "circle-check"
        label = "Button"
        label_format = "{text}"
        template = "content/blocks/button.html"
        description = "A link that stands out, for the next step. Several in a row share a line."
        preview_value = {
            "text": "Find a study",
            "link": {**NO_LINK, "address": "/"},
            "style": "primary",
        }


class CardBlock(blocks.StructBlock):
    """A card: what is filled in is shown, and the whole card is its link."""

    image = PictureChooserBlock(required=False, label="Picture")
    alt = blocks.CharBlock(
        required=False,
        label="Alternative text",
        help_text="What the picture shows, for people who can't see it. Leave it empty only if"
        " the picture is decoration.",
    )
    title = blocks.CharBlock(
        required=False,
        help_text="What the card leads to. With a link below, the whole card can be selected.",
    )
    text = blocks.RichTextBlock(required=False, features=INLINE_FEATURES)
    link = LinkBlock(required=False)
    link_text = blocks.CharBlock(
        required=False, help_text="Words at the lower edge, such as “Read more”. May stay empty."
    )

    class Meta:
        icon = "doc-full"
        label = "Card"
        label_format = "{title}"


class CardGridBlock(blocks.StructBlock):
    """Cards beside one another, one to three in a row."""

    cards = blocks.ListBlock(CardBlock(), collapsed=True)

    class Meta:
        icon = "grip"
        label = "Cards"
        template = "content/blocks/card_grid.html"
        description = "Pictures, titles and short texts beside one another, each with a link."
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
