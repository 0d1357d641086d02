"""The Markdown parser is made once; nothing of a body may be left in it for the next one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.html_tree import TooDeepError
from isomer.convert import markdown_body
from isomer.convert.markdown_body import markdown_to_html

# Everything that a parser could remember: notes, abbreviations, addresses, raw HTML, code,
# attributes, marks that are not closed.
PARTS = [
    "A[^1] and B[^2].\n\n[^2]: two\n[^1]: one\n[^3]: three",
    "*[HTML]: Markup\n\nHTML it is",
    "[place]: https://example.org/\n\n[place] there",
    "[place] without HTML[^1]",
    "**a *b** c*",
    "__a _b",
    "\"double\" and 'single'",
    '<div markdown="1">\n* entry\n</div>',
    "```\ncode\n```",
    "3. three\n\n   more\n4. four",
    "# Heading\n{: #own-id}",
    "<div>",
    "`open",
    "a | b\n--|--\n1 | 2",
]
bodies = st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map("\n\n".join)


def _html(body: str) -> tuple[str, list[str]]:
    notes: list[str] = []
    return markdown_to_html(body, lambda rule, text: notes.append(f"{rule}: {text}")), notes


@given(st.lists(bodies, max_size=3), bodies)
def test_a_body_is_read_alike_after_any_other(others: list[str], body: str):
    markdown_body._parser.cache_clear()
    alone = _html(body)
    for other in others:
        _html(other)
    assert _html(body) == alone


def test_a_body_is_read_alike_after_one_that_was_given_up():
    alone = _html("*a* and [b](/b/)")
    with pytest.raises(TooDeepError):
        _html("\n".join("    " * depth + "* entry" for depth in range(400)))
    assert _html("*a* and [b](/b/)") == alone
