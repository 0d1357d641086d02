"""Elements of HTML within a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isomer.kramdown.html_parts import BLOCKS, END_TAG, HOLD_SPANS, decoded, known_name, read_tag
from isomer.kramdown.tree import VERBATIM, Element, RawText, ShownTag, to_html

if TYPE_CHECKING:
    from isomer.kramdown.spans import Sink, SpanReader

# Elements that no table of kramdown's names as block or span, but whose content is read.
_READ_IN_SPANS = frozenset({"details", "figure", "noscript", "object"})


def read_element(reader: SpanReader, sink: Sink, match: re.Match[str]) -> None:
    """Read the element at a place."""
    text = reader.text
    tag = read_tag(reader.finder, match.start())
    if tag is None:
        return
    reader.place = tag.end
    if tag.name in BLOCKS:
        sink.text(ShownTag(text[match.start() : tag.end]))
        return
    attributes = {key: re.sub(r"\n+", " ", value) for key, value in tag.attributes.items()}
    wanted = attributes.pop("markdown", "")
    is_read = wanted in ("span", "block")
    if wanted == "1" or (wanted != "0" and reader.document.flag("parse_span_html")):
        holds = tag.name in HOLD_SPANS or tag.name in _READ_IN_SPANS
        is_read = is_read or (holds and (wanted == "1" or not reader.only_tags))
    element = Element(tag.name, attributes)
    sink.node(element)
    if tag.is_closed:
        return

    def ends(place: int, _: Sink) -> None:
        ending = END_TAG.match(text, place) if text[place] == "<" else None
        return ending is not None and known_name(ending[1]) == element.name

    saved = reader.only_tags, reader.in_html
    reader.only_tags, reader.in_html = not is_read or tag.name in VERBATIM, True
    nodes, is_closed = reader.within(reader.inside, 0, ends)
    if is_closed:
        reader.place = text.index(">", reader.place) + 1
    if reader.only_tags:
        nodes = [RawText(decoded(one)) if type(one) is str else one for one in nodes]
    element.children = [RawText(to_html(nodes))] if tag.name in VERBATIM else nodes
    reader.only_tags, reader.in_html = saved
