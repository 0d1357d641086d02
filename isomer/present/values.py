"""The fields of a Wagtail object beside what an import wrote into them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from wagtail.fields import StreamField

from content.page_data.stored import without_block_keys
from isomer.plan import fill_in


def with_ids(
    content: dict[str, Any], pages: Mapping[str, int], media: Mapping[str, int]
) -> dict[str, Any]:
    """Return planned content with ids in place of references: pages by key, media by path."""
    result: dict[str, Any] = fill_in(content, pages, media)
    return result


def imported_values(
    content: dict[str, Any],
    references: Mapping[str, int | None],
    pages: Mapping[str, int],
    media: Mapping[str, int],
) -> dict[str, Any]:
    """Return content as an earlier import wrote it, with the ids of that time.

    ``pages`` and ``media`` are the ids of today, for rows without a record.
    """
    then: dict[str, dict[str, Any]] = {"page": dict(pages), "media": dict(media)}
    for name, object_id in references.items():
        kind, _, key = name.partition(" ")
        then[kind][key] = object_id
    return with_ids(content, then["page"], then["media"])


def same_content(target: models.Model, values: Mapping[str, Any]) -> bool:
    """Tell whether an object still holds what was imported.

    What the editor rewrites without anybody editing is overlooked: block keys of
    rich text, and line ends, which browsers send as CR LF. The day of the last change is
    no content.
    """
    for name, value in values.items():
        unsaid = name.startswith("$") or name == "last_updated"
        if unsaid or (name == "live" and _has_begun(values)):
            continue
        field: Any = target._meta.get_field(name)
        if isinstance(field, StreamField):
            block = field.stream_block
            imported = block.get_prep_value(block.to_python(value))
            current = block.get_prep_value(getattr(target, name))
        elif isinstance(field, models.ForeignKey):
            imported, current = value, getattr(target, field.attname)
        else:
            imported, current = field.to_python(value), getattr(target, name)
        if _overlooking(imported) != _overlooking(current):
            return False
    return True


def _has_begun(values: Mapping[str, Any]) -> bool:
    """Tell whether a page that was imported for a later day may be live by now."""
    begins = str(values.get("go_live_at") or "")
    return bool(begins) and datetime.fromisoformat(begins) <= timezone.now()


def _overlooking(value: Any) -> Any:
    if isinstance(value, str):
        return without_block_keys(value.replace("\r\n", "\n"))
    if isinstance(value, list):
        return [_overlooking(item) for item in value]
    if isinstance(value, dict):
        return {key: _overlooking(item) for key, item in value.items()}
    return value


def latest(instance: Any) -> Any:
    """Return a page or snippet as its editors last left it, drafts included."""
    return instance.get_latest_revision_as_object() if instance.latest_revision_id else instance
