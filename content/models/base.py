"""The abstract page that every page type of the site is made from."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import Page
from wagtail.search import index

from content.addresses.forms import AddressForm
from content.addresses.index import AddressedPage
from content.languages import page_languages
from content.markup.links import readable_name
from content.page_data.stored import says_something_else
from content.panels import AddressPanel, AdvicePanel, HelpPanel, NotesPanel, WholeTitlePanel
from content.rendering.previews import DESCRIPTION_LENGTH, TITLE_LENGTH, PreviewModes
from content.search_text.texts import headings_of
from content.search_text.words import initials_of
from content.titles import MAXIMUM_TITLE, title_of


class PictureFields(NamedTuple):
    """The names of the fields of a page type that hold a picture, its words, and the choice
    that it needs none."""

    picture: str
    words: str
    decoration: str


class BasePage(PreviewModes, AddressedPage, Page):  # type: ignore[django-manager-missing]
    """Every page of the public site.

    A page type adds its own ``content_panels`` and declares where it may stand
    with ``parent_page_types``; the parent does not need to know it. ``address``
    comes from :class:`content.addresses.index.AddressedPage`, the description for
    search engines is Wagtail's ``search_description``.
    """

    base_form_class = AddressForm
    # The explorer shows pages as visitors meet them in the menu.
    admin_default_ordering = "ord"
    # Whether menus, side navigation and near pages may list pages of this type. Types
    # that come in hundreds stay out of the tree that every request reads.
    in_navigation_tree: ClassVar[bool] = True
    # Whether menus list a page that somebody adds below one of this type.
    lists_new_pages: ClassVar[bool] = False
    # The field with the name that menus use instead of the title, if the type has one.
    menu_title_field: ClassVar[str] = ""
    # The filter of search results that pages of this type fall under: "pages" or "news".
    search_kind: ClassVar[str] = "pages"
    # The field with the file that pages of this type lead to, if they do.
    document_field: ClassVar[str] = ""
    # The pictures that stand in fields of the type itself (:mod:`content.page_data.advice`).
    described_pictures: ClassVar[tuple[PictureFields, ...]] = ()
    # Whether searches lead to pages of this type.
    is_found: ClassVar[bool] = True

    whole_title = models.TextField(
        blank=True,
        default="",
        help_text=f"The title above holds {MAXIMUM_TITLE} characters. While it ends in “…” and"
        " this begins with the same words, pages show this. To shorten the title, change the one"
        " above.",
    )
    share_image = models.ForeignKey(
        "content.SiteImage",
        verbose_name="picture for sharing",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Shown when somebody shares this page elsewhere.",
    )
    language = models.CharField(
        max_length=12,
        blank=True,
        default="",
        choices=page_languages,
        help_text="The language that most of this page is written in. Browsers and screen readers"
        " then read, set and translate it properly. Menu and footer stay as they are.",
    )
    # The day of the last change to what the page says: an import fills in what the source
    # knows, and a change in the admin its own day. Never the day of a build or an import.
    last_updated = models.DateField(null=True, blank=True, editable=False)

    content_panels: ClassVar[list[Any]] = [
        HelpPanel(),
        # Wagtail's own widget grows to several lines, which a title never has.
        TitleFieldPanel("title", widget=forms.TextInput),
        WholeTitlePanel("whole_title"),
        AdvicePanel(),
    ]
    promote_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "seo_title",
                    heading="Title in search engines",
                    help_text="Only if it should differ from the title of the page. About"
                    f" {TITLE_LENGTH} characters are shown.",
                ),
                FieldPanel(
                    "search_description",
                    heading="Description",
                    help_text="One or two sentences, about"
                    f" {DESCRIPTION_LENGTH} characters, below the title in search engines and where"
                    " the page is shared.",
                ),
                FieldPanel("share_image"),
            ],
            heading="For search engines and sharing",
        ),
        MultiFieldPanel(
            [
                AddressPanel(),
                FieldPanel("address"),
                FieldPanel(
                    "slug",
                    help_text="The page's part of addresses in the page tree, such as history in"
                    " /about-us/history/.",
                ),
            ],
            heading="Address of the page",
            classname="collapsed",
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "show_in_menus",
                    help_text="Whether menus, and the list of pages beside the text, show this"
                    " page.",
                )
            ],
            heading="For menus",
        ),
        MultiFieldPanel([FieldPanel("language")], heading="Language", classname="collapsed"),
    ]
    settings_panels: ClassVar[list[Any]] = [
        *Page.settings_panels,
        NotesPanel(heading="Where this page came from"),
    ]

    # Every type adds its own texts. Headings are in those as well, and so count more.
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("whole_title"),
        index.SearchField("search_description"),
        index.SearchField("search_headings"),
        index.SearchField("search_names"),
        index.AutocompleteField("search_names"),
    ]

    class Meta:
        abstract = True

    @property
    def shown_title(self) -> str:
        """The title as readers see it, whole even where Wagtail's field can't hold it."""
        return title_of(self)

    @property
    def article_date(self) -> datetime.date | None:
        """The day that a dated text bears, ``None`` for a page that is no such text."""
        return None

    @property
    def last_change(self) -> datetime.date | None:
        """The day of the last change as search engines are told it, ``None`` if nobody knows.

        Not the day of publishing: that of an imported page is the day of the import, which
        changed nothing of what it says. Search engines stop believing a site whose days are
        not those of changes, and a sitemap without a day is a valid one.
        """
        return self.last_updated

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Override of ``Page.get_sitemap_urls``: with :attr:`last_change`, and without a page
        that only shows what another one says (Wagtail's aliases)."""
        location = None if self.alias_of_id else self.get_full_url(request)
        if location is None:
            return []
        entry: dict[str, Any] = {"location": location}
        return [entry if self.last_change is None else entry | {"lastmod": self.last_change}]

    def serve_password_required_response(
        self, request: HttpRequest, form: Any, action_url: str
    ) -> TemplateResponse:
        """Override of ``Page.serve_password_required_response``: the template is not given
        the page, so that nothing of it can show around the form."""
        template = settings.WAGTAIL_PASSWORD_REQUIRED_TEMPLATE
        context = {"form": form, "action_url": action_url}
        return TemplateResponse(request, template, context)

    def search_headings(self) -> list[str]:
        """Return the headings of the page for the search index."""
        return headings_of(self)

    def search_names(self) -> list[str]:
        """Return what the page is also called: the last words of its address, such as ``faq``,
        and the initials of its title."""
        return [readable_name(self.address or self.slug), *initials_of(str(self.title))]

    def save_revision(self, user: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Note the day when a person changes what the page says, and not when one merely saves it.

        The import, which is nobody, brings the day with it.
        """
        if user is not None and says_something_else(self):
            self.last_updated = timezone.localdate()
        return super().save_revision(user, *args, **kwargs)
