"""The opening of a home page (format reference, section 3.2, hero)."""

from __future__ import annotations

from typing import Any

from wagtail import blocks

from home.blocks.loading import LinkBlock, PictureChooserBlock
from home.blocks.shared import ButtonBlock, SectionBlock

MAXIMUM_HIGHLIGHTS = 4


class HighlightBlock(blocks.StructBlock):
    """One of up to four short pointers below the hero."""

    title = blocks.CharBlock(required=False)
    description = blocks.TextBlock(required=False, rows=2)
    link = LinkBlock(required=False)

    class Meta:
        icon = "pick"
        label = "Key highlight"
        label_format = "{title}"
        description = "A short pointer. Without a link it is plain text."
        preview_value = {
            "title": "Public sector partners",
            "description": "Hospitals and institutes",
            "link": {"page": None, "address": "/"},
        }
        preview_template = "home/blocks/highlight_preview.html"


class ChoiceOfLinkBlock(blocks.StructBlock):
    """One of the links in a list that opens."""

    title = blocks.CharBlock(required=False, label="Text of the link")
    link = LinkBlock(required=False)

    class Meta:
        icon = "link"
        label = "Link in the list"
        label_format = "{title}"
        description = "Shown when it has both a text and a link."
        preview_value = {"title": "Join a study", "link": {"page": None, "address": "/"}}


class DropdownBlock(blocks.StructBlock):
    """A button that opens a list of links."""

    title = blocks.CharBlock(
        required=False,
        label="Text on the button",
        help_text="“I want to…” when left empty.",
    )
    options = blocks.ListBlock(
        ChoiceOfLinkBlock(), default=[], required=False, label="Links", collapsed=True
    )

    class Meta:
        icon = "list-ul"
        label = "List of links"
        description = "A button that opens a list of links."
        preview_value = {
            "title": "I want to…",
            "options": [{"title": "Join a study", "link": {"page": None, "address": "/"}}],
        }
        template = "home/blocks/dropdown.html"


class HeroBlock(SectionBlock):
    """The first thing a visitor sees."""

    title = blocks.CharBlock(required=False)
    subtitle = blocks.TextBlock(required=False, rows=2)
    background = PictureChooserBlock(required=False, label="Background picture")
    variant = blocks.ChoiceBlock(
        choices=[
            ("center", "Words over the picture"),
            ("side", "Words in a box that fills one side"),
            ("floating", "Words in a box on the picture"),
            ("image", "Picture alone"),
        ],
        default="center",
        search_index=False,
        label="Layout",
        help_text="Matters only where there is a picture (variant). “Picture alone” shows neither"
        " words nor button.",
    )
    box_colour = blocks.ChoiceBlock(
        choices=[("white", "White"), ("black", "Black"), ("gray", "Dark grey")],
        default="white",
        search_index=False,
        label="Colour of the box",
        help_text="For the two layouts with a box (backgroundColor).",
    )
    size = blocks.ChoiceBlock(
        choices=[("sm", "A third of the width"), ("md", "Half of the width")],
        default="md",
        search_index=False,
        label="Width of the box",
        help_text="For the two layouts with a box (size).",
    )
    alignment = blocks.ChoiceBlock(
        choices=[("left", "Left"), ("right", "Right")],
        default="left",
        search_index=False,
        label="Side of the box",
        help_text="For the two layouts with a box (alignment).",
    )
    button = ButtonBlock(required=False)
    dropdown = DropdownBlock(
        required=False,
        label="List of links in place of the button",
        help_text="When it has links, it is shown and the button is not (dropdown).",
        collapsed=True,
    )
    key_highlights = blocks.ListBlock(
        HighlightBlock(),
        max_num=MAXIMUM_HIGHLIGHTS,
        default=[],
        label="Key highlights",
        required=False,
        collapsed=True,
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add ``layout``: the chosen one where there is a picture, else ``plain``."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["layout"] = value["variant"] if value["background"] else "plain"
        return context

    class Meta:
        icon = "image"
        label = "Hero"
        template = "home/blocks/hero.html"
        description = "The large opening of the home page, with up to four key highlights below."
        preview_value = {
            "title": "Better trials, sooner",
            "subtitle": "We help research teams across Singapore.",
            "background": None,
            "button": {"text": "Find a study", "link": {"page": None, "address": "/"}},
            "key_highlights": [
                {"title": title, "description": "", "link": {"page": None, "address": "/"}}
                for title in ("For patients", "For investigators", "For sponsors")
            ],
        }
