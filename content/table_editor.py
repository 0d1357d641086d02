"""The form field in which editors work on a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from wagtail.admin.staticfiles import versioned_static

from content.table_display import table_for_editor
from content.tables import clean_table


class TableEditor(forms.HiddenInput):
    """A table to write in, and a hidden field that holds it.

    Named in ``WAGTAILADMIN_RICH_TEXT_EDITORS``. The browser gets the stored table with links
    and pictures that it can show, and sends back markup, from which the stored form is made.
    A table that nobody touched comes back as it was stored.
    """

    template_name = "content/widgets/table_editor.html"
    is_hidden = False
    show_add_comment_button = False

    def format_value(self, value: Any) -> str:
        """Return the table as the editor's browser shows it."""
        return table_for_editor(str(value or ""))

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> str | None:
        """Return the table in its stored form, whatever was sent."""
        sent = super().value_from_datadict(data, files, name)  # type: ignore[arg-type]
        return None if sent is None else clean_table(sent)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the addresses of Wagtail's choosers."""
        context = super().get_context(name, value, attrs)
        context["choosers"] = {
            "page": reverse("wagtailadmin_choose_page"),
            "external": reverse("wagtailadmin_choose_page_external_link"),
            "email": reverse("wagtailadmin_choose_page_email_link"),
            "phone": reverse("wagtailadmin_choose_page_phone_link"),
            "anchor": reverse("wagtailadmin_choose_page_anchor_link"),
            "document": reverse("wagtaildocs_chooser:choose"),
            "image": reverse("wagtailimages_chooser:choose"),
        }
        return context

    @property
    def media(self) -> forms.Media:
        """The editor's own files, and those of the choosers that it opens."""
        scripts = [
            "wagtailadmin/js/modal-workflow.js",
            "wagtailadmin/js/page-chooser-modal.js",
            "wagtaildocs/js/document-chooser-modal.js",
            "wagtailimages/js/image-chooser-modal.js",
        ]
        return forms.Media(
            js=[
                *(versioned_static(path) for path in scripts),
                "content/js/table-grid.js",
                "content/js/table-paste.js",
                "content/js/table-editor.js",
            ],
            css={"all": ["content/css/table-editor.css"]},
        )
