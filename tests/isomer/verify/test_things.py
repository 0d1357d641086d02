"""Differences are named as things, and marked where readers see them."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from content.markup.html_tree import parse
from isomer.verify.marked_sides import marked, markup_of
from isomer.verify.sides import line_up
from isomer.verify.things import things
from isomer.verify.tokens import Token
from isomer.verify.walk import Walker


class Plain:
    """Addresses that name themselves."""

    def link(self, href: str) -> str:
        return href

    picture = embed = link


def read(html: str) -> list[Token]:
    walker = Walker(Plain())
    walker.read(list(parse(html).children))
    return walker.finish().tokens


def compared(source: str, page: str) -> tuple[list[tuple[str, str]], str, str]:
    """Return the things as ``(kind, what)``, and both sides with their marks."""
    expected, served = read(source), read(page)
    tokens, pairs = line_up(expected, served)
    found = things(pairs)
    return (
        [(one.kind, one.what) for one in found],
        marked(source, tokens, found, is_source=True),
        marked(page, served, found, is_source=False),
    )


ROWS = "<table><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr><tr><td>d</td></tr></table>"
CASES = [
    (
        "<p>One</p>" + ROWS,
        "<p>One</p><table><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></table>",
        [("lost", "row 3 of a table")],
    ),
    ('<p>See <a href="/x/">the list</a> now</p>', "<p>See now</p>", [("lost", "a link to /x/")]),
    (
        '<p>See <a href="/x/">the list</a></p>',
        '<p>See <a href="/y/">the list</a></p>',
        [("changed", "where a link leads")],
    ),
    ('<p>A</p><img src="p.png" alt="Us"><p>B</p>', "<p>A</p><p>B</p>", [("lost", "a picture")]),
    (
        '<img src="p.png" alt="Us"><img src="q.png">',
        "",
        [("lost", "a picture"), ("lost", "a picture")],
    ),
    ("<p>A</p>", "<p>A</p><h2>New part</h2>", [("added", "a heading")]),
    ("<p>old words here</p>", "<p>new words here</p>", [("changed", "a word")]),
    (
        "<ul><li>one</li><li>two</li><li>three</li></ul>",
        "<ul><li>one</li></ul>",
        [("lost", "an entry of a list"), ("lost", "an entry of a list")],
    ),
    ('<p>A</p><iframe src="https://y.example/"></iframe>', "<p>A</p>", [
        ("lost", "a film, map or form of another site"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "page", "named"), CASES)
def test_differences_are_things_and_each_stands_in_both_sides(
    source: str, page: str, named: list[tuple[str, str]]
) -> None:
    found, left, right = compared(source, page)
    assert found == named
    for number in range(1, len(named) + 1):
        for side in (left, right):
            assert side.count(f'id="difference-{number}"') == 1


def test_another_level_of_a_heading_is_told_in_words() -> None:
    (found,) = things(line_up(read("<h2>Who</h2>"), read("<h3>Who</h3>"))[1])
    assert (found.what, found.was, found.now) == ("a heading", "level 2", "level 3")


def test_only_what_differs_is_marked() -> None:
    _, left, right = compared(
        "<p>One <b>two</b> three four</p><p>five</p>", "<p>One <b>two</b> five</p>"
    )
    assert "<b>1</b> three four</mark>" in left
    assert left.count("<mark") == 1
    assert "Missing here: words: three four" in right
    assert "<mark" not in right


def test_interface_and_unseen_parts_are_left_alone() -> None:
    page = "<p>A <span data-interface>Menu B</span></p><style>B</style><p>B</p>"
    tokens = read("<p>A</p><p>B</p>")
    found = things(line_up(read("<p>A</p>"), tokens)[1])
    right = marked(page, tokens, found, is_source=False)
    assert "<span data-interface" in right
    assert re.search(r"Menu B</span>.*<mark[^>]*><b>1</b> B</mark>", right)


def test_words_are_never_markup() -> None:
    _, left, right = compared("<p>&lt;script&gt; a</p>", "<p>b &lt;img&gt;</p>")
    assert "<script" not in left + right
    assert "<img" not in left + right


WORDS = st.lists(st.sampled_from(["a", "b", "<b>c</b>", "<i>d</i>e", '<a href="/x">f</a>', "&lt;"]))


@given(WORDS, WORDS)
def test_marking_keeps_every_word(left: list[str], right: list[str]) -> None:
    source, page = (f"<p>{' '.join(words)}</p>" for words in (left, right))
    found, *sides = compared(source, page)
    assert bool(found) is (read(source) != read(page))
    for before, after in zip((source, page), sides, strict=True):
        tree = BeautifulSoup(after, "html.parser")
        for note in tree.select("ins.difference, mark.difference > b:first-child"):
            note.extract()
        assert "".join(tree.get_text().split()) == "".join(
            BeautifulSoup(before, "html.parser").get_text().split()
        )


def test_fields_without_a_text_have_a_simple_one() -> None:
    tokens = read(f'<h2>Title</h2><p>One <a href="/x/">two</a></p>{ROWS}<img src="p.png" alt="Us">')
    text = BeautifulSoup(markup_of(tokens), "html.parser")
    assert text.h2 is not None
    assert "One two" in text.get_text()
    assert text.img is not None
    assert text.img["alt"] == "Us"
