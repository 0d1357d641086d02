"""Imported content beside the content of a Wagtail object: writing it, comparing it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Page

from isomer.plan.links import fill_in

_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


def filled_in(
    content: dict[str, Any], pages: Mapping[str, int], pictures: Mapping[str, int]
) -> dict[str, Any]:
    """Return planned content with ids in place of references."""
    result: dict[str, Any] = fill_in(content, pages, pictures)
    return result


def write_fields(target: models.Model, values: Mapping[str, Any]) -> None:
    """Set the fields of a page or setting from filled-in content."""
    for name, value in values.items():
        if name.startswith("$") or name == "live":
            continue
        field = target._meta.get_field(name)
        if isinstance(field, models.ForeignKey):
            setattr(target, field.attname, value)
        elif isinstance(field, StreamField):
            setattr(target, name, field.stream_block.to_python(value))
        else:
            setattr(target, name, value)


def same_content(target: models.Model, values: Mapping[str, Any]) -> bool:
    """Tell whether an object still holds what was imported.

    What the editor rewrites without anybody editing is overlooked: block keys of
    rich text, and line ends, which browsers send as CR LF.
    """
    for name, value in values.items():
        if name.startswith("$"):
            continue
        field = target._meta.get_field(name)
        if isinstance(field, StreamField):
            block = field.stream_block
            imported = block.get_prep_value(block.to_python(value))
            current = block.get_prep_value(getattr(target, name))
        elif isinstance(field, models.ForeignKey):
            imported, current = value, getattr(target, field.attname)
        else:
            imported, current = value, getattr(target, name)
        if _overlooking(imported) != _overlooking(current):
            return False
    return True


def _overlooking(value: Any) -> Any:
    if isinstance(value, str):
        return _BLOCK_KEY.sub("", value.replace("\r\n", "\n"))
    if isinstance(value, list):
        return [_overlooking(item) for item in value]
    if isinstance(value, dict):
        return {key: _overlooking(item) for key, item in value.items()}
    return value


def latest(page: Page) -> Page:
    """Return a page as its editors last left it, drafts included."""
    revised: Page = page.get_latest_revision_as_object() if page.latest_revision_id else page
    return revised
