"""Writing planned content into the fields of a Wagtail object."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from wagtail.fields import StreamField

from isomer.plan import page_id, references_of


def references_in(
    content: dict[str, Any], pages: Mapping[str, int], media: Mapping[str, int]
) -> dict[str, int | None]:
    """Return the ids that :func:`isomer.plan.fill_in` puts in.

    Each name is ``"page KEY"`` or ``"media PATH"``.
    """
    return {
        f"{kind} {key}": page_id(key, pages) if kind == "page" else media.get(key)
        for kind, key in references_of(content)
    }


def write_fields(target: models.Model, values: Mapping[str, Any]) -> None:
    """Set the fields of a page or setting from filled-in content."""
    for name, value in values.items():
        if name.startswith("$") or name == "live":
            continue
        field: Any = target._meta.get_field(name)
        if isinstance(field, models.ForeignKey):
            setattr(target, field.attname, value)
        elif isinstance(field, StreamField):
            setattr(target, name, field.stream_block.to_python(value))
        else:
            setattr(target, name, field.to_python(value))


def clear_fields(target: models.Model, names: Iterable[str]) -> None:
    """Set fields to what they hold without an import: those that an earlier one filled in and
    this one says nothing about."""
    for name in names:
        if not name.startswith("$") and name != "live":
            field: Any = target._meta.get_field(name)
            setattr(target, name, field.get_default())
