"""What is left of markup beyond a bound is within all bounds."""

from __future__ import annotations

import pytest

from content.markup.html_tree import only_text, parse


@pytest.mark.parametrize("sign", ["&", "< ", "> ", "&amp;", "<<", "&lt;&gt;"])
def test_text_of_signs_can_be_parsed(sign: str) -> None:
    text = parse(only_text("Some words. " + sign * 150_000 + " More words.")).get_text()
    assert text.startswith("Some words.")
    assert text.rstrip().endswith("More words.")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div hidden><div>a</div>b</div>c", "c"),
        ("a<span style='display:none'>b</span>c", "ac"),
        ("<li hidden><p>x</p></li>y", "y"),
        # Entries and rows may be without an end tag.
        ("<ul><li style='display:none'>x<li>y</ul><p>end</p>", "y end"),
        ("<table><tr hidden><td>a<tr><td>b</table>end", "b end"),
        # Where an element ends nobody can tell, nothing is hidden.
        ("Write `<div hidden>` in the code. rest", "Write ` ` in the code. rest"),
        ("a<img hidden>b", "ab"),
    ],
)
def test_what_readers_did_not_see_is_left_out_as_far_as_its_end_is_known(
    html: str, text: str
) -> None:
    assert parse(only_text(html)).get_text(" ", strip=True) == text
