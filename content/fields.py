"""Fields whose migrations stay small, which read whatever is stored, and whose forms know when
nothing was changed."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks, fields
from wagtail.blocks import StreamValue
from wagtail.blocks.base import BlockField

from content.page_data.mending import mended, mended_rich_text
from content.page_data.stored import without_traces
from content.search_text.texts import stored_texts


class StreamFormField(BlockField):
    """The form field of blocks, which compares values as they would be stored.

    Wagtail compares what is stored with what was posted before it was cleaned: an empty number
    is ``None`` here and ``""`` there, a filled-in one ``3`` and ``"3"``. Then every form counts
    as changed, and approving it asks for another approval.
    """

    def has_changed(self, initial_value: Any, data_value: Any) -> bool:
        """Override of ``BlockField.has_changed``; a value that can't be stored is a change."""
        if not super().has_changed(initial_value, data_value):
            return False
        try:
            before, after = (
                self.block.get_prep_value(self.clean(value))
                for value in (initial_value, data_value)
            )
        except ValidationError:
            return True
        return not same_blocks(self.block, before, after)


def same_blocks(block: blocks.Block, before: Any, after: Any) -> bool:
    """Tell whether two stored values of a block are the same to an editor.

    Ids are left out, since the form makes them up where there are none. Rich text is the same if
    its editor makes the one out of the other when nobody types.
    """
    if isinstance(block, blocks.BaseStructBlock):
        children = block.child_blocks.items()
        return all(same_blocks(one, before.get(name), after.get(name)) for name, one in children)
    if isinstance(block, blocks.BaseStreamBlock | blocks.ListBlock):
        if len(before) != len(after):
            return False
        pairs = zip(before, after, strict=True)
        return all(
            one["type"] == two["type"] and _same_values(block, one, two) for one, two in pairs
        )
    if before == after or not isinstance(before, str) or not isinstance(after, str):
        return bool(before == after)
    plain = without_traces(after)
    if without_traces(before) == plain or not isinstance(block, blocks.RichTextBlock):
        return without_traces(before) == plain
    widget = block.field.widget
    untouched = widget.value_from_datadict({"text": widget.format_value(before)}, {}, "text")
    return without_traces(untouched or "") == plain


def _same_values(block: Any, one: dict[str, Any], two: dict[str, Any]) -> bool:
    is_list = isinstance(block, blocks.ListBlock)
    child = block.child_block if is_list else block.child_blocks[one["type"]]
    return same_blocks(child, one["value"], two["value"])


class StreamField(fields.StreamField):
    """Wagtail's StreamField, with the block definitions left out of migrations.

    Wagtail writes every block definition into the migration of every model that
    uses it, so a changed help text makes a migration for each page type. The
    database column is the same JSON whatever the blocks are, so nothing is gained
    by that. Here a migration records a plain ``StreamField([])``.

    What this means for a data migration: the historical model does not know the
    blocks. Work on the raw JSON (``value.raw_data``), or pass the block
    definitions in yourself. docs/decisions/block-definitions.md says more.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, _arguments, keywords = super().deconstruct()
        # Wagtail's own field, as a migration holds it, says the same of itself.
        keywords["block_lookup"] = {}
        return name, "wagtail.fields.StreamField", [[]], keywords

    def formfield(self, **kwargs: Any) -> Any:
        """Return the form field of the blocks, a :class:`StreamFormField`."""
        return super().formfield(**{"form_class": StreamFormField} | kwargs)

    def to_python(self, value: Any) -> StreamValue:
        """Override: stored values in a form that no block expects become empty ones, so that
        the page can be shown and mended (:mod:`content.page_data.mending`)."""
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
