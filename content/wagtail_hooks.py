"""What this room adds to the admin: underline in rich text, and the hosts of embedded content."""

from __future__ import annotations

from typing import Any, ClassVar

import wagtail.admin.rich_text.editors.draftail.features as draftail_features
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from content.addresses.forms import clash_message, slug_message
from content.addresses.index import holder_at_destination
from content.addresses.unpublishing import LeadingOnDeleteView, LeadingOnUnpublishView
from content.editing.approval import (
    ApprovingActionView,
    ApprovingEditView,
    offer_approval,
    put_approval_first,
    tell_expiry,
)
from content.editing.bulk import ACTIONS
from content.editing.privacy_views import PagePrivacyView, PrivateFilesView
from content.library.private_media import take_given_passwords
from content.library.rights import MoveFiles, MovePictures
from content.models import EmbedHost
from content.page_data.advice import advice
from content.views import PageListingView, PageSearchView

# So many pieces of advice stand in the message after saving; the form has them all.
ADVICE_SHOWN = 3


@hooks.register("register_rich_text_features")
def register_underline(features: FeatureRegistry) -> None:
    """Wagtail has no underline; old sites use it, and dropping it on saving would be an edit
    nobody made (Wagtail: "Extending the Draftail editor")."""
    features.register_editor_plugin(
        "draftail",
        "underline",
        draftail_features.InlineStyleFeature(
            {"type": "UNDERLINE", "label": "U", "description": "Underline"}
        ),
    )
    features.register_converter_rule(
        "contentstate",
        "underline",
        {
            "from_database_format": {"u": InlineStyleElementHandler("UNDERLINE")},
            "to_database_format": {"style_map": {"UNDERLINE": "u"}},
        },
    )


@hooks.register("insert_editor_js")
def blocks_script() -> str:
    """The behaviour of blocks in every form that has some."""
    return format_html('<script src="{}"></script>', static("content/js/blocks.js"))


class VisitorsPageLink(PageLinkHandler):
    """A link of rich text to a page, as visitors see it."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Override: no address without a public page to lead to, so that the link looks like
        text."""
        pages = cls.get_many(attrs_list)
        urls = [page.localized.url if page is not None and page.live else None for page in pages]
        return [format_html('<a href="{}">', url) if url else "<a>" for url in urls]


# After Wagtail's own, whose place it takes.
@hooks.register("register_rich_text_features", order=10)
def register_page_link(features: FeatureRegistry) -> None:
    """Links in text lead to what visitors can read."""
    features.register_link_type(VisitorsPageLink)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_advice(request: HttpRequest, page: Page) -> None:
    """Say after saving what the page could do better. Nothing is refused: imported pages must
    stay savable. When the editor saves by itself, the form is told nothing."""
    if not request.accepts("text/html"):
        return
    found = advice(page)
    if not found:
        return
    shown = format_html_join("", "<li>{}</li>", ((one.text,) for one in found[:ADVICE_SHOWN]))
    more = f"{len(found) - ADVICE_SHOWN} more stand in the form." if found[ADVICE_SHOWN:] else ""
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    messages.warning(
        request,
        format_html("It is saved. To look at:<ul>{}</ul>{}", shown, more),
        buttons=[messages.button(f"{edit}#:w:contentpath={found[0].path}", "Show the first")],
    )


class PagesViewSet(PageViewSet):
    """Wagtail's views of pages, but for searches, approval, privacy and what becomes of an
    unpublished or deleted address (Wagtail: “PageViewSet”)."""

    index_view_class = PageListingView
    search_view_class = PageSearchView
    edit_view_class = ApprovingEditView
    workflow_action_view_class = ApprovingActionView
    set_privacy_view_class = PagePrivacyView
    unpublish_view_class = LeadingOnUnpublishView
    delete_view_class = LeadingOnDeleteView


@hooks.register("register_admin_viewset", order=1)
def register_views_of_pages() -> PagesViewSet:
    """After Wagtail's own, which they take the place of."""
    return PagesViewSet()


@hooks.register("before_serve_document", order=-1)
def take_passwords(document: Any, request: HttpRequest) -> None:
    """Before Wagtail asks for a password."""
    take_given_passwords(request, document.collection)


hooks.register("register_page_listing_more_buttons", offer_approval)
hooks.register("construct_page_action_menu", put_approval_first)
hooks.register("after_publish_page", tell_expiry)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Where files of private pages are made private; the view checks who may."""
    view = PrivateFilesView.as_view()
    return [path("pages/<int:page_id>/privacy/files/", view, name="content_private_files")]


@hooks.register("before_move_page")
def refuse_a_taken_address(
    request: HttpRequest, page: Page, destination: Page
) -> HttpResponse | None:
    """Two pages can't live at one address."""
    holder = holder_at_destination(page, destination)
    if holder is None:
        return None
    messages.error(request, clash_message(holder, f"Give “{page.title}” another address first."))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("after_move_page")
def tell_another_slug(request: HttpRequest, page: Page) -> None:
    """At the new place another page may live where this one would."""
    moved = Page.objects.get(pk=page.pk)
    if moved.slug != page.slug:
        messages.warning(request, slug_message(page.title, moved.slug))


# After Wagtail's own, which they take the place of.
hooks.register("register_bulk_action", MovePictures, order=1)
hooks.register("register_bulk_action", MoveFiles, order=1)
for action in ACTIONS:
    hooks.register("register_bulk_action", action, order=1)


class EmbedHostViewSet(SnippetViewSet):
    """The hosts whose films and frames visitors may start, under *Settings*."""

    model = EmbedHost
    icon = "media"
    menu_label = "Hosts of embedded content"
    add_to_settings_menu = True
    list_display: ClassVar[list[Any]] = ["host", Column("get_decision_display", label="Decision")]
    list_filter = ["decision"]
    search_fields = ["host"]
    # Those that wait for somebody come first.
    ordering = ["-decision", "host"]


register_snippet(EmbedHostViewSet)
