"""Patterns that are left out where they can't fit change nothing of what is read."""

from __future__ import annotations

from typing import Any

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.treeprocessors import InlineProcessor

from isomer.convert.kramdown import KramdownExtension, Typography
from isomer.convert.kramdown.inline import NEEDED


def parser(as_the_library_does: bool) -> markdown.Markdown:
    extensions: list[Any] = ["extra", "sane_lists", Typography(), KramdownExtension()]
    made = markdown.Markdown(extensions=extensions, output_format="html")
    if as_the_library_does:
        for name in ("inline", "smarty"):
            processor: Any = made.treeprocessors[name]
            ordinary = InlineProcessor(made)
            ordinary.inlinePatterns = processor.inlinePatterns
            made.treeprocessors.register(ordinary, name, {"inline": 20, "smarty": 6}[name])
    return made


OURS, LIBRARY = parser(False), parser(True)
PIECES = st.sampled_from(
    [
        "word", " ", "\n", "  \n", "\\", "\\*", "*", "**", "_", "`", "[", "]", "(", ")", "!", "<",
        ">", "&", "&amp;", "~~", "'", '"', "--", "---", "...", "<b>", "</b>", "{: .x}", "[^1]",
        "[a](/b)", "![a](/b)", "<https://a.sg>", "<a@b.sg>", "<<", ">>", "1. ", "* ", "# ", "ä",
        "[^1]: note", "[r]", "[r]: /x",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
def test_the_same_is_read(text: str) -> None:
    assert OURS.reset().convert(text) == LIBRARY.reset().convert(text)


def test_every_pattern_names_what_it_needs() -> None:
    names = set()
    for name in ("inline", "smarty"):
        processor: Any = OURS.treeprocessors[name]
        patterns = processor.inlinePatterns
        list(patterns)
        names |= {item.name for item in patterns._priority}
    # One that is new would be tried always: right, but slow.
    assert names == set(NEEDED)


@pytest.mark.parametrize("name", ["inline", "smarty"])
def test_the_library_calls_what_is_overridden(name: str) -> None:
    assert hasattr(InlineProcessor, "_InlineProcessor__handleInline")
    assert hasattr(InlineProcessor, "_InlineProcessor__applyPattern")
    assert type(OURS.treeprocessors[name]).__name__ == "InlineMarks"
