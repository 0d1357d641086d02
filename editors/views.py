"""The guide for editors, inside the admin."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from editors.guide import CHAPTERS


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """All chapters. Whoever may use the admin may read them."""

    page_title = "Guide for editors"
    header_icon = "help"
    template_name = "editors/admin/guide/index.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"chapters": CHAPTERS}


class ChapterView(WagtailAdminTemplateMixin, TemplateView):
    """One chapter, with the way to the next."""

    header_icon = "help"
    template_name = "editors/admin/guide/chapter.html"

    def setup(self, *args: Any, **kwargs: Any) -> None:
        super().setup(*args, **kwargs)
        slugs = [one.slug for one in CHAPTERS]
        if kwargs["slug"] not in slugs:
            raise Http404("There is no such chapter.")
        self.number = slugs.index(kwargs["slug"])
        self.chapter = CHAPTERS[self.number]
        self.page_title = self.chapter.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        guide = {"url": reverse("editors_guide"), "label": GuideView.page_title}
        return [*self.breadcrumbs_items, guide, {"url": "", "label": self.chapter.title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        following = CHAPTERS[self.number + 1] if self.number + 1 < len(CHAPTERS) else None
        context = {"chapter": self.chapter, "following": following}
        return super().get_context_data(**kwargs) | context
