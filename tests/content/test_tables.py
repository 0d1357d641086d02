"""The stored form of tables: what is kept, what goes, and that cleaning twice changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.markup.html_tree import parse
from content.tables.display import table_for_editor
from content.tables.stored import clean_table, is_empty_table
from content.templatetags.content_tags import scrollable_tables

PLAIN = "<table><tbody><tr><td>{}</td></tr></tbody></table>"
CELLS = {
    "plain": ("  a \n b ", "a b"),
    "marks": ("<strong>a</strong> <em>b</em>", "<b>a</b> <i>b</i>"),
    "marks in one order": ("<i><b>a</b></i>", "<b><i>a</i></b>"),
    "blank out of mark": ("<b>a </b>b", "<b>a</b> b"),
    "one paragraph": ("<p>a</p><p></p>", "a"),
    "paragraphs": ("a<p>b</p>", "<p>a</p><p>b</p>"),
    "heading": ("<h4 class='x'>a</h4>b", "<h4>a</h4><p>b</p>"),
    "first heading": ("<h1>a</h1>", "<h2>a</h2>"),
    "breaks": ("a <br> b<br>", "a<br/>b"),
    "list": ("<ul class=tight><li><p>a</p></li></ul>", "<ul><li>a</li></ul>"),
    "start": ("<ol start=3><li>a</ol>", '<ol start="3"><li>a</li></ol>'),
    "nested list": (
        "<ul><li>a<ul><li>b</ul>c</ul>",
        "<ul><li>a<ul><li>b</li></ul>c</li></ul>",
    ),
    "list beside its entry": (
        "<ul><li>a</li><ul><li>b</li></ul></ul>",
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
    ),
    "link": ("<a href='/x' target=_blank>a </a>b", '<a href="/x">a</a> b'),
    "one link around picture and paragraphs": (
        '<a href="/x"><p><embed embedtype="image" id="3" alt="b"></p><p>a</p><div>c</div></a>',
        '<a href="/x"><embed embedtype="image" id="3" alt="b" format="full"/><br/>a<br/>c</a>',
    ),
    "one link, and words after it": ("<a href='/x'><p>a</p><p>b</p></a>c",
        '<p><a href="/x">a<br/>b</a></p><p>c</p>',
    ),
    "two links": (
        "<p><a href='/x'>a</a></p><p><a href='/x'>b</a></p>",
        '<p><a href="/x">a</a></p><p><a href="/x">b</a></p>',
    ),
    "link around a heading": (
        "<a href='/x'><h3>a</h3><p>b</p></a>",
        '<h3><a href="/x">a</a></h3><p><a href="/x">b</a></p>',
    ),
    "unsafe link": ("<a href='javascript:x'>a</a>", "a"),
    "page": ('<a linktype="page" id="3">a</a>', '<a linktype="page" id="3">a</a>'),
    "page as the editor shows it": (
        '<a href="/x/" data-linktype="document" data-id="3">a</a>',
        '<a linktype="document" id="3">a</a>',
    ),
    "page without number": ('<a linktype="page" id="x">a</a>', "a"),
    "picture": (
        '<embed id="3" embedtype="image" alt="it\'s &lt;" format="odd">',
        '<embed embedtype="image" id="3" alt="it\'s &lt;" format="full"/>',
    ),
    "picture as the editor shows it": (
        '<a href="/x"><img data-embedtype="image" data-id="3" data-format="half" src="/y"></a>',
        '<a href="/x"><embed embedtype="image" id="3" alt="" format="half"/></a>',
    ),
    "picture marked as decoration": (
        '<img data-embedtype="image" data-id="3" data-decorative="true" alt="" src="/y">',
        '<embed embedtype="image" id="3" alt="" format="full" decorative="true"/>',
    ),
    "decoration with words": (
        '<embed embedtype="image" id="3" alt="a" format="full" decorative="true"/>',
        '<embed embedtype="image" id="3" alt="a" format="full"/>',
    ),
    "foreign picture": ('a<img src="https://x.org/" alt="b">', "a b"),
    "styles": ('<span style="color:red" onclick="x()">a</span><script>x()</script>', "a"),
    "details": ("<details><summary>a</summary>b</details>", "<p>a</p><p>b</p>"),
    "table in a table": (
        "<table><tr><td>a<td>b</table>",
        "<p>a</p><p>b</p>",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CELLS)
def test_cell(name: str) -> None:
    written, expected = CELLS[name]
    assert clean_table(f"<table><tr><td>{written}</table>") == PLAIN.format(expected)


TABLES = {
    "header in the body": (
        '<table style="minWidth: 50px"><colgroup><col></colgroup><tbody>'
        '<tr><th rowspan="1" colspan="1"><p>a</p></th></tr><tr><td>b</td></tr></tbody></table>',
        '<table><thead><tr><th scope="col">a</th></tr></thead>'
        "<tbody><tr><td>b</td></tr></tbody></table>",
    ),
    "header cells at the side": (
        "<table><tr><th>a<td>b</table>",
        '<table><tbody><tr><th scope="row">a</th><td>b</td></tr></tbody></table>',
    ),
    "cells of a header part": (
        "<table><thead><tr><td>a</thead><tr><th>b</table>",
        '<table><thead><tr><th scope="col">a</th></tr></thead>'
        '<tbody><tr><th scope="row">b</th></tr></tbody></table>',
    ),
    "foot before the body": (
        "<table><tfoot><tr><td>z</tfoot><tbody><tr><td>a</tbody></table>",
        "<table><tbody><tr><td>a</td></tr><tr><td>z</td></tr></tbody></table>",
    ),
    "spans": (
        '<table><tr><td colspan="2">a<td rowspan="9">b<tr><td>c<td>d</table>',
        '<table><tbody><tr><td colspan="2">a</td><td rowspan="2">b</td></tr>'
        "<tr><td>c</td><td>d</td></tr></tbody></table>",
    ),
    "header that reaches into the body": (
        '<table><tr><th rowspan="2">a<th>b<tr><td>c</table>',
        '<table><tbody><tr><th scope="row" rowspan="2">a</th><th scope="row">b</th></tr>'
        "<tr><td>c</td></tr></tbody></table>",
    ),
    "row without cells": (
        '<table><tr><td rowspan="3">a<td>b<tr></tr><tr><td>c</table>',
        '<table><tbody><tr><td rowspan="2">a</td><td>b</td></tr>'
        "<tr><td>c</td></tr></tbody></table>",
    ),
    "words outside": (
        "before<table><caption>name</caption><tr><td>a<td>b</table>",
        "<table><tbody><tr><td>a</td><td>b</td></tr>"
        '<tr><td colspan="2"><p>before</p><p>name</p></td></tr></tbody></table>',
    ),
    "no table": ("a <b>b</b>", PLAIN.format("a <b>b</b>")),
    "nothing": ("  ", ""),
    "too deep": ("<b>" * 300 + "a", PLAIN.format("a")),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_table(name: str) -> None:
    written, expected = TABLES[name]
    assert clean_table(written) == expected
    assert clean_table(expected) == expected


def test_empty_table() -> None:
    assert is_empty_table(clean_table("<table><tr><td>&nbsp;<td><p></p></table>"))
    assert not is_empty_table(clean_table('<table><tr><td><embed embedtype=image id="1"></table>'))


TAGS = (
    "table", "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "p", "ul", "ol", "li", "b",
    "em", "a", "h3", "div", "br", "img", "embed", "span", "details", "iframe", "select", "svg",
)  # fmt: skip
WORDS = st.text(alphabet="ab <&>\"' \n\xa0\u200b", max_size=6)
ATTRIBUTES = st.sampled_from(
    ["", ' colspan="2"', ' rowspan="0"', ' rowspan="3"', ' href="/a b?c&d\'e"', ' href="x:y"',
     ' linktype="page" id="7"', ' embedtype="image" id="4" alt="a>b"', ' start="4"', " scope=col",
     ' data-embedtype="image" data-id="5"', ' alt=" a  b "'],
)  # fmt: skip
MARKUP = st.lists(
    st.one_of(
        WORDS,
        st.builds(lambda name, extra: f"<{name}{extra}>", st.sampled_from(TAGS), ATTRIBUTES),
        st.sampled_from(TAGS).map(lambda name: f"</{name}>"),
    ),
    max_size=40,
).map("".join)


@settings(max_examples=400, deadline=None)
@given(MARKUP)
def test_cleaning_again_changes_nothing(markup: str) -> None:
    cleaned = clean_table(f"<table>{markup}")
    assert clean_table(cleaned) == cleaned


@settings(max_examples=200, deadline=None)
@given(MARKUP)
def test_no_visible_letter_is_lost_or_made_up(markup: str) -> None:
    tree = parse(markup)
    for tag in tree.find_all(["img", "embed", "iframe"]):
        tag.extract()
    written = sorted(letter for letter in tree.get_text() if letter in "ab")
    cleaned = parse(clean_table(tree.decode_contents()))
    assert sorted(letter for letter in cleaned.get_text() if letter in "ab") == written


def test_the_region_of_a_table_is_named_by_its_caption() -> None:
    html = "<table><caption>Visits &amp; <b>calls</b></caption><tr><td>1</td></tr></table>"
    shown = scrollable_tables({}, html + "<table><tr><td>2</td></tr></table>")
    assert 'aria-label="Table 1: Visits &amp; calls"' in shown
    assert 'aria-label="Table 2"' in shown


@pytest.mark.django_db
def test_decoration_goes_to_the_editor_and_back():
    stored = PLAIN.format(
        '<embed embedtype="image" id="3" alt="" format="full" decorative="true"/>'
        '<embed embedtype="image" id="4" alt="" format="full"/>'
    )
    shown = table_for_editor(stored)
    assert shown.count('data-decorative="true"') == 1
    assert clean_table(shown) == stored
