"""Site identity and the notification: settings of each site.

Menu and footer as snippets (with draft, revision and preview, chosen per site)
belong here too; until they are there the menu is made of the sections.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField

from navigation.colours import DEFAULT_PRIMARY, DEFAULT_SECONDARY, palette

validate_colour = RegexValidator(
    r"^#[0-9a-fA-F]{6}$", "Write a colour as # and six digits or letters a to f, such as #1f3a6e."
)


@register_setting(icon="site", order=100)
class SiteIdentity(BaseSiteSetting):
    """What makes the frame of the public site this organisation's own."""

    select_related: ClassVar[list[str]] = ["logo"]

    name = models.CharField(
        max_length=255,
        blank=True,
        help_text="The organisation's name, shown in the header and in every page title.",
    )
    logo = models.ForeignKey(
        "content.SiteImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Shown in the header. Without a logo the name is shown.",
    )
    is_government = models.BooleanField(
        "Singapore Government agency",
        default=False,
        help_text="Shows the official government banner at the top of every page.",
    )
    primary_colour = models.CharField(
        max_length=7,
        default=DEFAULT_PRIMARY,
        validators=[validate_colour],
        help_text="For large surfaces. Text on it turns white or black, whichever can be read.",
    )
    secondary_colour = models.CharField(
        max_length=7,
        default=DEFAULT_SECONDARY,
        validators=[validate_colour],
        help_text="For links and buttons. It is darkened where that is needed to be readable.",
    )

    panels: ClassVar[list[Any]] = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("logo")], heading="Name and logo"),
        MultiFieldPanel(
            [FieldPanel("primary_colour"), FieldPanel("secondary_colour")], heading="Colours"
        ),
        FieldPanel("is_government"),
    ]

    class Meta:
        verbose_name = "site identity"

    @property
    def stylesheet_hash(self) -> str:
        """The part of the colour style sheet's address that changes with the colours."""
        return palette(self.primary_colour, self.secondary_colour).digest


@register_setting(icon="warning", order=110)
class Notification(BaseSiteSetting):
    """A short announcement above the header."""

    text = RichTextField(
        blank=True,
        features=["bold", "italic", "link"],
        help_text="One or two sentences. Leave it empty to show nothing.",
    )
    on_all_pages = models.BooleanField(
        "show on all pages", default=False, help_text="Otherwise it is shown on the home page only."
    )

    panels: ClassVar[list[Any]] = [FieldPanel("text"), FieldPanel("on_all_pages")]

    class Meta:
        verbose_name = "notification"
