"""Stored values as their definitions expect them, whatever a database holds.

A script, a restored copy or an older version of a block may have left values of another form. A
page with one must still be served and opened. What is of no use becomes an empty value; words
stay.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime, parse_time
from wagtail import blocks
from wagtail.blocks.list_block import ListBlock
from wagtail.rich_text.rewriters import FIND_A_TAG, FIND_EMBED_TAG, extract_attrs

from content.page_data.stored import number_of
from content.tables.cells import PICTURE_SIZES

# Links of rich text that name an object by its id.
ENTITY_LINKS = frozenset({"page", "document"})
# What databases hold in a column of whole numbers.
LARGEST = 2**31 - 1


def mended(block: blocks.Block, data: Any) -> Any:
    """Return the stored value of a block in the form that its definition expects.

    Args:
        block: the definition.
        data: what is stored, as plain data; a value in the right form is returned as it is.
    """
    if isinstance(block, blocks.BaseStreamBlock):
        return _mended_stream(block, data)
    if isinstance(block, ListBlock):
        return _mended_list(block, data)
    if isinstance(block, blocks.BaseStructBlock):
        return _mended_struct(block, data)
    for kind, mend in _MENDERS:
        if isinstance(block, kind):
            return mend(block, data)
    return data


def _mended_stream(block: blocks.BaseStreamBlock, data: Any) -> list[dict[str, Any]]:
    found = []
    for each in data if isinstance(data, list) else ():
        name = each.get("type") if isinstance(each, dict) else None
        child = block.child_blocks.get(name) if isinstance(name, str) else None
        if child is not None:
            found.append(_with_value(each, mended(child, each.get("value"))))
    return found


def _mended_list(block: ListBlock, data: Any) -> list[Any]:
    found: list[Any] = []
    for each in data if isinstance(data, list) else ():
        # Lists of old versions of Wagtail hold bare values.
        if isinstance(each, dict) and each.get("type") == "item" and "value" in each:
            found.append(_with_value(each, mended(block.child_block, each["value"])))
        else:
            found.append(mended(block.child_block, each))
    return found


def _with_value(entry: dict[str, Any], value: Any) -> dict[str, Any]:
    key = entry.get("id")
    return {**entry, "value": value, "id": key if isinstance(key, str) else None}


def _mended_struct(block: blocks.BaseStructBlock, data: Any) -> dict[str, Any]:
    known = data if isinstance(data, dict) else {}
    parts = {
        name: mended(child, known[name])
        for name, child in block.child_blocks.items()
        if name in known
    }
    return {**known, **parts}


def _text(block: Any, data: Any) -> str | None:
    if data is None or isinstance(data, str):
        return data if data is None else data.replace("\0", "")
    is_number = isinstance(data, int | float) and not isinstance(data, bool)
    return str(data) if is_number else ""


def _markup(block: Any, data: Any) -> str:
    return mended_rich_text(_text(block, data) or "")


def _choice(block: blocks.ChoiceBlock, data: Any) -> Any:
    if data in ("", None):
        return data
    values = [value for value, _ in _flat(block.field.choices)]
    return data if isinstance(data, str | int) and data in values else block.get_default()


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    pairs: list[tuple[Any, Any]] = []
    for value, label in choices:
        pairs.extend(label if isinstance(label, list | tuple) else [(value, label)])
    return pairs


def _truth(block: Any, data: Any) -> bool:
    return data is True


def _whole_number(block: Any, data: Any) -> int | None:
    text = str(data).strip()
    is_number = not isinstance(data, bool) and re.fullmatch(r"-?[0-9]{1,10}", text)
    return int(text) if is_number and abs(int(text)) <= LARGEST else None


def _number(block: Any, data: Any) -> Any:
    try:
        is_number = not isinstance(data, bool) and math.isfinite(float(data))
    except (TypeError, ValueError, OverflowError):
        return None
    return data if is_number else None


def _reference(block: Any, data: Any) -> int | None:
    return number_of(data)


def _moment(parse: Callable[[str], Any]) -> Callable[[Any, Any], Any]:
    def mend(block: Any, data: Any) -> Any:
        if isinstance(data, datetime.date | datetime.time):
            return data
        try:
            return data if isinstance(data, str) and parse(data) else None
        except ValueError:  # a day that no calendar has
            return None

    return mend


# The first kind that a block belongs to counts.
_MENDERS: list[tuple[Any, Callable[[Any, Any], Any]]] = [
    (blocks.RichTextBlock, _markup),
    (blocks.ChooserBlock, _reference),
    (blocks.ChoiceBlock, _choice),
    (blocks.BooleanBlock, _truth),
    (blocks.IntegerBlock, _whole_number),
    ((blocks.FloatBlock, blocks.DecimalBlock), _number),
    (blocks.DateTimeBlock, _moment(parse_datetime)),
    (blocks.DateBlock, _moment(parse_date)),
    (blocks.TimeBlock, _moment(parse_time)),
    (blocks.StaticBlock, lambda block, data: None),
    (
        (
            blocks.CharBlock,
            blocks.TextBlock,
            blocks.RegexBlock,
            blocks.EmailBlock,
            blocks.URLBlock,
            blocks.RawHTMLBlock,
        ),
        _text,
    ),
]


def mended_rich_text(html: str) -> str:
    """Return stored rich text without references that can name no object.

    Their words stay, as text. A picture needs a size that is known. What would have to be asked
    from another host while a page is served (``embedtype="media"``) is left out.
    """
    if "linktype=" not in html and "<embed" not in html:
        return html
    linked = FIND_A_TAG.sub(
        lambda tag: "<a>" if _leads_nowhere(extract_attrs(tag[1])) else tag[0], html
    )
    return FIND_EMBED_TAG.sub(_mended_embed, linked)


def _leads_nowhere(attributes: Mapping[str, str]) -> bool:
    kind = attributes.get("linktype")
    return kind is not None and (
        kind not in ENTITY_LINKS or number_of(attributes.get("id")) is None
    )


def _mended_embed(tag: re.Match[str]) -> str:
    attributes = extract_attrs(tag[1])
    if attributes.get("embedtype") != "image" or number_of(attributes.get("id")) is None:
        return ""
    if attributes.get("format") in PICTURE_SIZES:
        return tag[0]
    rest = re.sub(r'\s*format="[^"]*"', "", tag[1]).rstrip()
    return f'<embed{rest} format="{next(iter(PICTURE_SIZES))}"/>'


def broken_references(html: str) -> list[str]:
    """Return the ids in rich text that can name no object, ``""`` for one that is missing."""
    links = [extract_attrs(found) for found in FIND_A_TAG.findall(html)]
    embeds = [extract_attrs(found) for found in FIND_EMBED_TAG.findall(html)]
    entities = [one for one in links if one.get("linktype") in ENTITY_LINKS]
    entities += [one for one in embeds if one.get("embedtype") == "image"]
    return [one.get("id", "") for one in entities if number_of(one.get("id")) is None]
