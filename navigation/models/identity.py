"""Site identity: a setting of each site."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from content.languages import site_languages
from content.rendering.pictures import rendition
from navigation.colours import DEFAULT_PRIMARY, DEFAULT_SECONDARY, Palette, palette
from navigation.models.previews import SeenBeforeSaved
from navigation.panels import COLOUR_ADVICE, ContrastPanel

validate_colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", COLOUR_ADVICE)


@register_setting(icon="site", order=100)
class SiteIdentity(SeenBeforeSaved, BaseSiteSetting):
    """What makes the frame of the public site this organisation's own."""

    select_related: ClassVar[list[str]] = ["logo", "favicon", "favicon_file", "share_image"]

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
    favicon = models.ForeignKey(
        "content.SiteImage",
        verbose_name="icon in browser tabs",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="A small square picture. Without one a neutral icon is used.",
    )
    favicon_file = models.ForeignKey(
        "content.SiteDocument",
        verbose_name="icon as a file",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Only for an icon that is no ordinary picture, such as favicon.ico. The picture"
        " above comes first.",
    )
    share_image = models.ForeignKey(
        "content.SiteImage",
        verbose_name="picture for sharing",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Shown when somebody shares a page that has no picture of its own. Without it"
        " the logo is used.",
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

    language = models.CharField(
        "language of the website",
        max_length=12,
        default="en",
        choices=site_languages,
        help_text="The language of menu, footer and of all pages that name no other.",
    )

    # Ids of the old site's statistics (format reference, 2). They are kept so that
    # nothing is lost, and behind a switch because the public site asks no other host for anything
    # unless somebody decides otherwise. navigation/statistics.py says what each service loads.
    analytics_enabled = models.BooleanField(
        "statistics switched on",
        default=False,
        help_text="Every page then loads the services below that have an id, and their hosts learn"
        " who visits it. Visitors whose browser asks not to be tracked are left out. Name the"
        " services on your privacy page first.",
    )
    google_analytics = models.CharField(
        "Google Analytics (Universal)",
        max_length=255,
        blank=True,
        help_text="Such as UA-12345-1. Google switched this service off in 2023; the id is kept,"
        " nothing is loaded for it.",
    )
    google_analytics_4 = models.CharField(
        "Google Analytics 4",
        max_length=255,
        blank=True,
        help_text="Such as G-ABC123. An id of another form is kept but not used.",
    )
    google_tag_manager = models.CharField(
        "Google Tag Manager",
        max_length=255,
        blank=True,
        help_text="Such as GTM-ABC123. Tags that load other hosts or hold code of their own are"
        " stopped by the security policy of the site.",
    )
    facebook_pixel = models.CharField(
        "Facebook pixel", max_length=255, blank=True, help_text="Digits only."
    )
    linkedin_insights = models.CharField(
        "LinkedIn Insight Tag", max_length=255, blank=True, help_text="Digits only."
    )
    wogaa_enabled = models.BooleanField(
        "WOGAA switched on",
        default=False,
        help_text="The Singapore Government's own statistics; only for a Singapore Government"
        " agency whose host name is registered there.",
    )

    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("logo"), FieldPanel("share_image")],
            heading="Name and logo",
        ),
        MultiFieldPanel(
            [FieldPanel("primary_colour"), FieldPanel("secondary_colour"), ContrastPanel()],
            heading="Colours",
        ),
        MultiFieldPanel(
            [FieldPanel("is_government"), FieldPanel("language")],
            heading="Government and language",
        ),
        MultiFieldPanel(
            [FieldPanel("favicon"), FieldPanel("favicon_file")],
            heading="Icon in browser tabs",
            classname="collapsed",
        ),
        MultiFieldPanel(
            [
                FieldPanel("analytics_enabled"),
                FieldPanel("google_analytics"),
                FieldPanel("google_analytics_4"),
                FieldPanel("google_tag_manager"),
                FieldPanel("facebook_pixel"),
                FieldPanel("linkedin_insights"),
                FieldPanel("wogaa_enabled"),
            ],
            heading="Statistics",
            classname="collapsed",
        ),
    ]

    class Meta:
        verbose_name = "site identity"

    @property
    def touch_icon_url(self) -> str:
        """The URL of the icon for the first screen of telephones, ``""`` without a picture for it.

        They show no drawings.
        """
        if self.favicon is None or self.favicon.is_svg():
            return ""
        icon = rendition(self.favicon, "fill-180x180|format-png")
        return "" if icon is None else str(icon.url)

    @property
    def stylesheet_hash(self) -> str:
        """The part of the colour style sheet's address that changes with the colours."""
        return self.palette.digest

    @property
    def palette(self) -> Palette:
        """The colours of the site; in a preview one of the two may be missing."""
        return palette(
            self.primary_colour or DEFAULT_PRIMARY, self.secondary_colour or DEFAULT_SECONDARY
        )

    @property
    def icon_url(self) -> str:
        """The URL of the icon for browser tabs, ``""`` if the site has none of its own."""
        if self.favicon is not None:
            if self.favicon.is_svg():
                return str(self.favicon.file.url)
            icon = rendition(self.favicon, "max-96x96|format-png")
            return "" if icon is None else str(icon.url)
        return "" if self.favicon_file is None else str(self.favicon_file.url)
