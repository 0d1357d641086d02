"""Code: indented lines, and lines between fences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isomer.kramdown.document import Block
from isomer.kramdown.grammar import BLANK, LAZY_END
from isomer.kramdown.tree import Element

if TYPE_CHECKING:
    from isomer.kramdown.blocks import BlockReader

INDENT = re.compile(r"^(?:\t| {4})", re.MULTILINE)
_INDENTED = re.compile(r"(?:\t| {4})[ \t]*[^\s]")
_LAZY = re.compile(r"\n( {0,3}[^\s])")
FENCE = re.compile(
    r" {0,3}(?P<fence>`{3,}|~{3,})[ \t\r\f\v]*(?P<name>\S+?(?:\?\S*)?)?[ \t\r\f\v]*\n"
)
# A fence has at most so many marks where a shorter one is looked for.
LONGEST_FENCE = 100


def code_lines(reader: BlockReader, place: int) -> int:
    """Return where indented code ends that begins at a place. Lines after it belong to it
    without being indented, and blank lines if indented ones follow."""
    text = reader.text
    end = place
    while True:
        blank = BLANK.match(text, place)
        if blank:
            place = blank.end()
        if not _INDENTED.match(text, place):
            return end
        while place < len(text) and not LAZY_END.match(text, place):
            place = reader.line_end(place)
        if place == end:
            place = reader.line_end(place)
        end = place


def read_indented(reader: BlockReader) -> None:
    """Read lines of code that are indented."""
    start = reader.place
    reader.place = code_lines(reader, start)
    written = _LAZY.sub(r" \1", reader.text[start : reader.place])
    element = _code(INDENT.sub("", written))
    reader.document.code.append(element)
    reader.add(Block("code", element))


def read_fenced(reader: BlockReader, match: re.Match[str]) -> bool:
    """Read code between two fences."""
    fence, name = match["fence"], match["name"] or ""
    closing = reader.finder.next(_closing(fence), match.end())
    if closing is None and reader.text[match.end("fence")] not in " \t" * bool(name):
        # A shorter fence closes; the rest of the first is the first part of a name.
        closing = _shorter(reader, fence, match.end())
        name = f"{fence[len(closing[1]) :]}{name}" if closing else ""
    if closing is None:
        return False
    element = _code(reader.text[match.end() : closing.start()])
    name = name.partition("?")[0]
    inner = element.children[0]
    if name and isinstance(inner, Element):
        inner.attributes["class"] = f"language-{name}"
    reader.place = closing.end()
    reader.document.code.append(element)
    reader.add(Block("code", element))
    return True


def _shorter(reader: BlockReader, fence: str, place: int) -> re.Match[str] | None:
    """Return the longest of the fences after a place that are shorter than this one."""
    for length in range(min(len(fence) - 1, LONGEST_FENCE), 2, -1):
        found = reader.finder.next(_closing(fence[:length]), place)
        if found is not None:
            return found
    return None


def _closing(fence: str) -> re.Pattern[str]:
    return re.compile(rf"^ {{0,3}}({fence}{fence[0]}*)[ \t\r\f\v]*\n", re.MULTILINE)


def _code(text: str) -> Element:
    inner = Element("code")
    inner.children = [text.removesuffix("\n") + "\n"]
    element = Element("pre")
    element.children = [inner]
    return element
