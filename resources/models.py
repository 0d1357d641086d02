"""The resource room: its categories, and the articles, files and links in them."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.encoding import iri_to_uri
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from content.addresses.paths import normalise_path
from content.blocks import BodyBlock
from content.fields import StreamField
from content.markup.links import host_of
from content.models import BasePage
from content.models.pages import SITE_ROOT
from content.panels import body_panel
from content.rendering.previews import LEADS_ON, leads_on
from content.titles import title_of
from resources.feeds import feed_url
from resources.forms import ResourceItemForm, ResourceLinkForm
from resources.listing import listing
from resources.targets import target_url, validate_target_address


class ListingPage(BasePage):
    """What a room and a category share: they list the items below them."""

    show_in_menus_default = True

    content_panels: ClassVar[list[Any]] = BasePage.content_panels

    class Meta:
        abstract = True

    @property
    def last_change(self) -> datetime.date | None:
        """Nobody's to say: a list changes with what it lists, and has no words of its own."""
        return None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the :class:`resources.listing.Listing` that the request asks for as ``listing``,
        the address of the feed, and what tells pages of a list apart for search engines.

        Each page of the list stands for itself. A filter shows what its category's page
        shows, or what the whole list does, so it stands for the list as a whole.
        """
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        shown = listing(self, request)
        own = shown.chosen is None and shown.paging.number > 1
        number = shown.paging.number if shown.paging.number > 1 else None
        return context | {
            "listing": shown,
            "canonical_query": f"page={shown.paging.number}" if own else "",
            "list_page": number,
            "feed_url": feed_url(self, request),
        }


class ResourceRoomPage(ListingPage):
    """The room: lists the items of all its categories (format reference, 4.1, ``resources``)."""

    template = "resources/listing_page.html"
    parent_page_types: ClassVar[list[str]] = [SITE_ROOT]
    page_description = "Lists news, publications or other resources, sorted into categories."

    class Meta:
        verbose_name = "resource room"
        verbose_name_plural = "resource rooms"


class ResourceCategoryPage(ListingPage):
    """A category of a room: lists its own items (format reference, 4.1, ``resources-alt``)."""

    menu_title = models.CharField(
        "short name",
        max_length=255,
        blank=True,
        help_text="Used in menus and on cards. Leave it empty to use the title.",
    )

    template = "resources/listing_page.html"
    menu_title_field = "menu_title"
    parent_page_types: ClassVar[list[str]] = ["resources.ResourceRoomPage"]
    page_description = "A category of a resource room, with a list of what is in it."

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("menu_title")]

    class Meta:
        verbose_name = "resource category"
        verbose_name_plural = "resource categories"


class ResourceItem(BasePage):
    """What an article and a file or link item share: a date and a place in a listing.

    ``date`` is the item's own date, which the importer takes from the document or
    the name of its file (format reference, 1.4).
    """

    date = models.DateField(
        null=True,
        blank=True,
        help_text="Shown with the item, and what listings are sorted by. Items without a date"
        " come last.",
    )

    base_form_class = ResourceItemForm
    # What the form misses if it is empty (content/page_data/advice.py).
    expected: ClassVar[tuple[str, ...]] = ("date",)
    # A room holds hundreds of items, and no menu lists them.
    in_navigation_tree = False
    parent_page_types: ClassVar[list[str]] = [
        "resources.ResourceCategoryPage",
        "resources.ResourceRoomPage",
    ]
    subpage_types: ClassVar[list[str]] = []

    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("category_title"),
        index.FilterField("date"),
    ]
    search_kind: ClassVar[str] = "news"

    class Meta:
        abstract = True

    def category_title(self) -> str:
        """Return the title of the category, a word by which visitors look for items."""
        parent = self.get_parent()
        return "" if parent is None else str(parent.title)


class ArticlePage(ResourceItem):
    """An item with a text of its own (format reference, 4.1, ``post``)."""

    body = StreamField(BodyBlock(), blank=True)

    page_description = "A dated text in a resource room, such as news or a media release."

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("date"),
        body_panel(),
    ]
    search_fields: ClassVar[list[Any]] = [
        *ResourceItem.search_fields,
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = "article"
        verbose_name_plural = "articles"

    @property
    def article_date(self) -> datetime.date | None:
        return self.date

    @property
    def last_change(self) -> datetime.date | None:
        """The day of the last change, else the article's own: it says so since then."""
        return self.last_updated or self.date


class ResourceLinkPage(ResourceItem):
    """An item that is a file or a page elsewhere (format reference, 4.1, ``file``, ``link``).

    The importer fills one of ``external_address`` (a web address, or a path of this
    site), ``document`` and ``target_page``. When several are filled, the first of
    these counts. Visiting the item leads to its target.
    """

    target_page = models.ForeignKey(
        Page,
        verbose_name="page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="A page of this site.",
    )
    document = models.ForeignKey(
        "content.SiteDocument",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="A file to download.",
    )
    external_address = models.CharField(
        "address to lead to",
        max_length=2000,
        blank=True,
        validators=[validate_target_address],
        help_text="A page or file on another site, for example https://www.example.org/report/.",
    )

    base_form_class = ResourceLinkForm
    document_field = "document"
    preview_modes: ClassVar[list[Any]] = LEADS_ON
    page_description = "A file, or a page elsewhere, that a resource room lists."

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("date"),
        MultiFieldPanel(
            [
                FieldPanel("target_page"),
                FieldPanel("document"),
                FieldPanel("external_address"),
            ],
            heading="Where it leads",
            help_text="Fill in one of the three.",
        ),
    ]
    search_fields: ClassVar[list[Any]] = [
        *ResourceItem.search_fields,
        index.SearchField("target_host"),
    ]

    class Meta:
        verbose_name = "file or link"
        verbose_name_plural = "files and links"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Override of ``Page.serve_preview``: the target that visitors are led to."""
        url = target_url(self.external_address, self.document, self.target_page, request)
        chosen = self.document or self.target_page
        title = "" if self.external_address or chosen is None else title_of(chosen)
        nothing = "It leads nowhere yet. Choose a page or a document, or write an address."
        return leads_on(self, request, url, title, nothing)

    def target_host(self) -> str:
        """Return the host that the item leads to. A file is found by itself, if it is public."""
        return host_of(self.external_address)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """A sitemap names what can be read; this only leads there."""
        return []

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the target by one permanent redirect.

        Raises:
            Http404: if the target is gone, or is this item itself.
        """
        url = target_url(self.external_address, self.document, self.target_page, request)
        if not url or normalise_path(url) == normalise_path(request.path):
            raise Http404("What this item led to is gone.")
        # An editor may choose another target, so browsers must ask each time.
        return HttpResponsePermanentRedirect(iri_to_uri(url), headers={"Cache-Control": "no-cache"})
