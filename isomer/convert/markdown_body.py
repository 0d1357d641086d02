"""Markdown bodies as trees, as kramdown read them but for what nobody wanted to show."""

from __future__ import annotations

from collections.abc import Callable

from bs4.element import Tag

from content.html_tree import TooDeepError
from isomer import kramdown
from isomer.convert.improvements import improve
from isomer.convert.markdown_tree import tree_of
from isomer.kramdown import Element, Node
from isomer.kramdown.tree import text_of

# In one paragraph. The longest real ones hold a few hundred.
MAXIMUM_MARKS = 3000
# In one body; each is followed by a line break.
MAXIMUM_BLOCKS = 8000
_MARKS = frozenset({"a", "abbr", "br", "code", "del", "em", "img", "strong"})


def read_markdown(body: str, note: Callable[[str, str], None]) -> Tag:
    """Return the body element of a Markdown body.

    ``note(rule, text)`` is called for what is shown nowhere.

    Raises:
        TooDeepError: if the body nests deeper, or holds more, than anybody writes.
    """
    try:
        reading = kramdown.read(body)
    except kramdown.TooDeepError as error:
        raise TooDeepError from error
    for words in reading.unused_notes:
        note("markup-left-out", f"a footnote that nothing refers to: “{words[:80]}”")
    if len(reading.nodes) > 2 * MAXIMUM_BLOCKS:
        raise TooDeepError
    _bound_marks(reading.nodes, note)
    return tree_of(improve(reading.nodes))


def _bound_marks(nodes: list[Node], note: Callable[[str, str], None]) -> None:
    """Keep only the words of paragraphs with thousands of marks, which no writer means."""
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Element):
            continue
        marks = [one for one in node.children if isinstance(one, Element) and one.name in _MARKS]
        if len(marks) > MAXIMUM_MARKS:
            words = text_of(node)
            node.children = [words]
            note("marks-kept-as-text", f"the paragraph that begins “{words.strip()[:60]}”")
        waiting.extend(node.children)
