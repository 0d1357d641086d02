"""What the sections of a home page have in common."""

from __future__ import annotations

from typing import Any

from django.utils.html import linebreaks
from wagtail import blocks
from wagtail.rich_text import RichText

from content.blocks import TEXT_FEATURES, BodyBlock
from content.markup.links import leads_somewhere
from home.blocks.loading import LinkBlock

# Parts that say something about other parts, and are nothing to look at by themselves.
SILENT_PARTS = frozenset({"alt", "decorative"})


def section_title() -> blocks.CharBlock:
    """Return the title of a section, a heading 2 of the page."""
    return blocks.CharBlock(
        required=False, heading_level=2, help_text="Large, above the section. May stay empty."
    )


def section_subtitle() -> blocks.CharBlock:
    """Return the few words above the title of a section."""
    return blocks.CharBlock(required=False, help_text="Small, above the title. May stay empty.")


def entry_title(level: int = 3) -> blocks.CharBlock:
    """Return the title of an entry within a section, such as a card, a heading of its own."""
    return blocks.CharBlock(
        required=False, heading_level=level, help_text="A few words, set as a heading."
    )


class ButtonBlock(blocks.StructBlock):
    """A button. Visitors see it only when it has both a text and a link."""

    text = blocks.CharBlock(
        required=False,
        label="Text on the button",
        help_text="Two to four words that say what happens. Without them there is no button.",
    )
    link = LinkBlock(required=False, help_text="Where it leads. Fill in one of the five, or none.")

    class Meta:
        icon = "link"
        label = "Button"
        link_words = "text"
        description = "A link that stands out. Shown when it has both a text and a link."
        preview_value = {"text": "Find a study", "link": {"page": None, "address": "/"}}
        template = "home/blocks/button.html"


class DescriptionBlock(blocks.RichTextBlock):
    """The words of a section. Plain text of earlier versions is read as paragraphs."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("features", TEXT_FEATURES)
        kwargs.setdefault("help_text", "A few sentences. May stay empty.")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """Return rich text. Descriptions used to be plain text, which never begins with a tag."""
        if isinstance(value, str) and value.strip() and not value.lstrip().startswith("<"):
            # The editor closes its line breaks.
            value = linebreaks(value, autoescape=True).replace("<br>", "<br/>").replace("\n", "")
        return RichText(value)


def further_content() -> BodyBlock:
    """Return the stream for what a description can't hold: pictures, frames, tables."""
    return BodyBlock(
        required=False,
        collapsed=True,
        label="Further content",
        help_text="Pictures, tables and the like, shown below the words. Mostly empty.",
    )


def shows_something(block: blocks.Block, value: Any) -> bool:
    """Tell whether a value of a block has anything that a visitor would see.

    A button needs a text and a link; a choice of layout, a link without words and
    alternative text are nothing by themselves.
    """
    if value is None or isinstance(block, LinkBlock | blocks.ChoiceBlock):
        return False
    if isinstance(block, ButtonBlock):
        return bool(value.get("text")) and leads_somewhere(value.get("link"))
    if isinstance(block, blocks.BaseStreamBlock):
        return len(value) > 0
    if isinstance(block, blocks.ListBlock):
        return any(shows_something(block.child_block, item) for item in value)
    if isinstance(block, blocks.BaseStructBlock):
        return any(
            shows_something(child, value.get(name))
            for name, child in block.child_blocks.items()
            if name not in SILENT_PARTS
        )
    if isinstance(block, blocks.RichTextBlock):
        return bool(value.source.strip())
    return bool(value)


class SectionBlock(blocks.StructBlock):
    """A section of a home page."""

    def shows(self, value: Any, page: Any = None, request: Any = None) -> bool:
        """Tell whether a visitor would see anything of a section; an empty one takes no space.

        ``page`` is the home page and ``request`` the visitor's, for sections that
        gather what they show.
        """
        return shows_something(self, value)

    class Meta:
        abstract = True
