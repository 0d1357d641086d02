"""Links and pictures, ``[words](address "title")`` and ``[words][name]``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isomer.kramdown.attributes import AttributeList, merge
from isomer.kramdown.tree import Element, Node

if TYPE_CHECKING:
    from isomer.kramdown.spans import SpanReader, Stop

# What a mark stands in; each picture within another counts once more.
EM, STRONG, LINK, IMAGE = 1, 2, 4, 8
# A picture within the words of a picture is text, as all of them.
MOST_PICTURES = 1
_NAME = re.compile(r"[ \t\n\r\f\v]*\[([^\]]+)?\]")
_ANGLE_ADDRESS = re.compile(r"\([ \t\n\r\f\v]*<([^\n>]*)>")
_END = re.compile(r"[ \t\n\r\f\v]*\)")
_TITLE = re.compile(r"""[ \t\n\r\f\v]*(["'])""")
_TITLE_ENDS = {
    '"': re.compile(r'"[ \t\n\r\f\v]*\)'),
    "'": re.compile(r"'[ \t\n\r\f\v]*\)"),
}
_STRUCTURE = re.compile(r"[()]")
_BEFORE_TITLE = re.compile(r"""[ \t\n\r\f\v](?=["'])""")
_ESCAPED = re.compile(r"""\\([\\.*_+`<>()\[\]{}\#!:|"'$=~-])""")
_SPACES = re.compile(r"[ \t\n\r\f\v]+")


class Sink:
    """Collects nodes. ``target`` takes attributes in braces after an element; it is ``None``
    after text."""

    __slots__ = ("nodes", "target")

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.target: AttributeList | None = None

    def text(self, text: str) -> None:
        """Add text."""
        self.nodes.append(text)
        self.target = None

    def node(self, node: Node) -> None:
        """Add an element, or a character that attributes may follow without effect."""
        self.nodes.append(node)
        self.target = AttributeList()


class LinkDefinition:
    """``[name]: address "title"``, with the attributes that follow it."""

    __slots__ = ("address", "attributes", "title")

    def __init__(self, address: str, title: str | None) -> None:
        self.address = address
        self.title = title
        self.attributes = AttributeList()


class Parentheses:
    """For each opening parenthesis of a text its closing one."""

    def __init__(self, text: str) -> None:
        self.closing: dict[int, int] = {}
        opened: list[int] = []
        for match in _STRUCTURE.finditer(text):
            if match.group() == "(":
                opened.append(match.start())
            elif opened:
                self.closing[opened.pop()] = match.start()


def link_name(text: str) -> str:
    """Return the name of a definition in the form in which names are compared."""
    return _SPACES.sub(" ", text).lower()


def read_link(reader: SpanReader, sink: Sink, start: int) -> bool:
    """Read the link or picture at a place; tell whether there is one."""
    text = reader.text
    is_image = text[start] == "!"
    begin = start + 1 + is_image
    if not is_image and reader.inside >= LINK:
        return False
    if is_image and reader.inside // IMAGE >= MOST_PICTURES:
        return False
    if reader.last_place("]") < begin:
        return _not(reader, sink, start, begin)
    kind = IMAGE if is_image else LINK
    inner, end = _words(reader, begin, kind)
    if end < 0:
        return _not(reader, sink, start, begin)
    found = _target(reader, begin, end)
    if found is None:
        return _not(reader, sink, start, begin)
    definition, after = found
    element = Element("img" if is_image else "a")
    element.attributes["src" if is_image else "href"] = definition.address
    if is_image:
        element.attributes["alt"] = _ESCAPED.sub(r"\1", text[begin:end])
    else:
        element.children = inner.nodes if inner else _words_to(reader, begin, end, kind)
    if definition.title is not None:
        element.attributes["title"] = definition.title
    reader.place = after
    reader.add_element(sink, element)
    if sink.target is not None:
        merge(sink.target.own, definition.attributes.own)
        sink.target.names += definition.attributes.names
    return True


def _not(reader: SpanReader, sink: Sink, start: int, begin: int) -> bool:
    sink.text(reader.text[start:begin])
    reader.place = begin
    return True


def _words(reader: SpanReader, begin: int, kind: int) -> tuple[Sink | None, int]:
    """Return the words that begin at a place, if they had to be read, and where they end."""
    key = (_context(reader, kind), begin)
    if key in reader.brackets:
        return None, reader.brackets[key]
    return _read_words(reader, begin, kind)


def _context(reader: SpanReader, kind: int) -> int:
    return reader.inside + IMAGE if kind == IMAGE else reader.inside | LINK


def _read_words(reader: SpanReader, begin: int, kind: int) -> tuple[Sink | None, int]:
    """Read words up to their closing bracket. What is learnt of the brackets within is
    remembered, and where the text goes on as in words read before, it is not read again."""
    text, known = reader.text, reader.brackets
    context = _context(reader, kind)
    # For each open bracket the places from which a reading ends where the bracket does.
    opened = [[begin]]

    def close(place: int) -> None:
        for begun in opened.pop():
            known.setdefault((context, begun), place)

    def ends(place: int, _: Sink) -> bool:
        if (context, place) in known:
            return True
        opened[-1].append(place)
        if text[place] == "[":
            opened.append([place + 1])
        elif text[place] == "!":
            # The bracket of a picture is not counted: it ends where those around it do.
            opened[-1].append(place + 2)
        elif text[place] == "]":
            close(place)
        return not opened

    inner: Sink | None = Sink()
    reader.place = begin
    while _read_within(reader, inner or Sink(), context, ends) and opened:
        inner = None
        while opened and (end := known.get((context, reader.place), -2)) >= 0:
            close(end)
            reader.place = end + bool(opened)
        if not opened:
            break
        if end == -1:
            reader.place = len(text)
    if not opened:
        return inner, reader.place
    for begun in opened:
        for place in begun:
            known.setdefault((context, place), -1)
    return inner, -1


def _read_within(reader: SpanReader, inner: Sink, context: int, stop: Stop) -> bool:
    saved, limit = reader.inside, reader.limit
    reader.inside, reader.limit = context, len(reader.text)
    is_stopped = reader.within(0, inner, stop)
    reader.inside, reader.limit = saved, limit
    return is_stopped


def _words_to(reader: SpanReader, begin: int, end: int, kind: int) -> list[Node]:
    """Return the words between two brackets."""
    inner = Sink()
    reader.place = begin
    _read_within(reader, inner, _context(reader, kind), lambda place, _: place >= end)
    return inner.nodes


def _target(reader: SpanReader, begin: int, end: int) -> tuple[LinkDefinition, int] | None:
    """Return what follows the words between two places: an address, or the name of a definition."""
    text, place = reader.text, end + 1
    definitions = reader.document.links
    named = _NAME.match(text, place)
    if named or not text.startswith("(", place):
        # Words may be long; without any definition they are not looked at.
        name = (named and named[1]) or text[begin:end] if definitions else ""
        definition = definitions.get(link_name(name))
        return (definition, named.end() if named else place) if definition else None
    angle = _ANGLE_ADDRESS.match(text, place)
    if angle:
        after = _END.match(text, angle.end())
        if after:
            return LinkDefinition(angle[1], None), after.end()
        return _with_title(reader, angle[1], angle.end())
    if reader.parentheses is None:
        reader.parentheses = Parentheses(text)
    closing = reader.parentheses.closing.get(place, -1)
    title = reader.finder.next(_BEFORE_TITLE, place + 1)
    if title is not None and (closing < 0 or title.start() < closing):
        return _with_title(reader, text[place + 1 : title.start()].strip(), title.start())
    if closing < 0:
        return None
    return LinkDefinition(text[place + 1 : closing].strip(), None), closing + 1


def _with_title(reader: SpanReader, address: str, place: int) -> tuple[LinkDefinition, int] | None:
    quote = _TITLE.match(reader.text, place)
    if quote is None:
        return None
    closing = reader.finder.next(_TITLE_ENDS[quote[1]], quote.end() + 1)
    if closing is None:
        return None
    title = reader.text[quote.end() : closing.start()]
    return LinkDefinition(address, title), closing.end()
