"""Blocks to look at: pictures, and the line between two parts."""

from __future__ import annotations

from wagtail import blocks

from content.blocks.alternatives import DescribedPicture, alternative_text, decoration
from content.blocks.choosers import PictureChooserBlock
from content.blocks.links import LinkBlock


class PictureBlock(DescribedPicture):
    """A picture with its own alternative text, and perhaps a caption and a link."""

    image = PictureChooserBlock(
        required=False,
        label="Picture",
        help_text="From the library, or a new one. Every screen gets a size that fits.",
    )
    alt = alternative_text()
    decorative = decoration()
    caption = blocks.CharBlock(
        required=False, help_text="Small, below the picture, such as who took it. May stay empty."
    )
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
    link = LinkBlock(
        required=False,
        help_text="Where selecting the picture leads. Fill in one of the five, or none.",
    )

    class Meta:
        expected = ("image",)
        icon = "image"
        label = "Picture"
        # In the order of the fields, in which values are stored.
        form_layout = blocks.BlockGroup(
            [
                "image",
                "alt",
                "decorative",
                "caption",
                blocks.BlockGroup(
                    ["width", "pixels"],
                    heading="Size",
                    icon="expand-right",
                    classname="collapsed",
                    label_format="",
                ),
                "link",
            ]
        )
        template = "content/blocks/picture.html"
        description = "One picture in the text, with a caption below it if you like."
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
        description = (
            "A thin line between two parts of a page. A heading is better where a part has a name."
        )
        admin_text = "A thin line. There is nothing to fill in."
