"""Elements of HTML within a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isomer.kramdown.html_parts import (
    BLOCKS,
    END_TAG,
    HOLD_SPANS,
    decoded,
    known_name,
    read_tag,
)
from isomer.kramdown.links import Sink
from isomer.kramdown.tree import VERBATIM, Element, RawText, ShownTag, to_html

if TYPE_CHECKING:
    from isomer.kramdown.spans import SpanReader

# Elements that no table of kramdown's names as block or span, but whose content is read.
_READ_IN_SPANS = frozenset({"details", "figure", "noscript", "object"})


def read_element(reader: SpanReader, sink: Sink, start: int) -> bool:
    """Read the element at a place; tell whether there is one."""
    tag = read_tag(reader.finder, start)
    if tag is None:
        return False
    reader.place = tag.end
    if tag.name in BLOCKS:
        sink.text(ShownTag(reader.text[start : tag.end]))
        return True
    attributes = {key: re.sub(r"\n+", " ", value) for key, value in tag.attributes.items()}
    wanted = attributes.pop("markdown", "")
    is_read = wanted in ("span", "block")
    if wanted == "1" or (wanted != "0" and reader.document.flag("parse_span_html")):
        holds = tag.name in HOLD_SPANS or tag.name in _READ_IN_SPANS
        is_read = is_read or (holds and (wanted == "1" or not reader.only_tags))
    element = Element(tag.name, attributes)
    reader.add_element(sink, element)
    if tag.is_closed:
        return True
    target = sink.target
    only_tags, reader.only_tags = reader.only_tags, not is_read or tag.name in VERBATIM
    _content(reader, element, start)
    if reader.only_tags:
        element.children = [
            RawText(decoded(one)) if type(one) is str else one for one in element.children
        ]
    if tag.name in VERBATIM:
        element.children = [RawText(to_html(element.children))]
    reader.only_tags = only_tags
    sink.target = target
    return True


def _content(reader: SpanReader, element: Element, start: int) -> None:
    """Read what stands in an element that began at a place, and its end tag."""
    text = reader.text

    def ends(place: int, inner: Sink) -> bool:
        match = END_TAG.match(text, place) if text[place] == "<" else None
        return match is not None and known_name(match[1]) == element.name

    inner = Sink()
    in_html, reader.in_html = reader.in_html, True
    reader.open_elements.append(start)
    saved, reader.limit = reader.limit, len(text)
    is_closed = reader.within(0, inner, ends)
    reader.limit = saved
    reader.open_elements.pop()
    reader.in_html = in_html
    if is_closed:
        ending = END_TAG.match(text, reader.place)
        reader.place = ending.end() if ending else reader.place
    element.children = inner.nodes
    reader.ends[start] = reader.place
