"""Menus and footers in the admin."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from navigation.models import Footer, Menu


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
