"""What an import could not turn into blocks."""

from __future__ import annotations

from typing import Any

from wagtail import blocks

from content.markup.sanitise import sanitise
from content.search_text.texts import words_of_markup


class MarkupBlock(blocks.RawHTMLBlock):
    """HTML that is found by its words."""

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return the words between the tags."""
        return [words_of_markup(str(value))]


class ImportedHTMLBlock(blocks.StructBlock):
    """Markup of the old site that no rule turns into blocks yet, made safe."""

    html = MarkupBlock(
        label="HTML",
        help_text="Made safe whenever the page is saved: scripts and styles don't stay.",
    )
    pattern = blocks.CharBlock(
        required=False,
        search_index=False,
        label="Why it is here",
        help_text="What the importer found. Rebuild it with ordinary blocks when you can.",
    )

    class Meta:
        icon = "code"
        label = "Imported HTML"
        template = "content/blocks/imported_html.html"
        description = (
            "A part of the old site that no other block could hold. Made by the import; use the"
            " other blocks for anything new."
        )
        preview_value = {"html": "<p>Markup of the old site.</p>", "pattern": "a table"}

    def clean(self, value: Any) -> Any:
        """Make safe what somebody wrote here, by the rules of the import."""
        cleaned = super().clean(value)
        cleaned["html"] = sanitise(str(cleaned["html"])).html
        return cleaned
