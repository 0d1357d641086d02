"""A reader of kramdown's Markdown (2.4, with its parser for GitHub's Markdown, 1.1).

Reads text into a light tree, in one scan from left to right whose time grows with the length of
the text only. It knows nothing of the program around it.
"""

from __future__ import annotations

from isomer.kramdown.blocks import BlockReader
from isomer.kramdown.document import Document
from isomer.kramdown.finish import finish, read_waiting
from isomer.kramdown.html_parts import TooDeepError
from isomer.kramdown.tree import Comment, Element, Markup, Node, to_html

__all__ = ["Comment", "Element", "Markup", "Node", "TooDeepError", "read", "to_html"]


def read(text: str) -> Element:
    """Return the tree of a text, in an element without a name.

    Raises:
        TooDeepError: if blocks or elements stand one in another deeper than anybody writes.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n") + "\n"
    document = Document()
    root = Element("")
    BlockReader(document, text, 0).read(root)
    read_waiting(document.waiting, document)
    finish(document, root)
    return root
