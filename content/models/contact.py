"""The contact page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from content.blocks import validate_link_address
from content.blocks.alternatives import BOTH_GIVEN
from content.blocks.contact import ContactsBlock, LocationsBlock
from content.fields import StreamField
from content.models.base import BasePage, PictureFields
from content.models.pages import SITE_ROOT


class ContactPage(BasePage):
    """Where to go and whom to ask (format reference, 4.2, ``contact_us``).

    What the fields hold, as plain data:

    * ``agency_name``: text, shown as "Get in touch with …"; without it the title is
      the heading.
    * ``locations``: a list of ``{"type": "location", "value": {"title": text,
      "address": text, one line of the address to a line, "hours": [{"type": "item",
      "value": {"days": text, "time": text, "description": text}}], "map_link": web
      address or ""}}``
    * ``contacts``: a list of ``{"type": "contact", "value": {"title": text, "rows":
      [{"type": "phone" or "email", "value": text}, {"type": "other", "value": rich
      text}]}}``. ``email`` may be a web address.
    * ``feedback_address``: a web address or path, ``""`` for no feedback paragraph.
    * ``image`` and ``image_alt``: a wide picture at the end.

    Every block also has an ``id``. Nothing is required, and empty parts show nothing.
    """

    agency_name = models.CharField(
        max_length=255, blank=True, help_text="Shown in the heading, after “Get in touch with”."
    )
    locations = StreamField(LocationsBlock(), blank=True)
    contacts = StreamField(ContactsBlock(), blank=True)
    feedback_address = models.CharField(
        max_length=2000,
        blank=True,
        validators=[validate_link_address],
        help_text="Where visitors send feedback about this website, such as"
        " https://form.gov.sg/… or /feedback/.",
    )
    image = models.ForeignKey(
        "content.SiteImage",
        verbose_name="picture",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="A wide picture at the end of the page.",
    )
    image_alt = models.CharField(
        "alternative text",
        max_length=1000,
        blank=True,
        help_text="What the picture shows, for people who can't see it. If it says nothing that"
        " the page doesn't say, mark it as decoration instead.",
    )
    image_is_decorative = models.BooleanField(
        "decoration only",
        default=False,
        help_text="Screen readers pass the picture by.",
    )

    described_pictures: ClassVar[tuple[PictureFields, ...]] = (
        PictureFields("image", "image_alt", "image_is_decorative"),
    )
    parent_page_types: ClassVar[list[str]] = [SITE_ROOT, "content.SectionPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "Addresses, opening hours, telephone numbers and e-mail addresses."

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("contacts", help_text="Whom visitors can call or write to."),
        FieldPanel("locations", help_text="Where visitors can go to, with opening hours."),
        MultiFieldPanel(
            [
                FieldPanel("image"),
                FieldPanel("image_alt"),
                FieldPanel("image_is_decorative"),
            ],
            heading="Picture",
            classname="collapsed",
        ),
        MultiFieldPanel(
            [FieldPanel("agency_name"), FieldPanel("feedback_address")],
            heading="Heading and feedback",
            classname="collapsed",
        ),
    ]
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("agency_name"),
        index.SearchField("locations"),
        index.SearchField("contacts"),
    ]

    class Meta:
        verbose_name = "contact page"
        verbose_name_plural = "contact pages"

    def clean(self) -> None:
        """Check that decoration has no words.

        Raises:
            ValidationError: at the words.
        """
        super().clean()
        if self.image_is_decorative and self.image_alt.strip():
            raise ValidationError({"image_alt": BOTH_GIVEN})

    @property
    def heading(self) -> str:
        """The page's heading, in the words of the old theme where an agency is named."""
        name = self.agency_name.strip()
        return f"Get in touch with {name}" if name else self.shown_title
