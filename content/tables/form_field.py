"""The form field in which editors work on a table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from wagtail.admin.staticfiles import versioned_static

from content.tables.display import table_for_editor
from content.tables.stored import clean_table


@dataclass(frozen=True)
class Tool:
    """A button: the method of the browser's script that it runs, its full name, and what
    it shows, an icon or a short text. A switch tells whether it is on."""

    command: str
    label: str
    text: str = ""
    icon: str = ""
    is_switch: bool = False


@dataclass(frozen=True)
class ToolGroup:
    """Buttons that belong together. A named group shows its name before them."""

    label: str
    tools: tuple[Tool, ...]
    is_named: bool = True


TOOLS = (
    ToolGroup(
        "Text",
        (
            Tool("bold", "Bold", icon="bold", is_switch=True),
            Tool("italic", "Italic", icon="italic", is_switch=True),
            Tool("link", "Link", icon="link"),
            Tool("documentLink", "Link to a document", icon="doc-full-inverse"),
            Tool("unlink", "Remove the link", text="Unlink"),
            Tool("picture", "Picture", icon="image"),
        ),
        is_named=False,
    ),
    ToolGroup(
        "Row",
        (
            Tool("rowBefore", "Add a row above", text="Add above"),
            Tool("rowAfter", "Add a row below", text="Add below"),
            Tool("removeRow", "Remove the row", icon="bin"),
        ),
    ),
    ToolGroup(
        "Column",
        (
            Tool("columnBefore", "Add a column before", text="Add before"),
            Tool("columnAfter", "Add a column after", text="Add after"),
            Tool("removeColumn", "Remove the column", icon="bin"),
        ),
    ),
    ToolGroup(
        "Header",
        (
            Tool("toggleHead", "Header row", text="First row", is_switch=True),
            Tool("toggleHeaderCell", "Header cell", text="This cell", is_switch=True),
        ),
    ),
    ToolGroup(
        "Merge",
        (
            Tool("mergeRight", "Merge with the cell at the right", text="Right"),
            Tool("mergeBelow", "Merge with the cell below", text="Below"),
            Tool("split", "Split the merged cell", text="Split"),
        ),
    ),
)


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
        """Add the tools, and the addresses of Wagtail's choosers."""
        context = super().get_context(name, value, attrs)
        choosers = {
            "page": reverse("wagtailadmin_choose_page"),
            "external": reverse("wagtailadmin_choose_page_external_link"),
            "email": reverse("wagtailadmin_choose_page_email_link"),
            "phone": reverse("wagtailadmin_choose_page_phone_link"),
            "anchor": reverse("wagtailadmin_choose_page_anchor_link"),
            "document": reverse("wagtaildocs_chooser:choose"),
            "image": reverse("wagtailimages_chooser:choose"),
        }
        context["widget"]["attrs"]["data-table-editor-target"] = "input"
        context["choosers"] = json.dumps(choosers)
        context["tools"] = TOOLS
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
