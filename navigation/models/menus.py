"""Menus and footers: snippets with drafts, revisions and previews, chosen for each site."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.http import HttpRequest, HttpResponse
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, Site

from content.blocks import validate_link_address
from content.editing.versions import VersionForm
from content.fields import StreamField
from navigation.blocks import FooterLinksBlock, MenuBlock
from navigation.models.previews import SeenBeforeSaved

# The order in which the old theme showed them (format reference, 5.2).
SOCIAL_MEDIA = {
    "facebook": "Facebook",
    "twitter": "X",
    "youtube": "YouTube",
    "instagram": "Instagram",
    "linkedin": "LinkedIn",
    "telegram": "Telegram",
    "tiktok": "TikTok",
}
REPORT_VULNERABILITY = "https://www.tech.gov.sg/report_vulnerability/"
# Where the software lists all pages, unless a page of the site lives there.
ALL_PAGES = "/sitemap/"
REACH = "https://www.reach.gov.sg/"
ENTRIES_HELP = (
    "Links to pages follow the pages when they move. A page that is a draft or private is not"
    " shown to visitors."
)


def address_field(label: str, **options: Any) -> models.CharField:
    """Return a field for a written address of a link, which may stay empty."""
    return models.CharField(
        label, max_length=2000, blank=True, validators=[validate_link_address], **options
    )


class PartOfFrame(PreviewableMixin, LockableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """A part of the frame that sites may share; its preview shows a page with it."""

    # How the preview names the part to the templates (``navigation.frame``).
    part: ClassVar[str]
    base_form_class = VersionForm
    # Elsewhere the menu is folded away behind a button.
    default_preview_size = "desktop"

    name = models.CharField(max_length=255, help_text="Only you and other editors see the name.")

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_full_url(self) -> str | None:
        """Return the home page of the site that the preview shows: the first that chose it."""
        sites = Site.objects.order_by("-is_default_site", "pk")
        chosen = sites.filter(**{f"navigationsettings__{self.part}": self.pk}).first()
        site = (chosen if self.pk else None) or sites.first()
        return None if site is None else f"{site.root_url}/"

    full_url = property(get_full_url)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Override of ``PreviewableMixin.serve_preview``: the draft stands in the real frame."""
        request._navigation_preview = {self.part: self}  # type: ignore[attr-defined]
        response: HttpResponse = super().serve_preview(request, mode_name)
        return response

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "navigation/preview.html"


class Menu(PartOfFrame):
    """What the header of a site offers: entries in their order (:class:`MenuBlock`)."""

    part = "menu"

    entries = StreamField(MenuBlock(), blank=True, help_text=ENTRIES_HELP)
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="menu")

    panels: ClassVar[list[Any]] = [FieldPanel("name"), FieldPanel("entries"), PublishingPanel()]

    class Meta(PartOfFrame.Meta):
        verbose_name = "menu"
        verbose_name_plural = "menus"

    @property
    def revisions(self) -> Any:
        """All versions of this menu."""
        return self._revisions


class Footer(PartOfFrame):
    """What stands below every page of a site.

    ``links`` holds the required row (:class:`FooterLinksBlock`); an address in it is
    shown as it is, whether the page exists or not, since old sites always printed
    ``/privacy/`` and ``/terms-of-use/`` (format reference, 5.2).
    """

    part = "footer"

    repeat_menu = models.BooleanField(
        "repeat the menu",
        default=True,
        help_text="Shows the menu's entries here too, except “Contact Us” and “FAQ”, which have"
        " their place in the row below. Otherwise the entries that follow are shown.",
    )
    entries = StreamField(
        MenuBlock(),
        blank=True,
        help_text=f"Used when the menu is not repeated. {ENTRIES_HELP}",
    )
    links = StreamField(
        FooterLinksBlock(),
        blank=True,
        help_text="They are shown in the order that the rules for government websites ask for,"
        " whatever their order here.",
    )
    show_reach = models.BooleanField(
        "link to REACH", default=False, help_text=f"The government's feedback unit, {REACH}"
    )
    report_vulnerability = address_field(
        "Report Vulnerability",
        default=REPORT_VULNERABILITY,
        help_text="Where people report security problems. Empty it to show no such link.",
    )
    facebook = address_field("Facebook")
    twitter = address_field("X (Twitter)")
    youtube = address_field("YouTube")
    instagram = address_field("Instagram")
    linkedin = address_field("LinkedIn")
    telegram = address_field("Telegram")
    tiktok = address_field("TikTok")
    copyright_name = models.CharField(
        "owner",
        max_length=255,
        blank=True,
        help_text="Whose name stands beside ©. Leave it empty to use the name of the site.",
    )
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="footer")

    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        MultiFieldPanel([FieldPanel("repeat_menu"), FieldPanel("entries")], heading="Columns"),
        MultiFieldPanel(
            [
                FieldPanel("links"),
                FieldPanel("show_reach"),
                FieldPanel("report_vulnerability"),
            ],
            heading="Required links",
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    field, help_text="The full address of your page there. Empty shows no link."
                )
                for field in SOCIAL_MEDIA
            ],
            heading="Social media",
            classname="collapsed",
        ),
        FieldPanel("copyright_name"),
        PublishingPanel(),
    ]

    class Meta(PartOfFrame.Meta):
        verbose_name = "footer"
        verbose_name_plural = "footers"

    @property
    def revisions(self) -> Any:
        """All versions of this footer."""
        return self._revisions


@register_setting(icon="list-ul", order=105)
class NavigationSettings(SeenBeforeSaved, BaseSiteSetting):
    """Which menu and footer a site shows."""

    select_related: ClassVar[list[str]] = ["menu", "footer"]

    menu = models.ForeignKey(
        Menu,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Without a published menu, the header shows the sections of the page tree.",
    )
    footer = models.ForeignKey(
        Footer,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Without a published footer, the menu is repeated below each page.",
    )

    panels: ClassVar[list[Any]] = [FieldPanel("menu"), FieldPanel("footer")]

    class Meta:
        verbose_name = "menu and footer"
