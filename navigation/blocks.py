"""Blocks of menus and footers.

What they store is plain data, so that an import can write it; ``LINK`` stands for
``{"page": id or None, "document": id or None, "address": ""}`` with at most one of
the three (:class:`content.blocks.LinkBlock`). The forms of entries are those of an
Isomer menu (format reference, 5.1).
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks

from content.blocks import LinkBlock
from content.blocks.counts import CountedStream

OTHER_LINKS = 8
# Of the words of a link: far more than a menu should have, since imported ones are what they are.
LONGEST = 1000
REQUIRED = "Asked for on government sites"


class EntryBlock(blocks.StructBlock):
    """What all entries are in the form: one line each while folded (``navigation.adapters``)."""

    class Meta:
        form_classname = "struct-block menu-entry"


class MenuLinkBlock(EntryBlock):
    """A line that leads somewhere: ``{"title": "", "link": LINK}``.

    Without a title, that of the page or document is shown.
    """

    title = blocks.CharBlock(
        required=False,
        max_length=LONGEST,
        help_text="The words of the link. Leave it empty to use the title of the page.",
    )
    link = LinkBlock(needed=True, help_text="Where it leads. Fill in one of the five.")

    class Meta:
        icon = "link"
        label = "Link"
        description = "One link: to a page, to a document or to another site."
        preview_template = "navigation/blocks/entry_preview.html"
        preview_value = {
            "title": "Contact us",
            "link": {"page": None, "document": None, "address": "/contact-us/"},
        }

    def clean(self, value: Any) -> Any:
        """Check that the line has words.

        Raises:
            StructBlockValidationError: naming the part to fill in.
        """
        cleaned = super().clean(value)
        link = cleaned["link"]
        needs_words = not (link["page"] or link["document"])
        if needs_words and not cleaned["title"].strip() and not self.is_deferred_validation:
            problem = ValidationError(
                "Write the words of the link: only pages and documents have a title of their own."
            )
            raise blocks.StructBlockValidationError(block_errors={"title": problem})
        return cleaned


class MenuLinksBlock(EntryBlock):
    """A heading with a list of links.

    ``{"title": "", "link": LINK, "entries": [{"type": "item", "id": uuid, "value":
    {"title": "", "link": LINK}}]}``. The heading's own link may stay empty.
    """

    title = blocks.CharBlock(
        max_length=LONGEST, help_text="The words above the links, such as “For patients”."
    )
    link = LinkBlock(
        required=False,
        help_text="Where the heading itself leads. It may stay empty.",
    )
    entries = blocks.ListBlock(
        MenuLinkBlock(),
        label="Links",
        min_num=0,
        collapsed=True,
        help_text="Shown below the heading, in order.",
    )

    class Meta:
        icon = "list-ul"
        label = "List of links"
        description = "A heading with a list of links of your choice below it."
        preview_template = "navigation/blocks/entry_preview.html"
        preview_value = {
            "title": "For patients",
            "link": {"page": None, "document": None, "address": ""},
            "entries": [
                {
                    "title": "Taking part",
                    "link": {"page": None, "document": None, "address": "/taking-part/"},
                }
            ],
        }


class MenuSectionBlock(EntryBlock):
    """A section of the page tree: ``{"title": "", "page": id}``.

    The heading leads to the section's first page. Below it stand the section's pages
    and groups by themselves; a group leads to its first page.
    """

    title = blocks.CharBlock(
        required=False,
        max_length=LONGEST,
        help_text="Leave it empty to use the section's own title.",
    )
    page = blocks.PageChooserBlock(
        page_type="content.SectionPage",
        label="Section",
        help_text="Its pages and groups appear below the heading by themselves.",
    )

    class Meta:
        icon = "folder-open-inverse"
        label = "Section"
        description = "A section with all its pages. It follows the page tree by itself."
        preview_template = "navigation/blocks/entry_preview.html"
        preview_value = {"title": "About us", "page": None}


class MenuResourceRoomBlock(EntryBlock):
    """A page whose child pages are categories: ``{"title": "", "page": id}``.

    Below the heading stand "All", once there is more than one category, and each
    category that holds something, by alphabet.
    """

    title = blocks.CharBlock(
        required=False, max_length=LONGEST, help_text="Leave it empty to use the page's own title."
    )
    page = blocks.PageChooserBlock(
        label="Resource room",
        help_text="Its categories appear below the heading by themselves, empty ones left out.",
    )

    class Meta:
        icon = "doc-full-inverse"
        label = "Resource room"
        description = "News or other resources, with their categories below the heading."
        preview_template = "navigation/blocks/entry_preview.html"
        preview_value = {"title": "News", "page": None}


class MenuBlock(blocks.StreamBlock):
    """The entries of a menu, or the columns of a footer, in their order.

    Each entry is ``{"type": name, "value": …, "id": uuid}``; the values are described at
    the blocks.
    """

    section = MenuSectionBlock(group="Follows your pages by itself")
    resource_room = MenuResourceRoomBlock(group="Follows your pages by itself")
    link = MenuLinkBlock(group="Links that you choose")
    links = MenuLinksBlock(group="Links that you choose")

    class Meta:
        collapsed = True


class FooterLinkBlock(LinkBlock):
    """A link whose words are fixed: ``LINK``."""

    class Meta:
        preview_template = "content/blocks/link_preview.html"
        preview_value = {"page": None, "document": None, "address": "/about-this-site/"}
        needed = True


class FooterLinksBlock(CountedStream):
    """The row of links that a government site must have, each at most once.

    ``{"type": "contact_us", "value": LINK, "id": uuid}``; ``other`` has the form of a
    menu link. The order on the page is fixed (migration anchors, section C, TL-4).
    """

    contact_us = FooterLinkBlock(
        label="Contact Us", icon="mail", description="How to reach you.", group=REQUIRED
    )
    feedback = FooterLinkBlock(
        label="Feedback",
        icon="comment",
        description="Where visitors say what they think.",
        group=REQUIRED,
    )
    faq = FooterLinkBlock(
        label="FAQ", icon="help", description="Questions that many people ask.", group=REQUIRED
    )
    sitemap = FooterLinkBlock(
        label="Sitemap",
        icon="list-ul",
        description="A page of yours that lists the whole site, in place of the built-in list.",
        group=REQUIRED,
    )
    privacy = FooterLinkBlock(
        label="Privacy Statement",
        icon="lock",
        description="What you do with visitors' data.",
        group=REQUIRED,
    )
    terms = FooterLinkBlock(
        label="Terms of Use",
        icon="doc-full",
        description="The rules for using the site.",
        group=REQUIRED,
    )
    other = MenuLinkBlock(label="Another link", group="Links of your own")

    class Meta:
        collapsed = True
        block_counts = {
            **{
                name: {"max_num": 1}
                for name in ("contact_us", "feedback", "faq", "sitemap", "privacy", "terms")
            },
            "other": {"max_num": OTHER_LINKS},
        }
