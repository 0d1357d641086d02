"""Filling in a page's edit form the way an editor's browser would."""

from __future__ import annotations

import datetime
import json
from typing import Any

from wagtail import blocks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from content.blocks import TableCellsBlock


def rich_text_data(html: str, features: list[str] | None) -> str:
    """Return what the rich text editor posts for a value nobody touched."""
    if not html:
        # The editor in a browser posts this for a text without any letter.
        return "null"
    converter = ContentstateConverter(features or [])
    return json.dumps(json.loads(converter.from_database_format(html)))


def block_data(block: blocks.Block, value: Any, prefix: str) -> dict[str, str]:
    """Return the form fields of a block's value under a prefix."""
    if isinstance(block, blocks.BaseStreamBlock):
        data = {f"{prefix}-count": str(len(value))}
        for number, child in enumerate(value):
            data |= {
                f"{prefix}-{number}-deleted": "",
                f"{prefix}-{number}-order": str(number),
                f"{prefix}-{number}-type": child.block_type,
                f"{prefix}-{number}-id": child.id or "",
            }
            data |= block_data(child.block, child.value, f"{prefix}-{number}-value")
        return data
    if isinstance(block, blocks.ListBlock):
        data = {f"{prefix}-count": str(len(value))}
        for number, child in enumerate(value.bound_blocks):
            data |= {
                f"{prefix}-{number}-deleted": "",
                f"{prefix}-{number}-order": str(number),
                f"{prefix}-{number}-id": child.id or "",
            }
            data |= block_data(block.child_block, child.value, f"{prefix}-{number}-value")
        return data
    if isinstance(block, blocks.BaseStructBlock):
        data = {}
        for name, child in block.child_blocks.items():
            data |= block_data(child, value.get(name), f"{prefix}-{name}")
        return data
    if isinstance(block, blocks.StaticBlock):
        return {}
    if isinstance(block, TableCellsBlock):
        return {prefix: block.field.widget.format_value(value.source)}
    if isinstance(block, blocks.RichTextBlock):
        return {prefix: rich_text_data(value.source if value else "", block.features)}
    if isinstance(block, blocks.ChooserBlock):
        return {prefix: "" if value is None else str(value.pk)}
    text = "" if value is None else str(value)
    # Browsers send line ends of a text area as CR LF.
    return {prefix: text.replace("\n", "\r\n")}


def page_form_data(page: Page) -> dict[str, str]:
    """Return the whole edit form of a page, filled in with what the page holds."""
    edit_handler = page.get_edit_handler()
    form = edit_handler.get_form_class()(instance=page)
    data: dict[str, str] = {}
    for name, form_field in form.fields.items():
        field = page._meta.get_field(name) if name in _field_names(page) else None
        value = getattr(page, name, None)
        if isinstance(field, StreamField):
            data |= block_data(field.stream_block, value, name)
        elif isinstance(field, RichTextField):
            data[name] = rich_text_data(value or "", field.features)
        elif form_field.__class__.__name__ == "BooleanField":
            if value:
                data[name] = "on"
        elif field is not None and field.is_relation:
            data[name] = str(getattr(page, field.attname) or "")
        else:
            bound = form[name].value()
            if isinstance(bound, datetime.date):
                bound = form_field.widget.format_value(bound)
            data[name] = "" if bound is None else str(bound).replace("\n", "\r\n")
    for prefix in form.formsets:
        data |= {
            f"{prefix}-TOTAL_FORMS": "0",
            f"{prefix}-INITIAL_FORMS": "0",
            f"{prefix}-MIN_NUM_FORMS": "0",
            f"{prefix}-MAX_NUM_FORMS": "1000",
        }
    return data


def _field_names(page: Page) -> set[str]:
    return {field.name for field in page._meta.get_fields()}
