"""Lines whose breaks and blanks count."""

from __future__ import annotations

import re

from bs4.element import NavigableString, PageElement, Tag

from content.markup.html_tree import INVISIBLE
from isomer.convert.body_reader import BodyReader
from isomer.convert.text.runs import APART, INLINE
from isomer.convert.text.streams import Item
from isomer.convert.text.values import Block
from isomer.convert.tree.nesting import mark_texts

CODE_TAGS = frozenset({"listing", "plaintext", "pre", "xmp"})
MAXIMUM_TEXT_LINES = 2000
# At the beginning of a line, or several within one.
_BLANKS_THAT_COUNT = re.compile(r"^[ \t\xa0]+(?=\S)|(?<=\S)(?:[ \xa0]{2,}|\t)(?=\S)", re.MULTILINE)
# What lines of characters can hold without a word lost or joined.
_PLAIN = INLINE - APART - {"a", "q"}


def code(reader: BodyReader, tag: Tag) -> list[Item] | None:
    """Turn ``<pre>`` into a code block; one that holds links or pictures into text in code
    letters, each line on a line of its own, or kept as it is if its blanks count.

    Returns ``None`` for any other element.
    """
    if tag.name not in CODE_TAGS:
        return None
    for node in tag("br"):
        node.replace_with("\n")
    if any(inner.name not in _PLAIN for inner in tag(True)) or reader.anchors_in(tag):
        # Longer ones are kept: an editor could not work with such a paragraph.
        short = tag.get_text().count("\n") <= MAXIMUM_TEXT_LINES
        # Text that is aligned with blanks is kept, too: running text can't hold them.
        aligned = _BLANKS_THAT_COUNT.search(tag.get_text()) is not None
        return _as_text(reader, tag) if short and not aligned else None
    lines = [line.rstrip() for line in INVISIBLE.sub("", tag.get_text()).split("\n")]
    text = "\n".join(lines).lstrip("\n").rstrip()
    return [Block("code", {"text": text})] if text else []


def _as_text(reader: BodyReader, tag: Tag) -> list[Item]:
    """Read lines as one paragraph with line breaks."""
    for node in list(tag.find_all(string=True)):
        lines = str(node).split("\n")
        if len(lines) > 1:
            broken: list[PageElement] = [
                part for line in lines for part in (Tag(name="br"), NavigableString(line))
            ]
            node.replace_with(*broken[1:])
    return reader.inner(mark_texts(tag, Tag(name="code")))
