"""Blocks of frames, films and sounds."""

from __future__ import annotations

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from content.blocks.links import LinkBlock, validate_link_address


class EmbedSourceBlock(LinkBlock):
    """Where a film or frame comes from; stored as a link is."""

    page = blocks.PageChooserBlock(
        required=False, help_text="Mostly empty: a page of this site is shown as a link."
    )
    document = DocumentChooserBlock(
        required=False, help_text="A film or sound of this site, such as an MP4 or MP3 file."
    )
    # Nothing that a page could show.
    email = None
    phone = None
    address = blocks.CharBlock(
        required=False,
        search_index=False,
        label="Web address",
        validators=[validate_link_address],
        help_text="Of a film, form or map on another site, such as"
        " https://www.youtube.com/watch?v=… or https://form.gov.sg/…",
    )

    class Meta:
        icon = "media"
        label = "What to show"
        description = "A film, sound, form or map."


class EmbedBlock(blocks.StructBlock):
    """A film, sound, form or map that stands on a page and waits for the visitor.

    Stored as ``{"source": {"page", "document", "address"}, "title": "", "height": None}``.
    """

    source = EmbedSourceBlock(
        collapsed=False,
        help_text="Choose a document or write an address. From a host that nobody has allowed under"
        " Settings, visitors meet a link.",
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
        expected = ("source",)
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
