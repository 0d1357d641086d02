"""HTML that stands as a block of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isomer.kramdown.document import Block
from isomer.kramdown.html_parts import (
    END_TAG,
    HOLD_BLOCKS,
    HOLD_SPANS,
    MAXIMUM_DEPTH,
    SPANS,
    known_name,
    read_comment,
    read_raw,
    read_tag,
)
from isomer.kramdown.tree import VERBATIM, VOID, Element, OpenTag

if TYPE_CHECKING:
    from isomer.kramdown.blocks import BlockReader

MARK = re.compile(r" {0,3}(?=<(?:[^\W\d]|/|!--))")
_REST = re.compile(r"[ \t\r\f\v]*\n")


def read_end_tag(reader: BlockReader, element: Element) -> bool:
    """Read the end tag of an element whose blocks are being read."""
    start = MARK.match(reader.text, reader.place)
    ending = END_TAG.match(reader.text, start.end()) if start else None
    if ending is None or known_name(ending[1]) != element.name:
        return False
    reader.place = ending.end()
    return True


def read_html(reader: BlockReader, start: re.Match[str]) -> None:
    """Read a comment or an element that begins a block; end tags of others are text."""
    comment = read_comment(reader.finder, reader.place)
    if comment:
        reader.place = comment[1]
        reader.add(Block("html", comment[0]))
        _finish(reader)
        return
    tag = read_tag(reader.finder, start.end())
    if tag is None or tag.name in SPANS:
        return
    wanted = tag.attributes.pop("markdown", "")
    content = content_kind(reader, tag.name, wanted)
    is_open = tag.is_closed and tag.name not in VOID and content == "raw"
    element = (OpenTag if is_open else Element)(tag.name, tag.attributes)
    reader.place = tag.end
    reader.add(Block("html", element))
    if not tag.is_closed:
        read_content(reader, element, content)
        if element.name not in VERBATIM:
            _finish(reader)


def content_kind(reader: BlockReader, name: str, wanted: str) -> str:
    """Return as what the content of an element is read."""
    own = "block" if name in HOLD_BLOCKS else "span" if name in HOLD_SPANS else "raw"
    if wanted in ("block", "span"):
        return "raw" if name in VERBATIM else wanted
    if wanted == "1" or (not wanted and reader.document.flag("parse_block_html")):
        return own
    return "raw"


def read_content(reader: BlockReader, element: Element, kind: str) -> None:
    """Read what stands in an element, and its end tag."""
    text = reader.text
    if kind == "raw":
        limit = MAXIMUM_DEPTH - reader.depth

        def read_marked(inner: Element, place: int, wanted: str) -> int:
            kind = content_kind(reader, inner.name, wanted)
            if kind == "raw":
                return -1
            reader.place = place
            read_content(reader, inner, kind)
            return reader.place

        reader.place, _ = read_raw(reader.finder, reader.place, element, limit, read_marked)
    elif kind == "span":
        closing = re.compile(rf"</{element.name}\s*>", re.IGNORECASE).search(text, reader.place)
        end = closing.start() if closing else len(text)
        reader.document.wait(element, text[reader.place : end], in_html=True)
        reader.place = closing.end() if closing else end
    else:
        rest = _REST.match(text, reader.place)
        reader.place = rest.end() if rest else reader.place
        saved = reader.blocks, reader.within, reader.in_html
        reader.blocks, reader.in_html = [], True
        reader.depth += 1
        reader.read_blocks(element)
        reader.depth -= 1
        reader.put(reader.blocks, element)
        reader.blocks, reader.within, reader.in_html = saved


def _finish(reader: BlockReader) -> None:
    """Pass over the rest of the line, if nothing stands there."""
    rest = _REST.match(reader.text, reader.place)
    if rest:
        reader.place = rest.end()
