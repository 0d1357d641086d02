"""Lines whose breaks and blanks count."""

from __future__ import annotations

import re

from bs4.element import Tag

from content.html_tree import INVISIBLE, UNSEEN
from isomer.convert.body import BodyReader, Item
from isomer.convert.nesting import mark_texts
from isomer.convert.values import Block

CODE_TAGS = frozenset({"listing", "plaintext", "pre", "xmp"})
# What lines of characters can't hold.
_RICHER = ["a", "img", "picture", "iframe", "table", "ul", "ol"]


def code(reader: BodyReader, tag: Tag) -> list[Item] | None:
    """Turn ``<pre>`` into a code block; one that holds links or pictures into text in code
    letters, each line on a line of its own.

    Returns ``None`` for any other element.
    """
    if tag.name not in CODE_TAGS:
        return None
    for node in tag(list(UNSEEN)):
        node.extract()
    for node in tag("br"):
        node.replace_with("\n")
    if tag.find(_RICHER) or reader.anchors_in(tag):
        return _as_text(reader, tag)
    lines = [line.rstrip() for line in INVISIBLE.sub("", tag.get_text()).split("\n")]
    text = re.sub(r"\A\n+|\s+\Z", "", "\n".join(lines))
    return [Block("code", {"text": text})] if text else []


def _as_text(reader: BodyReader, tag: Tag) -> list[Item]:
    for node in list(tag.find_all(string=True)):
        first, *others = str(node).split("\n")
        place = node
        place.replace_with(place := type(node)(first))
        for line in others:
            place.insert_after(mark := Tag(name="br"))
            mark.insert_after(place := type(node)(line))
    return reader.inner(mark_texts(tag, Tag(name="code")))
