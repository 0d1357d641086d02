"""Blocks to look at: pictures, and the line between two parts."""

from __future__ import annotations

from wagtail import blocks

from content.blocks.choosers import PictureChooserBlock
from content.blocks.links import LinkBlock


class PictureBlock(blocks.StructBlock):
    """A picture with its own alternative text, and perhaps a caption and a link."""

    image = PictureChooserBlock(required=False, label="Picture")
    alt = blocks.CharBlock(
        required=False,
        label="Alternative text",
        help_text="What the picture shows, for people who can't see it. Leave it empty only if"
        " the picture is decoration.",
    )
    caption = blocks.CharBlock(required=False)
    width = blocks.IntegerBlock(
        required=False,
        min_value=5,
        max_value=100,
        label="Width in per cent",
        help_text="Of the text column. Leave empty for the full width.",
    )
    pixels = blocks.IntegerBlock(
        required=False,
        min_value=1,
        label="Greatest width in pixels",
        help_text="For small pictures such as badges, which should not grow with the column."
        " Mostly empty.",
    )
    link = LinkBlock(required=False)

    class Meta:
        icon = "image"
        label = "Picture"
        template = "content/blocks/picture.html"
        description = "One picture in the text, with a caption if you like."
        preview_value = {
            "image": None,
            "alt": "",
            "caption": "A picture is shown above its caption.",
            "width": None,
            "pixels": None,
            "link": {"page": None, "document": None, "address": ""},
        }


class DividerBlock(blocks.StaticBlock):
    """A rule between two parts of a page."""

    class Meta:
        icon = "minus"
        label = "Divider"
        template = "content/blocks/divider.html"
        preview_value = None
        description = "A thin line between two parts of a page."
        admin_text = "A thin line. There is nothing to fill in."
