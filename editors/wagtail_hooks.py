"""The guide in the admin: its addresses, its menu entry, and a link on every page form."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from content.panels import HELP_HOOK
from editors.guide import Chapter, chapter_for
from editors.views import ChapterView, GuideView


class GuideLink(Component):
    """The way to the chapter on a page type, in the form of a page."""

    template_name = "editors/admin/guide/link.html"

    def __init__(self, chapter: Chapter) -> None:
        self.chapter = chapter

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"chapter": self.chapter}


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """The guide and its chapters."""
    return [
        path("guide/", GuideView.as_view(), name="editors_guide"),
        path("guide/<slug:slug>/", ChapterView.as_view(), name="editors_guide_chapter"),
    ]


@hooks.register("register_help_menu_item")
def register_menu_item() -> MenuItem:
    """First under *Help*: what is written for these very forms."""
    return MenuItem("Guide for editors", reverse("editors_guide"), icon_name="help", order=-1)


@hooks.register(HELP_HOOK)
def help_for(page_type: Any) -> GuideLink | None:
    """The chapter on a page type."""
    chapter = chapter_for(page_type)
    return None if chapter is None else GuideLink(chapter)
