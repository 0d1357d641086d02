"""What an import could not turn into blocks."""

from __future__ import annotations

from typing import Any

from wagtail import blocks

from content.sanitise import sanitise


class ImportedHTMLBlock(blocks.StructBlock):
    """Markup of the old site that no rule turns into blocks yet, made safe."""

    html = blocks.RawHTMLBlock(label="HTML")
    pattern = blocks.CharBlock(
        required=False,
        label="Why it is here",
        help_text="What the importer found. Rebuild it with ordinary blocks when you can.",
    )

    class Meta:
        icon = "code"
        label = "Imported HTML"
        template = "content/blocks/imported_html.html"
        description = "Made by the import only. Use the other blocks for anything new."
        preview_value = {"html": "<p>Markup of the old site.</p>", "pattern": "a table"}

    def clean(self, value: Any) -> Any:
        """Make safe what somebody wrote here, by the rules of the import."""
        cleaned = super().clean(value)
        cleaned["html"] = sanitise(str(cleaned["html"])).html
        return cleaned
