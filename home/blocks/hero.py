"""The opening of a home page (format reference, section 3.2, hero)."""

from __future__ import annotations

from typing import Any

from wagtail import blocks

from content.blocks.counts import EntriesBlock
from home.blocks.loading import LinkBlock, PictureChooserBlock
from home.blocks.shared import ButtonBlock, SectionBlock

MAXIMUM_HIGHLIGHTS = 4


class HighlightBlock(blocks.StructBlock):
    """One of up to four short pointers below the hero."""

    title = blocks.CharBlock(required=False, help_text="Two or three words, such as “Patients”.")
    description = blocks.TextBlock(
        required=False, rows=2, help_text="Half a sentence below the title. May stay empty."
    )
    link = LinkBlock(required=False, help_text="Where it leads. Fill in one of the five, or none.")

    class Meta:
        expected = ("title",)
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

    title = blocks.CharBlock(
        required=False,
        label="Text of the link",
        help_text="What visitors read in the list, such as “Join a study”.",
    )
    link = LinkBlock(
        required=False, help_text="Where it leads. Without a link, it is not in the list."
    )

    class Meta:
        expected = ("title", "link")
        icon = "link"
        label = "Link in the list"
        link_words = "title"
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
    options = EntriesBlock(
        ChoiceOfLinkBlock(),
        default=[],
        required=False,
        label="Links",
        collapsed=True,
        help_text="What the list offers, in this order.",
    )

    class Meta:
        expected = ("title", "options")
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

    title = blocks.CharBlock(
        required=False,
        heading_level=1,
        help_text="The largest words of the page: what the site is for, in one line.",
    )
    subtitle = blocks.TextBlock(
        required=False, rows=2, help_text="One sentence below the title. May stay empty."
    )
    background = PictureChooserBlock(
        required=False,
        label="Background picture",
        help_text="At least 1920 pixels wide. It is decoration: the words must say it all.",
    )
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
        help_text="Matters only where there is a picture. “Picture alone” shows neither words nor"
        " button (variant).",
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
    button = ButtonBlock(required=False, help_text="Shown when it has both a text and a link.")
    dropdown = DropdownBlock(
        required=False,
        label="List of links in place of the button",
        help_text="When it has links, it is shown and the button is not (dropdown).",
        collapsed=True,
    )
    key_highlights = EntriesBlock(
        HighlightBlock(),
        max_num=MAXIMUM_HIGHLIGHTS,
        default=[],
        label="Key highlights",
        help_text=f"Up to {MAXIMUM_HIGHLIGHTS} short pointers in a bar below.",
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
        label = "Opening of the page"
        # In the order of the fields, in which values are stored.
        form_layout = blocks.BlockGroup(
            [
                "title",
                "subtitle",
                "background",
                blocks.BlockGroup(
                    ["variant", "box_colour", "size", "alignment"],
                    heading="Layout of words and picture",
                    icon="view",
                    classname="collapsed",
                    label_format="",
                ),
                "button",
                "dropdown",
                "key_highlights",
            ]
        )
        template = "home/blocks/hero.html"
        description = (
            "The first thing visitors see: large words, perhaps on a picture, with up to four"
            " short pointers below (hero)."
        )
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
