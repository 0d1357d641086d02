"""Tables and attribute lists as kramdown reads them."""

from __future__ import annotations

import re

import pytest

from tests.isomer.convert.helpers import html_of_markdown


def html_of(body: str) -> str:
    return re.sub(r"\s*\n\s*", "", html_of_markdown(body))


def table_of(body: str) -> list[list[str]]:
    """Return the cells of the one table, those of the head in capitals."""
    [table] = re.findall(r"<table>(.*?)</table>", html_of(body))
    rows = re.findall(r"<tr>(.*?)</tr>", table)
    return [
        [
            text.upper() if kind == "th" else text
            for kind, text in re.findall(r"<(t[hd])>(.*?)</t", row)
        ]
        for row in rows
    ]


@pytest.mark.parametrize(
    ("body", "cells"),
    [
        ("a|b", [["a", "b"]]),
        ("| a | b |", [["a", "b"]]),
        ("a|b\nc|d", [["a", "b"], ["c", "d"]]),
        ("a|b|c\nd|e", [["a", "b", "c"], ["d", "e", "\xa0"]]),
        ("a|b\n-|-\nc|d", [["A", "B"], ["c", "d"]]),
        ("|a|b|\n|---|\n|c|d|", [["A", "B"], ["c", "d"]]),
        ("a|b\nc|d\n-|-\ne|f", [["A", "B"], ["C", "D"], ["e", "f"]]),
        ("-|-\na|b", [["a", "b"]]),
        ("a\\|b|c", [["a|b", "c"]]),
        ("`a|b`|c", [["<code>a|b</code>", "c"]]),
        (
            "**a**|![x](/images/a.png)",
            [["<strong>a</strong>", '<img src="/images/a.png" alt="x">']],
        ),
    ],
)
def test_lines_with_pipes_are_a_table(body, cells):
    assert table_of(body) == cells


@pytest.mark.parametrize(
    "body", ["a|b\nwords", "words\na|b", "`a|b`", "a\\|b", "---|---", '<a title="x|y">z</a>', "a"]
)
def test_what_is_no_table(body):
    assert "<table" not in html_of(body)


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ('<a href="/x/">y</a>{:target="_blank"} z', '<p><a href="/x/" target="_blank">y</a> z</p>'),
        (
            '<a href="/x/">y</a>{:target="_blank"}{: .b}',
            '<p><a href="/x/" target="_blank" class="b">y</a></p>',
        ),
        ('a <img src="/x.png">{: width="5"} b', '<p>a <img src="/x.png" width="5"> b</p>'),
        ("<b>{: .b}</b>", "<p><b>{: .b}</b></p>"),
        ("words {: .b} more", "<p>words {: .b} more</p>"),
        ('`</a>{:target="_blank"}`', '<p><code>&lt;/a&gt;{:target="_blank"}</code></p>'),
    ],
)
def test_attributes_after_an_inline_element(body, html):
    assert html_of(body) == html
