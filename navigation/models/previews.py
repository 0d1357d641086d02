"""Settings that can be seen before they are saved."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.models import PreviewableMixin

from content.editing.versions import VersionForm


class SeenBeforeSaved(PreviewableMixin):
    """A setting of a site whose preview is the site's home page with it.

    Wagtail hands the unsaved setting to everything that asks for it by the request
    (``wagtail.contrib.settings.views.PreviewOnEdit``).
    """

    site: Any
    base_form_class = VersionForm

    def get_full_url(self) -> str:
        """Override of ``PreviewableMixin.get_full_url``: the preview stands there."""
        return f"{self.site.root_url}/"

    full_url = property(get_full_url)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Override of ``PreviewableMixin.serve_preview``.

        A home page that visitors may not see is left out, since who may change a setting need
        not be one who may read it; then the frame stands around a note.
        """
        # Also where the server does not answer to the host name of the site.
        request._wagtail_site = self.site  # type: ignore[attr-defined]
        home = self.site.root_page.specific
        response: HttpResponse
        if home.live and not home.get_view_restrictions():
            response = home.serve_preview(request, home.default_preview_mode)
        else:
            response = super().serve_preview(request, mode_name)
        return response

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "navigation/preview.html"
