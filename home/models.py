"""The home page."""

from __future__ import annotations

from typing import Any, ClassVar

from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from content.fields import StreamField
from content.models import BasePage
from content.routing import SiteRootMixin
from home.blocks import SectionsBlock


class HomePage(SiteRootMixin, BasePage):
    """The front page of a site; also the one place where addresses are looked up."""

    sections = StreamField(SectionsBlock(), blank=True)

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    page_description = "The front page of the site, made of bands from top to bottom."

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("sections")]
    search_fields: ClassVar[list[Any]] = [*Page.search_fields, index.SearchField("sections")]

    class Meta:
        verbose_name = "home page"
        verbose_name_plural = "home pages"
