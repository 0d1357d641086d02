"""What this room adds to the admin: files become items of a room or category in one go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from resources.uploads import AddFilesView, may_add_files


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """The form of files."""
    return [
        path("resources/<int:parent>/files/", AddFilesView.as_view(), name="resources_add_files")
    ]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def add_files_button(
    page: Page, user: Any, next_url: str | None = None, view_name: str = ""
) -> Iterator[Button]:
    """The way to the form; where its address stands, the script takes dropped files, too."""
    if may_add_files(user, page):
        address = reverse("resources_add_files", args=[page.pk])
        attributes = {"data-drop-files": address} if view_name == "index" else {}
        yield Button("Add files", address, icon_name="upload", attrs=attributes, priority=12)


@hooks.register("insert_global_admin_js")
def add_script() -> SafeString:
    """What takes files that are dropped on the list of a category."""
    return format_html('<script src="{}"></script>', static("resources/add-files.js"))


@hooks.register("insert_global_admin_css")
def add_style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("resources/add-files.css"))
