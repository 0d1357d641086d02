"""Models that every page shares: base page, section, ordinary page, media, addresses."""

from content.addresses import PageAddress
from content.models.base import BasePage
from content.models.media import SiteDocument, SiteImage, SiteRendition
from content.models.pages import ContentPage, SectionPage

__all__ = [
    "BasePage",
    "ContentPage",
    "PageAddress",
    "SectionPage",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
]
