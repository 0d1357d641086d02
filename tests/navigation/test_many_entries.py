"""Menus of a thousand pages: what is the same on each page is put together once."""

from __future__ import annotations

from navigation.entries import Entry, marked
from navigation.frame import FooterColumn

PLAIN = Entry(
    "A", "/a/", 1, (Entry("B & <C>", "/b/?x=1&y=2", 2), Entry("D", "https://example.org/"))
)
OTHER = Entry("E", "/e/", 3, (Entry("F", "/f/", 4),))


def test_the_lines_of_a_panel() -> None:
    assert PLAIN.panel == (
        '<li><a class="quiet" href="/b/?x=1&amp;y=2">B &amp; &lt;C&gt;</a></li>'
        '<li><a class="quiet external" href="https://example.org/">D</a></li>'
    )
    [here] = marked([OTHER], "/f/", [3, 4])
    assert here.panel == ('<li><a class="quiet" href="/f/" aria-current="page">F</a></li>')


def test_what_does_not_concern_the_visitor_stays_one_object() -> None:
    first, second = marked([PLAIN, OTHER], "/f/", [3, 4])
    assert first is PLAIN
    assert second.current == "true"
    assert OTHER.current == ""


def test_a_line_without_an_address_is_words() -> None:
    assert FooterColumn(None, [Entry("<G>", ""), OTHER]).lines == (
        '<li>&lt;G&gt;</li><li><a href="/e/">E</a></li>'
    )
