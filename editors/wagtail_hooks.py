"""The guide in the admin: its addresses, its menu entry, and a link on every page form; and what
keeps typed words until they are saved."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel

from content.editing.versions import check_version
from content.panels import HELP_HOOK
from editors.dashboard import panels_for
from editors.guide import Chapter, chapter_for
from editors.pasting import adapter as adapter  # registers itself
from editors.pasting.views import paste
from editors.typed import form_state, note_saved
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
    """The guide and its chapters, and what open forms ask for and paste."""
    return [
        path("form-state/", form_state, name="editors_form_state"),
        path("guide/", GuideView.as_view(), name="editors_guide"),
        path("guide/<slug:slug>/", ChapterView.as_view(), name="editors_guide_chapter"),
        path("paste/", paste, name="editors_paste"),
    ]


@hooks.register("register_help_menu_item")
def register_menu_item() -> MenuItem:
    """First under *Help*: what is written for these very forms."""
    return MenuItem("Guide for editors", reverse("editors_guide"), icon_name="help", order=-1)


@hooks.register("construct_homepage_panels")
def add_panels(request: HttpRequest, panels: list[Any]) -> None:
    """What people start from. What waits for whom takes the place of Wagtail's list of one's own
    submissions, which are in it."""
    panels[:] = [one for one in panels if not isinstance(one, UserObjectsInWorkflowModerationPanel)]
    panels.extend(panels_for(request))


@hooks.register("insert_global_admin_css")
def add_styles() -> SafeString:
    """The looks of these panels, and of the site's own name and logo."""
    return format_html_join(
        "",
        '<link rel="stylesheet" href="{}">',
        ((static(name),) for name in ("editors/dashboard.css", "css/admin.css")),
    )


@hooks.register(HELP_HOOK)
def help_for(page_type: Any) -> GuideLink | None:
    """The chapter on a page type."""
    chapter = chapter_for(page_type)
    return None if chapter is None else GuideLink(chapter)


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
@hooks.register("before_edit_setting")
def look_at_its_version(request: HttpRequest, instance: Any) -> None:
    """A form must not write over a newer version of this object."""
    check_version(request, instance)


# Before hooks that may answer themselves.
@hooks.register("after_create_page", order=-1)
@hooks.register("after_edit_page", order=-1)
@hooks.register("after_create_snippet", order=-1)
@hooks.register("after_edit_snippet", order=-1)
@hooks.register("after_edit_setting", order=-1)
def note_a_saved_form(request: HttpRequest, instance: Any) -> None:
    """The browser then drops its copy of what was typed.

    A form that saves itself stays open, and what is typed after that is not saved yet.
    """
    if request.accepts("text/html"):
        note_saved(request)


@hooks.register("insert_global_admin_js")
def add_keeper() -> SafeString:
    """What keeps typed words in the browser, and says in words why they are not saved. On pages
    without a form it drops copies of what was saved."""
    return format_html(
        '<script src="{}" data-state="{}" data-login="{}" defer></script>',
        static("editors/keep-typed.js"),
        reverse("editors_form_state"),
        reverse("wagtailadmin_login"),
    )


@hooks.register("insert_global_admin_css")
def add_notice_style() -> SafeString:
    """The look of the notice in a form, and of the page that holds typed words."""
    return format_html('<link rel="stylesheet" href="{}">', static("editors/typed.css"))
