"""What is left of markup beyond a bound is within all bounds."""

from __future__ import annotations

import pytest

from content.html_tree import only_text, parse


@pytest.mark.parametrize("sign", ["&", "< ", "> ", "&amp;", "<<", "&lt;&gt;"])
def test_text_of_signs_can_be_parsed(sign: str) -> None:
    text = parse(only_text("Some words. " + sign * 150_000 + " More words.")).get_text()
    assert text.startswith("Some words.")
    assert text.rstrip().endswith("More words.")
