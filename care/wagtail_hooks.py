"""What this room adds to the admin: a report, its menu entry, and a panel on the first page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from care import footers  # noqa: F401  (registers hooks of its own)
from care.listing import may_see
from care.views import CareListView, panels_for


class CareMenuItem(MenuItem):
    """The entry under *Reports*, for who may edit pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


@hooks.register("register_reports_menu_item")
def register_menu_item() -> CareMenuItem:
    """The report."""
    return CareMenuItem("Care list", reverse("care_list"), icon_name="clipboard-list", order=50)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """The report, which also takes what is done with its items."""
    return [path("reports/care/", CareListView.as_view(), name="care_list")]


@hooks.register("construct_homepage_panels")
def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    """What waits for the person, on the admin's first page."""
    panels.extend(panels_for(request))


@hooks.register("insert_editor_js")
def add_editor_script() -> SafeString:
    """What leads from an item to the very field, also where it is folded up."""
    return format_html('<script src="{}"></script>', static("care/editor.js"))
