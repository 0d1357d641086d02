"""What is left of forms: their words. A form of the old site can't be sent any more."""

from __future__ import annotations

from bs4.element import Tag

from content.markup.html_tree import line_attribute
from isomer.convert.body_reader import BodyReader
from isomer.convert.text.richtext import TextItem
from isomer.convert.text.runs import Run
from isomer.convert.text.streams import Item

_GROUPS = frozenset({"datalist", "optgroup", "select"})
_WITH_WORDS = frozenset({"button", "label", "meter", "option", "output", "progress", "textarea"})
_BUTTONS = frozenset({"button", "reset", "submit"})
_WITHOUT_WORDS = frozenset({"checkbox", "color", "file", "hidden", "image", "password", "radio"})


def form_field(reader: BodyReader, tag: Tag) -> list[Item] | None:
    """Turn a form field into the words that it showed, and count one that showed none.

    Returns ``None`` for any other element.
    """
    if tag.name in _GROUPS:
        reader.note("markup-left-out", "a choice of a form; its words are there as text")
        return reader.inner(tag.children)
    if tag.name in _WITH_WORDS:
        items = reader.inner(tag.children)
        if not items:
            reader.note("markup-left-out", f"a form field: {tag.name}")
        return items
    if tag.name != "input":
        return None
    kind = (str(tag.get("type") or "text")).strip().lower()
    words = "" if kind in _WITHOUT_WORDS else line_attribute(tag, "value")
    if kind != "hidden" and (not words or kind not in _BUTTONS):
        reader.note("markup-left-out", f"a form field: {kind}")
    return [TextItem("p", (Run(words),))] if words else []
