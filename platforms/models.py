"""Research platforms."""

from __future__ import annotations

from typing import Any, ClassVar

from wagtail.search import index

from content.fields import StreamField
from content.models import BasePage
from content.panels import body_panel
from platforms.blocks import PlatformBodyBlock


class PlatformPage(BasePage):
    """A platform: what it is, what it can do, and whom to ask."""

    body = StreamField(PlatformBodyBlock(), blank=True)

    parent_page_types: ClassVar[list[str]] = ["content.SectionPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "A research platform with its capabilities and an enquiry contact."

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, body_panel()]
    search_fields: ClassVar[list[Any]] = [*BasePage.search_fields, index.SearchField("body")]

    def search_headings(self) -> list[str]:
        """Add what the enquiry contact is: visitors look for a contact, and the sentence in it
        need not say so."""
        has_contact = any(block.block_type == "enquiry_contact" for block in self.body)
        return [*super().search_headings(), *(["Contact for enquiries"] if has_contact else [])]

    class Meta:
        verbose_name = "platform page"
        verbose_name_plural = "platform pages"
