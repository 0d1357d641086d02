"""Sections that list things: announcements, latest items, slides, logos (reference, 3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from wagtail import blocks
from wagtail.models import Page, Site

from content.addresses.index import page_url
from content.blocks.alternatives import DescribedPicture, alternative_text, decoration
from content.blocks.counts import EntriesBlock
from content.markup.links import leads_somewhere
from home.blocks.loading import LinkBlock, PictureChooserBlock
from home.blocks.shared import (
    ButtonBlock,
    DescriptionBlock,
    SectionBlock,
    entry_title,
    further_content,
    section_subtitle,
    section_title,
    shows_something,
)
from resources import listing

MAXIMUM_ANNOUNCEMENTS = 5
LATEST_ITEMS = 3


class AnnouncementBlock(blocks.StructBlock):
    """One announcement."""

    title = entry_title()
    date = blocks.CharBlock(required=False, help_text="In any words, such as 4 September 2022.")
    announcement = DescriptionBlock(label="Text")
    more = further_content()
    button = ButtonBlock(
        required=False,
        label="Link below the text",
        help_text="Shown when it has both a text and a link.",
    )

    class Meta:
        icon = "warning"
        label = "Announcement"
        label_format = "{title}"
        description = "A title and a date on the left, the text on the right."
        preview_value = {"title": "New course", "date": "May", "announcement": "<p>Apply.</p>"}


class AnnouncementsBlock(SectionBlock):
    """What is new, one below the other."""

    title = section_title()
    subtitle = section_subtitle()
    announcement_items = EntriesBlock(
        AnnouncementBlock(),
        max_num=MAXIMUM_ANNOUNCEMENTS,
        default=[],
        required=False,
        label="Announcements",
        help_text=f"Up to {MAXIMUM_ANNOUNCEMENTS}, the newest first.",
    )

    class Meta:
        icon = "warning"
        label = "Announcements"
        template = "home/blocks/announcements.html"
        description = "Up to five announcements, one below the other (announcements)."
        preview_value = {
            "title": "Announcements",
            "subtitle": "",
            "announcement_items": [
                {
                    "title": "A new course",
                    "date": "4 May",
                    "announcement": "<p>Places are open to all study teams.</p>",
                    "button": {"text": "Apply", "link": {"page": None, "address": "/"}},
                }
            ],
        }


def _home_of(page: Any, request: Any) -> Page | None:
    """Return the home page whose resource room is meant: the root of the visitor's site."""
    site = None if request is None else Site.find_for_request(request)
    return page if site is None else site.root_page


def latest_items(page: Any, request: Any) -> Sequence[Any]:
    """Return the newest items of the site's resource room, ``[]`` where there is none.

    Read once for each request, since both the page and its section ask.
    """
    if page is None and request is None:
        return []
    if request is None:
        return list(listing.latest_items(page, LATEST_ITEMS, None))
    if not hasattr(request, "_latest_items"):
        home = _home_of(page, request)
        request._latest_items = list(listing.latest_items(home, LATEST_ITEMS, request))
    known: Sequence[Any] = request._latest_items
    return known


def resource_room_url(page: Any, request: Any) -> str:
    """Return the URL of the site's resource room, ``""`` where there is none."""
    home = _home_of(page, request)
    if home is None:
        return ""
    # By name: page models can't be read while the blocks that they are made of are.
    room_model: type[Page] = apps.get_model("resources.ResourceRoomPage")
    room = room_model.objects.child_of(home).live().first()
    return page_url(room, request) if room else ""


class ResourcesBlock(SectionBlock):
    """The newest items of the resource room; an editor writes only what stands around them."""

    title = section_title()
    subtitle = section_subtitle()
    button = ButtonBlock(
        required=False,
        help_text="Leads to the resource room when it has no link. “More” when it has no text.",
    )

    class Meta:
        icon = "history"
        label = "Latest items"
        template = "home/blocks/resources.html"
        description = "The three newest items of the resource room, by themselves (resources)."
        preview_value = {
            "title": "News",
            "subtitle": "",
            "button": {"text": "All news", "link": {"page": None, "address": "/"}},
        }

    def shows(self, value: Any, page: Any = None, request: Any = None) -> bool:
        """See :meth:`SectionBlock.shows`; items alone are something to see."""
        return shows_something(self, value) or bool(latest_items(page, request))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add ``items``, and ``room_url`` for a button that has no link of its own."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        page, request = context.get("page"), context.get("request")
        context["items"] = latest_items(page, request)
        own_link = leads_somewhere(value["button"]["link"])
        context["room_url"] = "" if own_link else resource_room_url(page, request)
        return context


class SlideBlock(DescribedPicture):
    """A picture with words below."""

    title = entry_title(2)
    subtitle = section_subtitle()
    description = DescriptionBlock()
    more = further_content()
    image = PictureChooserBlock(
        required=False, label="Picture", help_text="Above the words, cropped to three by two."
    )
    alt = alternative_text()
    decorative = decoration()

    class Meta:
        icon = "image"
        label = "Slide"
        label_format = "{title}"
        description = "A picture with a few words below."
        preview_value = {"title": "The first patient", "description": "<p>In 2008.</p>"}


class CarouselBlock(SectionBlock):
    """Pictures in a row that visitors move along at their own pace."""

    slides = EntriesBlock(
        SlideBlock(),
        default=[],
        required=False,
        label="Pictures",
        help_text="In the order in which visitors meet them.",
    )

    class Meta:
        icon = "arrow-right"
        label = "Row of pictures"
        template = "home/blocks/carousel.html"
        description = "Pictures side by side that visitors move along themselves (carousel)."
        preview_value = {
            "slides": [
                {"title": title, "description": f"<p>{text}</p>"}
                for title, text in (("Plan", "Ask."), ("Run", "Measure."), ("Report", "Tell."))
            ]
        }


class LogoBlock(blocks.StructBlock):
    """A logo that leads to its owner."""

    picture = PictureChooserBlock(required=False, help_text="The logo, shown in its own colours.")
    name = blocks.CharBlock(required=False, help_text="Whose logo it is; read out, not shown.")
    link = LinkBlock(
        required=False, help_text="The owner's website. Fill in one of the five, or none."
    )

    class Meta:
        expected = ("picture",)
        icon = "image"
        label = "Logo"
        label_format = "{name}"
        picture_words = "name"
        description = "A picture that leads somewhere."
        preview_value = {"name": "A partner", "link": {"page": None, "address": "/"}}


class ListingBlock(SectionBlock):
    """Logos in rows."""

    title = section_title()
    entries = EntriesBlock(
        LogoBlock(), default=[], required=False, label="Logos", help_text="Shown in rows."
    )

    class Meta:
        icon = "site"
        label = "Logos"
        template = "home/blocks/listing.html"
        description = "Logos of partners in rows, each with a link (listing)."
        preview_value = {"title": "Our partners", "entries": []}
