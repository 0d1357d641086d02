"""Parts of a page that visitors fold out."""

from __future__ import annotations

from typing import Any

from wagtail import blocks


class AccordionBlock(blocks.StructBlock):
    """A list of titles, each of which folds out what belongs to it.

    Stored as ``{"entries": [{"title": "", "open": False, "body": [...]}, ...]}``. ``body``
    is the stream of blocks that an entry may hold.
    """

    def __init__(self, body: blocks.StreamBlock, **kwargs: Any) -> None:
        entry = blocks.StructBlock(
            [
                (
                    "title",
                    blocks.CharBlock(
                        required=False,
                        help_text="What visitors select to see the rest, such as a question."
                        " Without a title they see the word “Details”.",
                    ),
                ),
                (
                    "open",
                    blocks.BooleanBlock(
                        required=False,
                        label="Open from the start",
                        help_text="Visitors see what the entry holds without selecting it first.",
                    ),
                ),
                ("body", body),
            ],
            icon="collapse-down",
            label="Entry",
            label_format="{title}",
        )
        entries = blocks.ListBlock(entry, label="Entries", collapsed=True)
        super().__init__([("entries", entries)], **kwargs)

    class Meta:
        icon = "collapse-down"
        label = "Accordion"
        template = "content/blocks/accordion.html"
        description = "Titles that fold out their text, such as questions and answers."
        preview_value = {
            "entries": [
                {
                    "title": "Do I have to pay?",
                    "open": True,
                    "body": [{"type": "text", "value": "<p>No. Taking part is free.</p>"}],
                },
                {
                    "title": "May I stop?",
                    "open": False,
                    "body": [{"type": "text", "value": "<p>Yes, at any time.</p>"}],
                },
            ]
        }
