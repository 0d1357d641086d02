"""Blocks of words: running text, headings, quotes, code."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks

from content.markup.links import own_id

# What rich text may hold. A feature that is missing here is dropped by the editor
# on saving, so the importer writes nothing else (docs/decisions/rich-text.md).
INLINE_FEATURES = [
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "superscript",
    "subscript",
    "code",
    "link",
    "document-link",
]
LIST_FEATURES = ["ul", "ol"]
HEADING_FEATURES = ["h2", "h3", "h4", "h5", "h6"]
TEXT_FEATURES = [*HEADING_FEATURES, *INLINE_FEATURES, *LIST_FEATURES]


def validate_anchor(value: str) -> None:
    """Check the name of a place on a page.

    Raises:
        ValidationError: if the frame of every page uses the name itself.
    """
    if own_id(value) != value:
        raise ValidationError(f"“{value}” is in use by the page's frame. Choose another word.")


class TextBlock(blocks.RichTextBlock):
    """Running text with headings and lists."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = "Text"
        template = "content/blocks/text.html"
        description = (
            "Paragraphs, headings, lists and links. The right block for nearly everything you"
            " write."
        )
        preview_value = (
            "<h2>Taking part</h2><p>Ask your doctor about studies that are open to you, or write"
            ' to the study team. <a href="https://www.example.org/">Find a study</a>.</p>'
            "<ul><li>It is your choice.</li><li>You can stop at any time.</li></ul>"
        )


class HeadingBlock(blocks.StructBlock):
    """A heading that links can point to."""

    text = blocks.CharBlock(
        label="Heading", help_text="A few words that say what the part below is about."
    )
    level = blocks.ChoiceBlock(
        choices=[(str(level), f"Heading {level}") for level in range(2, 7)],
        default="2",
        search_index=False,
        help_text="2 for a part of the page, 3 for a part within it, and so on.",
    )
    anchor = blocks.RegexBlock(
        regex=r"^[^\s#]+$",
        error_messages={"invalid": "Leave out blanks and hash signs."},
        help_text="A link to #this-word on the page leads to the heading.",
        validators=[validate_anchor],
    )

    class Meta:
        expected = ("text",)
        icon = "title"
        label = "Heading with anchor"
        chosen_heading = ("level", "text")
        template = "content/blocks/heading.html"
        description = "A heading that other links can lead to. For other headings use Text."
        preview_value = {"text": "Who can take part", "level": "2", "anchor": "who"}


class AnchorBlock(blocks.StructBlock):
    """A place in the text that links can point to."""

    name = blocks.RegexBlock(
        regex=r"^[^\s#]+$",
        error_messages={"invalid": "Leave out blanks and hash signs."},
        help_text="A link to #this-word on the page leads to what comes next.",
        validators=[validate_anchor],
    )

    class Meta:
        icon = "thumbtack"
        label = "Anchor"
        template = "content/blocks/anchor.html"
        description = "A place that other links can lead to. Visitors see nothing of it."
        preview_value = {"name": "who"}
        preview_template = "content/blocks/anchor_preview.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.RichTextBlock(
        features=TEXT_FEATURES, help_text="What was said; who said it in a paragraph of its own."
    )

    class Meta:
        icon = "openquote"
        label = "Quote"
        template = "content/blocks/quote.html"
        description = "Words of somebody else, set apart by a line at the side."
        preview_value = {"text": "<p>I joined so that others may be treated sooner.</p>"}


class VerbatimBlock(blocks.TextBlock):
    """Text whose blanks and line ends count. Line ends are stored as line feeds."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # The first line's indentation is part of the text.
        self.field_options["strip"] = False

    def value_from_form(self, value: Any) -> Any:
        """Undo what browsers make of line ends when they send a form."""
        return super().value_from_form(value).replace("\r\n", "\n")


class CodeBlock(blocks.StructBlock):
    """Lines that stay exactly as they are. Stored as ``{"text": "…"}``."""

    text = VerbatimBlock(
        rows=8, label="Lines", help_text="Line breaks and blanks are shown as you write them."
    )

    class Meta:
        icon = "code"
        label = "Code"
        template = "content/blocks/code.html"
        description = "Lines in letters of equal width, such as a command or a sample of data."
        preview_value = {"text": "name,site\nA. Tan,North"}
