"""Models that every page shares: base page, section, ordinary page, media, addresses."""

from content.addresses.index import PageAddress
from content.models.base import BasePage
from content.models.contact import ContactPage
from content.models.embeds import EmbedHost
from content.models.media import MediaPath, SiteDocument, SiteImage, SiteRendition
from content.models.pages import ContentPage, SectionPage

__all__ = [
    "BasePage",
    "ContactPage",
    "ContentPage",
    "EmbedHost",
    "MediaPath",
    "PageAddress",
    "SectionPage",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
]
