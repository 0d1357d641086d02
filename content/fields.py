"""Fields whose migrations stay small, and which read whatever is stored."""

from __future__ import annotations

import json
from typing import Any

from wagtail import fields
from wagtail.blocks import StreamValue

from content.mending import mended, mended_rich_text
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

    def to_python(self, value: Any) -> StreamValue:
        """Override: stored values in a form that no block expects become empty ones, so that
        the page can be shown and mended (:mod:`content.mending`)."""
        return super().to_python(self._as_expected(value))

    def _as_expected(self, value: Any) -> Any:
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:  # Wagtail keeps such a text, which was never a stream.
                return value
        if value is None or isinstance(value, StreamValue) or _is_made_by_code(value):
            return value
        return mended(self.stream_block, value)

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return the texts of all blocks, read as they are stored: no page, picture or document
        that a block leads to is asked for."""
        return list(stored_texts(value.stream_block, value.get_prep_value()))


def _is_made_by_code(value: Any) -> bool:
    """Tell whether a stream was written as ``[("block", value), …]``, which JSON never holds."""
    return isinstance(value, list | tuple) and any(isinstance(each, tuple) for each in value)


class RichTextField(fields.RichTextField):
    """Wagtail's RichTextField, without references that can name no object."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Mend what is read."""
        return mended_rich_text(value) if isinstance(value, str) else value

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, arguments, keywords = super().deconstruct()
        return name, "wagtail.fields.RichTextField", arguments, keywords
