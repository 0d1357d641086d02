"""The home page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from content.addresses.routing import SiteRootMixin
from content.fields import StreamField
from content.models import BasePage
from home.blocks import SectionsBlock
from home.blocks.loading import load_at_once


class HomePage(SiteRootMixin, BasePage):
    """The front page of a site; also the one place where addresses are looked up."""

    sections = StreamField(SectionsBlock(), blank=True)

    # An old site may have further pages of this kind; an import makes them by code.
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page", "home.HomePage"]
    page_description = "The front page of the site, made of bands from top to bottom."

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel(
            "sections",
            help_text="From top to bottom. Open one to change it, drag it by its dots, add one with"
            " the plus sign.",
        ),
    ]
    search_fields: ClassVar[list[Any]] = [*BasePage.search_fields, index.SearchField("sections")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add nothing, but read all sections at once before the template goes through them."""
        load_at_once(self.sections)
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Override of ``Page.can_create_at``: in the admin a home page is only made at the top
        of the tree, so that nobody makes one below another by accident."""
        return parent.depth == 1 and bool(super().can_create_at(parent))

    class Meta:
        verbose_name = "home page"
        verbose_name_plural = "home pages"
