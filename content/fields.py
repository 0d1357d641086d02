"""A StreamField whose migrations stay small."""

from __future__ import annotations

from typing import Any

from wagtail import fields

from content.search_texts import stored_texts


class StreamField(fields.StreamField):
    """Wagtail's StreamField, with the block definitions left out of migrations.

    Wagtail writes every block definition into the migration of every model that
    uses it, so a changed help text makes a migration for each page type. The
    database column is the same JSON whatever the blocks are, so nothing is gained
    by that. Here a migration records a plain ``StreamField([])``.

    What this means for a data migration: the historical model does not know the
    blocks. Work on the raw JSON (``value.raw_data``), or pass the block
    definitions in yourself. The README's "Decisions" section says more.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, _arguments, keywords = super().deconstruct()
        # Wagtail's own field, as a migration holds it, says the same of itself.
        keywords["block_lookup"] = {}
        return name, "wagtail.fields.StreamField", [[]], keywords

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return the texts of all blocks, read as they are stored: no page, picture or document
        that a block leads to is asked for."""
        return list(stored_texts(value.stream_block, value.get_prep_value()))
