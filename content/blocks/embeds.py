"""Blocks of frames, films and sounds."""

from __future__ import annotations

from wagtail import blocks

from content.blocks.links import LinkBlock


class EmbedBlock(blocks.StructBlock):
    """A film, sound, form or map that stands on a page and waits for the visitor.

    Stored as ``{"source": value of a LinkBlock, "title": "", "height": None}``.
    """

    source = LinkBlock(
        label="What to show",
        help_text="The address of a film or form on another site, or a film or sound among the"
        " documents of this one.",
    )
    title = blocks.CharBlock(
        required=False,
        help_text="What it is, such as “How a trial works (film, 3 minutes)”. People who listen to"
        " the page need it; without one they hear the name of the host.",
    )
    height = blocks.IntegerBlock(
        required=False,
        min_value=1,
        label="Height in pixels",
        help_text="For forms and maps, such as 600. Leave empty for films: they keep their shape.",
    )

    class Meta:
        icon = "media"
        label = "Film or embedded content"
        template = "content/blocks/embed.html"
        description = (
            "A film, form or map of another site. It is loaded when the visitor asks for it."
        )
        preview_value = {
            "source": {
                "page": None,
                "document": None,
                "address": "https://www.youtube.com/watch?v=demonstration",
            },
            "title": "How a trial works (film, 3 minutes)",
            "height": None,
        }
