"""What editors can look at before they publish, beside the page as visitors see it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.models import Page

PRINT, SEARCH_RESULT, SOCIAL_CARD = "print", "search-result", "social-card"
# What search engines show of a title and a description, in characters; about, since they measure
# in pixels.
TITLE_LENGTH, DESCRIPTION_LENGTH = 60, 155
_TEMPLATES = {
    SEARCH_RESULT: "previews/search_result.html",
    SOCIAL_CARD: "previews/social_card.html",
}
# Of a type that only leads elsewhere, where a redirect would be nothing to look at.
LEADS_ON = [("", "Where it leads")]


class PreviewModes:
    """A page with previews: as it is, on paper, in a search engine, shared on another site.

    Sizes of screens are Wagtail's own. The base template knows the mode ``print`` and shows the
    page with the style sheet for paper.
    """

    preview_modes: ClassVar[list[Any]] = [
        ("", "As visitors see it"),
        (PRINT, "Printed"),
        (SEARCH_RESULT, "In a search engine"),
        (SOCIAL_CARD, "When somebody shares it"),
    ]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Override of ``Page.serve_preview``: with modes that show what is said about the page."""
        template = _TEMPLATES.get(mode_name)
        if template is None:
            shown: HttpResponse = super().serve_preview(request, mode_name)  # type: ignore[misc]
            return shown
        lengths = {"title_length": TITLE_LENGTH, "description_length": DESCRIPTION_LENGTH}
        return TemplateResponse(request, template, {"page": self, "self": self, **lengths})


def leads_on(
    page: Page, request: HttpRequest, target: str, title: str, nothing: str
) -> HttpResponse:
    """Return the preview of a page that only leads elsewhere, for the modes :data:`LEADS_ON`.

    ``target`` is the URL that visitors are led to and ``title`` what is there, both ``""`` for
    none; then ``nothing`` says what to do.
    """
    context = {"page": page, "target": target, "target_title": title, "no_target": nothing}
    return TemplateResponse(request, "previews/leads_on.html", context)
