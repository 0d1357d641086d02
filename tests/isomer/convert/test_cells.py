"""What tables of old sites held beside plain words: numbers of lists, captions with links;
and lines whose blanks count."""

from __future__ import annotations

import pytest

from tests.isomer.convert.helpers import convert, rules, shown


def cell_of(markup: str) -> tuple[str, list[str]]:
    """Return the second cell of a table as converted, and the rules of the messages."""
    converted = convert(f"<table><tr><td>a</td><td>{markup}</td></tr></table>")
    [block] = converted.stream
    html = str(block["value"]["table"].html)
    return html.split("<td>")[2].split("</td>")[0], rules(converted)


@pytest.mark.parametrize(
    ("markup", "kept", "said"),
    [
        ('<ol start="4"><li>x</li><li>y</li></ol>', '<ol start="4"><li>x</li><li>y</li></ol>', []),
        ('<ol><li value="4">x</li><li>y</li></ol>', '<ol start="4"><li>x</li><li>y</li></ol>', []),
        ('<ol><li>x</li><li value="2">y</li></ol>', "<ol><li>x</li><li>y</li></ol>", []),
        ('<ol type="a"><li>x</li><li><p>y</p></li></ol>', "<p>a. x</p><p>b. y</p>",
         ["markup-reduced"]),
        ('<ol style="list-style-type: upper-roman" start="4"><li><b>x</b></li></ol>',
         "IV. <b>x</b>", ["markup-reduced"]),
        ("<ol reversed><li>x</li><li>y</li></ol>", "<p>2. x</p><p>1. y</p>", ["markup-reduced"]),
        ('<ol><li>x</li><li value="7">y</li></ol>', "<p>1. x</p><p>7. y</p>", ["markup-reduced"]),
        ('<ul><li>w<ol type="a"><li>x</li></ol></li></ul>', "<ul><li>w<br/>a. x</li></ul>",
         ["markup-reduced"]),
        ('<ol style="list-style: none"><li>x</li></ol>', "<ul><li>x</li></ul>", []),
        # An entry without anything in it.
        ("<ol><li></li><li>x</li></ol>", '<ol start="2"><li>x</li></ol>', []),
        ("<ol><li>x</li><li><wbr></li><li>y</li></ol>", "<p>1. x</p><p>3. y</p>",
         ["markup-reduced"]),
    ],
)  # fmt: skip
def test_the_numbers_of_lists_in_cells_stay(markup, kept, said):
    assert cell_of(markup) == (kept, said)


def test_the_marks_that_browsers_draw_around_a_quotation_stay():
    assert cell_of("<p>A <q>b <b>c</b></q></p>") == ("A “b <b>c</b>”", [])


def test_links_and_pictures_of_a_caption_come_before_the_table():
    table = "<table><caption>{}</caption><tr><td>a</td><td>b</td></tr></table>"
    linked = convert(table.format('See <a href="/x/">this</a> <b>table</b>'))
    assert [block["type"] for block in linked.stream] == ["text", "table"]
    assert 'See <a href="/x/">this</a>' in shown(linked)
    assert linked.stream[1]["value"]["caption"] == ""
    assert rules(linked) == ["markup-reduced"]
    pictured = convert(table.format('Figures <img src="/images/a.png" alt="A">'))
    assert [block["type"] for block in pictured.stream] == ["picture", "table"]
    assert pictured.stream[1]["value"]["caption"] == "Figures"
    plain = convert(table.format("Two <b>b</b>ig words"))
    assert plain.stream[0]["value"]["caption"] == "Two big words"
    assert rules(plain) == []


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ('<pre>if x:\n    call(<a href="/y/">y</a>)</pre>', "imported_html"),
        ('<pre>a   <a href="/y/">b</a>\naa  c</pre>', "imported_html"),
        ('<pre>See <a href="/y/">y</a>\nand more\n</pre>', "text"),
        ("<pre>if x:\n    call()</pre>", "code"),
    ],
)
def test_lines_with_links_keep_the_blanks_that_count(markup, kind):
    converted = convert(markup)
    [block] = converted.stream
    assert block["type"] == kind
    assert ('<a href="/y/">' in shown(converted)) is ("<a" in markup)
    if kind == "imported_html":
        assert block["value"]["html"].html == markup
        assert rules(converted) == ["markup-kept-as-html"]
