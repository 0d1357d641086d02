"""Parts of a page that visitors fold out."""

from __future__ import annotations

from typing import Any

from wagtail import blocks

from content.blocks.counts import EntriesBlock


class AccordionBlock(blocks.StructBlock):
    """A list of titles, each of which folds out what belongs to it.

    Stored as ``{"entries": [{"title": "", "open": False, "body": [...]}, ...]}``. ``body``
    is the stream of blocks that an entry may hold.
    """

    def __init__(self, body: blocks.StreamBlock, **kwargs: Any) -> None:
        body.meta.help_text = "What is shown when the title is selected."
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
            expected=("title", "body"),
            icon="collapse-down",
            label="Entry",
            label_format="{title}",
            description="One title, and what it folds out.",
        )
        entries = EntriesBlock(
            entry,
            label="Entries",
            collapsed=True,
            min_num=1,
            help_text="Visitors see the titles below one another. Drag an entry to another place by"
            " its dots.",
        )
        super().__init__([("entries", entries)], **kwargs)

    class Meta:
        icon = "collapse-down"
        label = "Accordion"
        template = "content/blocks/accordion.html"
        description = (
            "Titles that fold out their text when a visitor selects them. For questions and"
            " answers, or details that few people need."
        )
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
