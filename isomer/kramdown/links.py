"""Links and pictures, ``[words](address "title")`` and ``[words][name]``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isomer.kramdown.document import LinkDefinition, link_name
from isomer.kramdown.marks import IMAGE, LINK
from isomer.kramdown.scan import SPACES
from isomer.kramdown.tree import Element, decoded

if TYPE_CHECKING:
    from isomer.kramdown.spans import Sink, SpanReader

# So many characters of words are looked at as a name; brackets may hold a whole text.
LONGEST_NAME = 1000
_NAME = re.compile(r"[ \t\n\r\f\v]*\[([^\]]+)?\]")
_ANGLE = re.compile(r"\([ \t\n\r\f\v]*<")
_ANGLE_END = re.compile(r"[\n>]")
_END = re.compile(r"[ \t\n\r\f\v]*\)")
_TITLE = re.compile(r"""[ \t\n\r\f\v]*(["'])""")
_TITLE_ENDS = {mark: re.compile(rf"{mark}[ \t\n\r\f\v]*\)") for mark in ('"', "'")}
_STRUCTURE = re.compile(r"[()]")
_BEFORE_TITLE = re.compile(r"""[ \t\n\r\f\v](?=["'])""")
_ESCAPED = re.compile(r"""\\([\\.*_+`<>()\[\]{}\#!:|"'$=~-])""")


def read_link(reader: SpanReader, sink: Sink, match: re.Match[str]) -> None:
    """Read the link or picture at a place."""
    text, begin = reader.text, match.end()
    is_image = text[match.start()] == "!"
    # All is text in a picture, whether that stands in a link or not.
    inside = reader.inside & ~LINK | IMAGE if is_image else reader.inside | LINK
    nodes, end = reader.words(begin, inside, 0, "]")
    found = _target(reader, begin, end) if end >= 0 else None
    if found is None:
        sink.text(match.group())
        reader.place = begin
        return
    definition, after = found
    if is_image:
        words = _ESCAPED.sub(r"\1", text[begin:end])
        element = Element("img", {"src": decoded(definition.address), "alt": decoded(words)})
    else:
        nodes = nodes or reader.words_to(begin, end, inside, 0)
        element = Element("a", {"href": decoded(definition.address)}, nodes)
    if definition.title is not None:
        element.attributes["title"] = decoded(definition.title)
    reader.document.attributed.append((element.attributes, definition.attributes))
    sink.node(element)
    reader.place = after


def _target(reader: SpanReader, begin: int, end: int) -> tuple[LinkDefinition, int] | None:
    """Return what follows the words between two places: an address, or the name of a definition."""
    text, place = reader.text, end + 1
    named = _NAME.match(text, place)
    if named or not text.startswith("(", place):
        name = (named and named[1]) or (text[begin:end] if end - begin <= LONGEST_NAME else "")
        definition = reader.document.links.get(link_name(name))
        return (definition, named.end() if named else place) if definition else None
    angle = _ANGLE.match(text, place)
    angle_end = reader.finder.next(_ANGLE_END, angle.end()) if angle else None
    if angle and angle_end and angle_end[0] == ">":
        address = text[angle.end() : angle_end.start()]
        after = _END.match(text, angle_end.end())
        plain = LinkDefinition(address, None)
        return (plain, after.end()) if after else _with_title(reader, address, angle_end.end())
    if reader.parentheses is None:
        reader.parentheses = _parentheses(text)
    closing_place = reader.parentheses.get(place, -1)
    title = reader.finder.next(_BEFORE_TITLE, place + 1)
    if title is not None and (closing_place < 0 or title.start() < closing_place):
        return _with_title(reader, text[place + 1 : title.start()].strip(SPACES), title.start())
    if closing_place < 0:
        return None
    return LinkDefinition(text[place + 1 : closing_place].strip(SPACES), None), closing_place + 1


def _parentheses(text: str) -> dict[int, int]:
    """Return for each opening parenthesis of a text its closing one."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for match in _STRUCTURE.finditer(text):
        if match.group() == "(":
            opened.append(match.start())
        elif opened:
            closing[opened.pop()] = match.start()
    return closing


def _with_title(reader: SpanReader, address: str, place: int) -> tuple[LinkDefinition, int] | None:
    quote = _TITLE.match(reader.text, place)
    if quote is None:
        return None
    closing = reader.finder.next(_TITLE_ENDS[quote[1]], quote.end() + 1)
    if closing is None:
        return None
    title = reader.text[quote.end() : closing.start()]
    return LinkDefinition(address, title), closing.end()
