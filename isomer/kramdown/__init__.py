"""A reader of kramdown's Markdown (2.4, with its parser for GitHub's Markdown, 1.1).

Reads text into a light tree, in one scan from left to right whose time grows with the length of
the text only. It knows nothing of the program around it.
"""

from __future__ import annotations

import gc
from typing import NamedTuple

from isomer.kramdown.blocks import BlockReader
from isomer.kramdown.document import Document
from isomer.kramdown.finish import finish, read_waiting
from isomer.kramdown.html import TooDeepError
from isomer.kramdown.tree import Comment, Element, Markup, Node, OpenTag, ShownTag, text_of, to_html

__all__ = [
    "Comment", "Element", "Markup", "Node", "OpenTag", "ShownTag", "TooDeepError", "read", "to_html"
]  # fmt: skip


class Reading(NamedTuple):
    """What was read: the nodes of a text, and the words of footnotes that nothing refers to,
    which are shown nowhere."""

    nodes: list[Node]
    unused_notes: list[str]


def read(text: str) -> Reading:
    """Read a text.

    Raises:
        TooDeepError: if blocks or elements stand one in another deeper than anybody writes.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n") + "\n"
    document = Document()
    root = Element("")
    # A tree without circles is made; looking through it for them again and again is in vain.
    is_collecting = gc.isenabled()
    gc.disable()
    try:
        BlockReader(document, text, 0).read(root)
        read_waiting(document.waiting, document)
        finish(document, root)
    finally:
        if is_collecting:
            gc.enable()
    return Reading(root.children, _unused_notes(document))


def _unused_notes(document: Document) -> list[str]:
    found = []
    for note in document.notes.values():
        if not note.references:
            read_waiting(note.waiting, document)
            found.append(" ".join(text_of(note.element).split()))
    return found
