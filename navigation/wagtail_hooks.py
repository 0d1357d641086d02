"""Menus and footers in the admin, and what the form of the site identity asks for."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from navigation import adapters, telling  # noqa: F401  (both register what is theirs)
from navigation.models import Footer, Menu
from navigation.views import contrast, preview_colours


class MenuViewSet(SnippetViewSet):
    model = Menu
    icon = "list-ul"
    search_fields = ["name"]


class FooterViewSet(SnippetViewSet):
    model = Footer
    icon = "minus"
    search_fields = ["name"]


class NavigationViewSetGroup(SnippetViewSetGroup):
    """One place for both; which of them a site shows is chosen under *Settings*."""

    items = (MenuViewSet, FooterViewSet)
    menu_label = "Menus, footers"
    menu_icon = "list-ul"
    menu_order = 250


register_snippet(NavigationViewSetGroup)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Colours before they are saved. Wagtail lets in only who may use the admin."""
    return [
        re_path(
            r"^colours/(?P<primary>[0-9a-fA-F]{6})-(?P<secondary>[0-9a-fA-F]{6})\.css$",
            preview_colours,
            name="navigation_preview_colours",
        ),
        path("colours/contrast/", contrast, name="navigation_contrast"),
    ]
