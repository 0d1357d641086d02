"""What editors can look at before they publish, beside the page as visitors see it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

PRINT, SEARCH_RESULT, SOCIAL_CARD = "print", "search-result", "social-card"
# What search engines show of a title and a description, in characters; about, since they measure
# in pixels.
TITLE_LENGTH, DESCRIPTION_LENGTH = 60, 155
_TEMPLATES = {
    SEARCH_RESULT: "previews/search_result.html",
    SOCIAL_CARD: "previews/social_card.html",
}


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


class LeadsOn:
    """A page that only leads elsewhere: its one preview says where to."""

    preview_modes: ClassVar[list[Any]] = [("", "Where it leads")]
    # What editors should do while it leads nowhere.
    no_target: ClassVar[str]

    def leads_to(self, request: HttpRequest) -> tuple[str, str]:
        """Return the URL that visitors are led to and its title, both ``""`` for none.

        Raises:
            NotImplementedError: always; each type knows its own.
        """
        raise NotImplementedError

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Override of ``Page.serve_preview``: a redirect is nothing to look at."""
        target, title = self.leads_to(request)
        context = {"page": self, "target": target, "target_title": title}
        return TemplateResponse(
            request, "previews/leads_on.html", {**context, "no_target": self.no_target}
        )
