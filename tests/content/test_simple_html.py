"""The quick way to a tree: the same tree as by the rules of browsers, or none."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

import pytest
from bs4.element import PageElement, Tag
from hypothesis import given
from hypothesis import strategies as st

from content.html_tree import mended_body
from content.simple_html import simple_body
from isomer.convert.markdown_body import markdown_to_html

DEMO = Path(__file__).parents[2] / "demo"

WORDS = st.sampled_from(
    [
        "word",
        " ",
        "\n",
        "\n\n",
        "it's > 2",
        '"so"',
        "&amp;",
        "&lt;b&gt;",
        "&nbsp;",
        "é 漢 😀",
        "{: x}",
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        ' href="/a/"',
        ' class="one two"',
        ' title="1 &lt; 2 &amp; 3" id="x"',
        ' data-a=""',
        ' alt=""',
    ]
)
NAMES = ("p", "h2", "ul", "ol", "li", "blockquote", "div", "a", "em", "strong", "code", "span")
ODD = st.sampled_from(
    [
        "<", "&", "&copy;", "&ampx", "&#39;", "\x00", "\r\n", "\f", "<!-- -->", "<p/>", "<P>",
        "<li>",
        "</p>", "</em>", "<a>", "<p>", "<hr>", "<table>", "<td>", "<pre>\n", "<script>", "<br x>",
        '<a href="x" href="y">', "<a href=x>", '<a  href="x">', '<a href="x"title="y">', "<h2",
        "<img a='x'>", '<a href=">">', "<h7>", "<body class=\"x\">", "<nobr>", "<image>", "</br>",
    ]
)  # fmt: skip


def element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda name, attributes, inside: f"<{name}{attributes}>{''.join(inside)}</{name}>",
        st.sampled_from(NAMES), ATTRIBUTES, st.lists(children, max_size=4),
    )  # fmt: skip


EMPTY = st.builds("<{}{}{}>".format, st.sampled_from(["br", "hr", "img"]), ATTRIBUTES,
                  st.sampled_from(["", "/", " /"]))  # fmt: skip
MARKUP = st.lists(st.recursive(WORDS | EMPTY, element, max_leaves=12), max_size=5).map("".join)


def nodes(body: Tag) -> list[PageElement]:
    """Return all that a tree holds, from its root element on."""
    assert isinstance(body.parent, Tag)
    return [body.parent, *body.parent.descendants]


def described(node: PageElement | None) -> object:
    if isinstance(node, Tag):
        return node.name, node.namespace, node.attrs, len(node.contents), node.can_be_empty_element
    return type(node), node


def same(one: Tag, other: Tag) -> bool:
    """Tell whether two trees hold the same and are joined in the same way."""
    ways = ("parent", "next_element", "previous_element", "next_sibling", "previous_sibling")
    return all(
        described(first) == described(second)
        and all(described(getattr(first, w)) == described(getattr(second, w)) for w in ways)
        for first, second in zip_longest(nodes(one), nodes(other))
    )


@given(MARKUP)
def test_a_simple_tree_is_the_browsers_tree(html):
    body = simple_body(html)
    assert body is None or same(body, mended_body(html))


@given(MARKUP, ODD, MARKUP)
def test_what_is_odd_is_left_to_the_rules(before, odd, after):
    body = simple_body(before + odd + after)
    assert body is None or same(body, mended_body(before + odd + after))


@given(MARKUP, st.integers(0, 200), st.integers(0, 12))
def test_a_missing_piece_is_left_to_the_rules(html, start, size):
    damaged = html[:start] + html[start + size :]
    body = simple_body(damaged)
    assert body is None or same(body, mended_body(damaged))


@pytest.mark.parametrize(
    "html",
    [
        "", "words", "<p>One <strong>two <em>three</em></strong> &amp; four<br />five</p>\n<hr />",
        '<ul>\n<li>One\n<ul>\n<li><a href="/x/" class="a b">x</a></li>\n</ul>\n</li>\n</ul>',
        "<blockquote>\n<h2>A</h2>\n<p>1 &lt; 2 > 1</p>\n</blockquote>",
        "<ol>\n<li><p>x</p></li>\n</ol>",
    ],
)  # fmt: skip
def test_the_html_of_markdown_is_simple(html):
    body = simple_body(html)
    assert body is not None
    assert same(body, mended_body(html))


@pytest.mark.parametrize(
    "html",
    [
        "<p>One<p>Two</p></p>", "<p><ul></ul></p>", "<li>x</li>", "<ul><p>x</p></ul>", "<p>One",
        "<a><a></a></a>", "<em><p>x</p></em>", "<h2><h3>x</h3></h2>", "<p>x</em></p>", "</p>",
        "<div/>", "&copy;", "a & b", '<a href="x" href="y">z</a>', "<table></table>",
        "<pre>x</pre>", "<ul><em>x</em></ul>", "<div>" * 40 + "</div>" * 40, "<p>\x00</p>",
        "<p\n>x</p>", "<p>x</p",
    ],
)  # fmt: skip
def test_not_simple(html):
    assert simple_body(html) is None


def test_most_documents_take_the_quick_way():
    bodies = [path.read_text().split("\n---\n", 1)[-1] for path in sorted(DEMO.rglob("*.md"))]
    found = [
        simple_body(markdown_to_html(body, lambda *_: None)) for body in bodies if body.strip()
    ]
    assert sum(body is not None for body in found) > len(found) / 3
