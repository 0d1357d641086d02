"""Clinical research networks: the overview with its directory, and a network's own page."""

from __future__ import annotations

from typing import Any, ClassVar

from wagtail.search import index

from content.blocks import BodyBlock
from content.fields import StreamField
from content.models import BasePage
from content.panels import body_panel
from networks.blocks import NAME_PARTS, OverviewBodyBlock, directory_entries


class OverviewPage(BasePage):
    """Introduces the networks and lists them."""

    body = StreamField(OverviewBodyBlock(), blank=True)

    parent_page_types: ClassVar[list[str]] = ["content.SectionPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "Introduces the clinical research networks and lists them in a directory."

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, body_panel()]
    search_fields: ClassVar[list[Any]] = [*BasePage.search_fields, index.SearchField("body")]

    def search_headings(self) -> list[str]:
        """Add the entries of the directory: some networks have no other place on the site."""
        entries = [
            " ".join(filter(None, (entry.get(part) for part in NAME_PARTS)))
            for entry in directory_entries(self.body.get_prep_value())
        ]
        return [*super().search_headings(), *entries]

    class Meta:
        verbose_name = "network overview"
        verbose_name_plural = "network overviews"


class NetworkPage(BasePage):
    """One clinical research network."""

    body = StreamField(BodyBlock(), blank=True)

    parent_page_types: ClassVar[list[str]] = ["content.SectionPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "A clinical research network's own page."

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, body_panel()]
    search_fields: ClassVar[list[Any]] = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "network page"
        verbose_name_plural = "network pages"
