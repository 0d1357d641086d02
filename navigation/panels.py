"""Panels of the forms of settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from wagtail.admin.panels import Panel
from wagtail.admin.staticfiles import versioned_static

from navigation.colours import FORM_OF_COLOUR, samples

COLOUR_ADVICE = "Write a colour as # and six digits or letters a to f, such as #1f3a6e."


def contrast_context(primary: str, secondary: str) -> dict[str, Any]:
    """Return what the template of the contrasts needs: ``samples``, or ``advice`` where one of
    the two is no colour yet."""
    if not all(FORM_OF_COLOUR.fullmatch(colour) for colour in (primary, secondary)):
        return {"advice": COLOUR_ADVICE}
    return {"samples": samples(primary, secondary)}


class ContrastPanel(Panel):
    """How well text can be read in the two colours of the form, and what is changed so that it
    can. A script keeps it up to date while somebody types; without it, saving does."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "navigation/admin/contrast_panel.html"

        @property
        def media(self) -> forms.Media:
            return forms.Media(js=[versioned_static("navigation/js/contrast.js")])

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            given = (self.form[f"{name}_colour"].value() or "" for name in ("primary", "secondary"))
            return context | contrast_context(*given) | {"url": reverse("navigation_contrast")}
