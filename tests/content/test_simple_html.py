"""The quick way to a tree: the same tree as by the rules of browsers, or none."""

from __future__ import annotations

import time
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
        "&rsquo;",
        "&hellip;",
        "&#8217;",
        "&#160;",
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
        "<li>", "</p>", "</em>", "<a>", "<p>", "<hr>", "<table>", "<td>", "<pre>\n", "<script>",
        "<br x>", '<a href="x" href="y">', "<a href=x>", '<a  href="x">',
        '<a href="x"title="y">', "<h2", "<img a='x'>", '<a href=">">', "<h7>",
        '<body class="x">', "<nobr>", "<image>", "</br>",
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
        attributes = [(key, type(value), value) for key, value in node.attrs.items()]
        return node.name, node.namespace, attributes, len(node.contents), node.can_be_empty_element
    return type(node), node


def same(one: Tag, other: Tag) -> bool:
    """Tell whether two trees hold the same and are joined in the same way."""
    first, second = nodes(one), nodes(other)
    if [described(node) for node in first] != [described(node) for node in second]:
        return False
    numbers = [{id(node): number for number, node in enumerate(tree)} for tree in (first, second)]
    ways = ("parent", "next_element", "previous_element", "next_sibling", "previous_sibling")
    # What stands above the root element has no number.
    return all(
        numbers[0].get(id(getattr(node, way))) == numbers[1].get(id(getattr(twin, way)))
        for node, twin in zip(first, second, strict=True)
        for way in ways
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
        "<ol>\n<li><p>x</p></li>\n</ol>", "<p>&ldquo;it&rsquo;s &#160;&ndash; &#9999;&rdquo;</p>",
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
        "<p\n>x</p>", "<p>x</p", "<p" + "".join(f' a{"b" * n}=""' for n in range(21)) + ">x</p>",
        "&#13;", "&#128;", "&#160", "&#xa0;",
    ],
)  # fmt: skip
def test_not_simple(html):
    assert simple_body(html) is None


@pytest.mark.parametrize(
    ("beginning", "unit"),
    [
        ("<", "a"), ("<a", " "), ("<a", "/"), ('<a href="', "x"), ("<p>", "x"), ("", "<p>"),
        ("", "<p></p>"), ("", "&amp;"), ("", "&amp"), ("", "</p"), ("", "<a b"), ("<p", ' a="b"'),
        ("", "&#1"), ("", "<br>"), ("<a", ' b=""c'),
    ],
)  # fmt: skip
def test_the_time_grows_with_the_length_only(beginning, unit):
    begun = time.process_time()
    simple_body(beginning + unit * (300_000 // len(unit)))
    assert time.process_time() - begun < 4


def test_most_documents_take_the_quick_way():
    bodies = [path.read_text().split("\n---\n", 1)[-1] for path in sorted(DEMO.rglob("*.md"))]
    found = [markdown_to_html(body, lambda *_: None) for body in bodies]
    simple = [simple_body(html) is not None for html in found if html]
    assert sum(simple) > len(simple) / 2
