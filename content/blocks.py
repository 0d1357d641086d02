"""Body blocks: what an editor builds a page from.

Every block says in plain words what it is for, and shows a sample in the block
chooser's preview. Blocks that only one room uses live in that room.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from content.links import is_link_address, is_safe_address, own_id
from content.sanitise import sanitise

# What rich text may hold. A feature that is missing here is dropped by the editor
# on saving, so the importer writes nothing else (README, "Decisions").
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


def validate_link_address(value: str) -> None:
    """Check the written part of a link.

    Raises:
        ValidationError: unless it is a web, mail or telephone address, a path of
            this site, or a place on the page.
    """
    if not (is_link_address(value) and is_safe_address(value)):
        raise ValidationError(
            "Write a full address such as https://example.org/, a path of this site such as"
            " /about-us/, or begin with mailto: or tel:."
        )


def validate_anchor(value: str) -> None:
    """Check the name of a place on a page.

    Raises:
        ValidationError: if the frame of every page uses the name itself.
    """
    if own_id(value) != value:
        raise ValidationError(f"“{value}” is in use by the page's frame. Choose another word.")


class LinkBlock(blocks.StructBlock):
    """A link that may be absent: to a page of this site, to a document, or to a written address.

    Stored as ``{"page": id or None, "document": id or None, "address": ""}``, with at
    most one of the three. A value without ``document`` is one without a document.
    """

    page = blocks.PageChooserBlock(
        required=False, help_text="A page of this site. The link follows the page when it moves."
    )
    document = DocumentChooserBlock(
        required=False, help_text="A file of this site that visitors can download."
    )
    address = blocks.CharBlock(
        required=False,
        validators=[validate_link_address],
        help_text="For anything else: another site, an e-mail address with mailto: before it.",
    )

    class Meta:
        icon = "link"
        label = "Link"
        description = "Leads to a page, a document or another address. May stay empty."
        preview_value = {"page": None, "document": None, "address": "https://www.example.org/"}
        preview_template = "content/blocks/link_preview.html"

    def clean(self, value: Any) -> Any:
        """Check each part, and that no more than one of them is filled in.

        Raises:
            StructBlockValidationError: naming the part to remove.
        """
        cleaned = super().clean(value)
        given = [name for name in ("page", "document", "address") if cleaned.get(name)]
        if len(given) > 1:
            raise blocks.StructBlockValidationError(
                block_errors={
                    given[-1]: ValidationError(
                        "Choose a page, choose a document, or write an address: only one of the"
                        " three. Remove the others."
                    )
                }
            )
        return cleaned


class TextBlock(blocks.RichTextBlock):
    """Running text with headings and lists."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = "Text"
        template = "content/blocks/text.html"
        description = "Paragraphs, headings and lists."
        preview_value = (
            "<h2>Taking part</h2><p>Ask your doctor about studies that are open to you, or write"
            ' to the study team. <a href="https://www.example.org/">Find a study</a>.</p>'
            "<ul><li>It is your choice.</li><li>You can stop at any time.</li></ul>"
        )


class HeadingBlock(blocks.StructBlock):
    """A heading that links can point to."""

    text = blocks.CharBlock()
    level = blocks.ChoiceBlock(
        choices=[(str(level), f"Heading {level}") for level in range(2, 7)], default="2"
    )
    anchor = blocks.RegexBlock(
        regex=r"^[^\s#]+$",
        error_messages={"invalid": "Leave out blanks and hash signs."},
        help_text="A link to #this-word on the page leads to the heading.",
        validators=[validate_anchor],
    )

    class Meta:
        icon = "title"
        label = "Heading with anchor"
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


class NumberedListBlock(blocks.StructBlock):
    """A numbered list that begins with a number other than 1."""

    start = blocks.IntegerBlock(default=1, label="First number")
    items = blocks.ListBlock(
        blocks.RichTextBlock(features=[*INLINE_FEATURES, *LIST_FEATURES]), label="Entries"
    )

    class Meta:
        icon = "list-ol"
        label = "Numbered list"
        template = "content/blocks/numbered_list.html"
        description = "A numbered list that goes on from an earlier one. Otherwise use Text."
        preview_value = {"start": 3, "items": ["<p>Send the form.</p>", "<p>Wait for a call.</p>"]}


class PictureBlock(blocks.StructBlock):
    """A picture with its own alternative text, and perhaps a caption and a link."""

    image = ImageChooserBlock(required=False, label="Picture")
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
            "link": {"page": None, "document": None, "address": ""},
        }


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.RichTextBlock(features=[*INLINE_FEATURES, *LIST_FEATURES])

    class Meta:
        icon = "openquote"
        label = "Quote"
        template = "content/blocks/quote.html"
        description = "Words of somebody else, set apart by a line at the side."
        preview_value = {"text": "<p>I joined so that others may be treated sooner.</p>"}


class DividerBlock(blocks.StaticBlock):
    """A rule between two parts of a page."""

    class Meta:
        icon = "minus"
        label = "Divider"
        template = "content/blocks/divider.html"
        preview_value = None
        description = "A thin line between two parts of a page."
        admin_text = "A thin line. There is nothing to fill in."


class ImportedHTMLBlock(blocks.StructBlock):
    """Markup of the old site that no rule turns into blocks yet, made safe."""

    html = blocks.RawHTMLBlock(label="HTML")
    pattern = blocks.CharBlock(
        required=False,
        label="Why it is here",
        help_text="What the importer found. Rebuild it with ordinary blocks when you can.",
    )

    class Meta:
        icon = "code"
        label = "Imported HTML"
        template = "content/blocks/imported_html.html"
        description = "Made by the import only. Use the other blocks for anything new."
        preview_value = {"html": "<p>Markup of the old site.</p>", "pattern": "a table"}

    def clean(self, value: Any) -> Any:
        """Make safe what somebody wrote here, by the rules of the import."""
        cleaned = super().clean(value)
        cleaned["html"] = sanitise(str(cleaned["html"])).html
        return cleaned


class BodyBlock(blocks.StreamBlock):
    """The body of an ordinary page. Page types with blocks of their own extend it."""

    text = TextBlock(group="Text")
    heading = HeadingBlock(group="Text")
    anchor = AnchorBlock(group="Text")
    numbered_list = NumberedListBlock(group="Text")
    quote = QuoteBlock(group="Text")
    picture = PictureBlock(group="Media and layout")
    divider = DividerBlock(group="Media and layout")
    imported_html = ImportedHTMLBlock(group="From the old site")
