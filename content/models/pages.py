"""Sections, and the ordinary page for everything that has no type of its own."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from wagtail.models import Page, PagePermissionTester
from wagtail.search import index

from content.addresses.index import may_see, rows_of
from content.addresses.paths import normalise_path
from content.blocks import BodyBlock
from content.fields import StreamField
from content.models.base import BasePage
from content.panels import body_panel
from content.rendering.previews import LEADS_ON, leads_on

# By name only: other rooms import this one, never the reverse.
SITE_ROOT = "home.HomePage"


class SectionPage(BasePage):
    """A folder with its own order of pages. Visiting it leads to its first page.

    A section inside a section is a group of the side navigation. Its own address
    gives way when the same path is a page's address, or was one: then the section
    has no public address, and its URL is that of its first page.
    """

    parent_page_types: ClassVar[list[str]] = [SITE_ROOT, "content.SectionPage"]
    show_in_menus_default = True
    lists_new_pages = True
    yields_to_addresses = True
    # Its first page is found instead.
    is_found = False
    preview_modes: ClassVar[list[Any]] = LEADS_ON
    page_description = "A folder of pages with its own order. Visitors are led to its first page."

    content_panels = BasePage.content_panels

    class Meta:
        verbose_name = "section"
        verbose_name_plural = "sections"

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Two levels only: a section of the menu, and groups within it."""
        return bool(super().can_create_at(parent)) and not cls._too_deep(parent)

    def can_move_to(self, parent: Page) -> bool:
        """As :meth:`can_create_at`; a section that holds groups can't become a group."""
        allowed = super().can_move_to(parent) and not self._too_deep(parent)
        return bool(allowed) and not self.groups_too_deep(parent)

    def permissions_for_user(self, user: AbstractBaseUser) -> PagePermissionTester:
        return SectionPermissions(user, self)

    def groups_too_deep(self, parent: Page) -> bool:
        """Tell whether the groups of this section would be a third level below a parent."""
        if not issubclass(parent.specific_class, SectionPage):
            return False
        return bool(self.get_children().type(SectionPage).exists())

    @staticmethod
    def _too_deep(parent: Page) -> bool:
        if not issubclass(parent.specific_class, SectionPage):
            return False
        grandparent = parent.get_parent()
        return grandparent is not None and issubclass(grandparent.specific_class, SectionPage)

    def first_page(self, request: HttpRequest | None = None) -> BasePage | None:
        """Return the first live page in this section that is not itself a section.

        Public pages come first. A private one is only shown to a visitor
        (``request``) who may see it; others are not told where it is.
        """
        pages = self.get_descendants().live().not_type(SectionPage).order_by("path")
        first = pages.public().first()
        if first is None and request is not None:
            first = next((page for page in pages if may_see(request, page)), None)
        return None if first is None else first.specific

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Override of ``Page.serve_preview``: the page that visitors are led to."""
        first = self.first_page(request) if self.pk else None
        url = "" if first is None else first.get_url(request) or ""
        title = "" if first is None else first.shown_title
        nothing = "This section has no published page yet. Add one below it, and publish it."
        return leads_on(self, request, url, title, nothing)

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        parts = super().get_url_parts(request)
        if parts is None or parts[2] is None or self.public_address:
            return parts
        here = rows_of(parts[0]).filter(path=normalise_path(parts[2]), page__live=True)
        taken = here.exclude(page__content_type=self.content_type_id).exists()
        first = self.first_page() if taken else None
        return parts if first is None else first.get_url_parts(request)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """A section is only a way to its pages, so it is not in the sitemap."""
        return []

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        first = self.first_page(request)
        if first is None:
            raise Http404("This section has no page yet.")
        return HttpResponseRedirect(first.get_url(request))


class SectionPermissions(PagePermissionTester):
    """Keeps copies to two levels, as :meth:`SectionPage.can_move_to` keeps moves."""

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        allowed = super().can_copy_to(destination, recursive)
        return bool(allowed) and not self.page.groups_too_deep(destination)


class ContentPage(BasePage):
    """An ordinary page: a title and a body of blocks."""

    body = StreamField(BodyBlock(), blank=True)

    parent_page_types: ClassVar[list[str]] = [SITE_ROOT, "content.SectionPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "Text, pictures and lists. Right for most pages."

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, body_panel()]
    search_fields: ClassVar[list[Any]] = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "page"
        verbose_name_plural = "pages"
