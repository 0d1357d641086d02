"""Markdown bodies as trees, as kramdown read them, without what nobody wanted to show."""

from __future__ import annotations

from collections.abc import Callable

from bs4.element import Tag

from content.markup.html_tree import TooDeepError
from isomer import kramdown
from isomer.convert.tree.improvements import improve
from isomer.convert.tree.markdown_tree import tree_of


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
    return tree_of(improve(reading.nodes))
