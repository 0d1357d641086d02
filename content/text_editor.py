"""The editor of running text."""

from __future__ import annotations

from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea

from content.page_data.mending import mended_rich_text


class TextEditor(DraftailRichTextArea):
    """Wagtail's editor, which also opens text with references that can name no object."""

    def format_value(self, value: Any) -> Any:
        """Override: Wagtail asks the database for each reference, whatever its id is."""
        return super().format_value(mended_rich_text(value) if isinstance(value, str) else value)
