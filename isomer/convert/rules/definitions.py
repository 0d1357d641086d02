"""Lists of terms: a term becomes a bold paragraph, what is said of it follows."""

from __future__ import annotations

from bs4.element import Tag

from isomer.convert.body_reader import BodyReader
from isomer.convert.text.streams import Item
from isomer.convert.tree.nesting import mark_texts


def definitions(reader: BodyReader, tag: Tag) -> list[Item] | None:
    """Open ``<dl>``, and write its ``<dt>`` in bold (format reference, 6.1).

    The editor's text has no such lists. ``reader`` reads what stands in them; ``None`` comes
    back for any other element.
    """
    if tag.name == "dl":
        return reader.inner(tag.children)
    if tag.name == "dt":
        return reader.inner(mark_texts(tag, Tag(name="b")))
    return None
