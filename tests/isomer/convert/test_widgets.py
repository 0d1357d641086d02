"""What folded out on old sites: one form for all of them, and nothing lost on the way."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from content.blocks import BodyBlock
from tests.isomer.convert.helpers import convert, rules, shown, stored, visible_words

BODY = BodyBlock(required=False)


def kinds(body: str, written_in: str = "html") -> list[str]:
    return [block["type"] for block in convert(body, written_in).stream]


def accordion(body: str) -> list[dict[str, Any]]:
    """Return the entries of the only block that comes of a body."""
    [block] = convert(body).stream
    assert block["type"] == "accordion"
    return [entry["value"] for entry in block["value"]["entries"]]


PIECES = [
    "<details>", "<details open>", "</details>", "<summary>", "</summary>", "<div>", "</div>",
    '<div data-type="detailGroup" class="isomer-accordion">', '<div class="tab">', "<p>", "</p>",
    '<input type="checkbox" class="toggle">', '<input type="checkbox" id="c">',
    '<label for="c">', '<label class="lbl-toggle">', "</label>", "<ul><li>", "</li><li>",
    "</li></ul>", "<br>", "<h3>", "</h3>", "<button>", "</button>", "</a>",
    '<a class="btn" href="/b/">', '<div class="card">', '<img src="/images/a.png">',
    '<p class="title">', "<table><tr><td>", "</td></tr></table>", "one ", " two", "three",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
@settings(max_examples=300, deadline=None)
def test_no_word_is_lost_and_every_block_can_be_saved(body: str) -> None:
    converted = convert(body)
    # A title can't hold its links; their words stand again in what it folds out.
    assume("accordion-title-reduced" not in rules(converted))
    assert "".join(visible_words(shown(converted))) == "".join(visible_words(body))
    stream = BODY.to_python(stored(converted))
    assert len(stream) == len(converted.stream)
    assert BODY.get_prep_value(BODY.clean(stream)) == BODY.get_prep_value(stream)


def test_an_accordion_nested_without_end_is_read():
    depth = 50
    body = "<details><summary>a</summary>" * depth + "deep" + "</details>" * depth
    converted = convert(body)
    assert rules(converted).count("accordion-laid-open") == depth - 2
    assert "".join(visible_words(shown(converted))) == "a" * depth + "deep"


@pytest.mark.parametrize("between", ["", "\n<br>\n", "<!-- x -->", "<p></p>", "<p>&nbsp;</p>"])
def test_neighbours_become_one_accordion(between):
    one, two = (
        "<details><summary>A</summary>a</details>",
        "<details><summary>B</summary>b</details>",
    )
    assert [entry["title"] for entry in accordion(one + between + two)] == ["A", "B"]


@pytest.mark.parametrize("between", ["text", "<hr>", "<h3>h</h3>", '<img src="/images/a.png">'])
def test_what_stands_between_parts_them(between):
    one = "<details><summary>A</summary>a</details>"
    assert kinds(one + between + one).count("accordion") == 2


def test_a_place_that_a_link_leads_to_keeps_neighbours_apart():
    one = "<details><summary>A</summary>a</details>"
    body = f'<p><a href="#k">k</a></p>{one}<p id="k"></p>{one}'
    assert kinds(body) == ["text", "accordion", "anchor", "accordion"]


@pytest.mark.parametrize(
    "body",
    [
        '<input type="checkbox" id="a"><label for="b">Q</label><div>x</div>',
        '<input type="checkbox" id="a"><label for="a">Q</label>',
        '<input type="checkbox" id="a"><label for="a">Q</label> text <div>x</div>',
        '<input type="checkbox" id="a"><label for="a">I agree</label><p>Not folded.</p>',
        '<form><input type="checkbox" id="a"><label for="a">Q</label><div>x</div></form>',
        '<input type="text" id="a"><label for="a">Q</label><div>x</div>',
    ],
)
def test_other_checkboxes_fold_nothing(body):
    assert "accordion" not in kinds(body)


def test_a_checkbox_in_a_paragraph_of_markdown():
    body = (
        'Before\n\n<input type="checkbox" id="a" class="toggle">\n'
        '<label for="a" class="lbl-toggle">Q</label>\n\n<div>\n<p>x</p>\n</div>\n\nAfter'
    )
    assert kinds(body, "markdown") == ["text", "accordion", "text"]


def test_details_within_a_table_stay_there():
    assert "accordion" not in kinds(
        "<table><tr><td><details>a</details></td><td>b</td></tr></table>"
    )


def test_a_link_to_an_entry_leads_into_it():
    for entry in (
        '<details id="k"><summary>A</summary>a</details>',
        '<details><summary id="k">A</summary>a</details>',
        '<details><summary><b id="k">A</b></summary>a</details>',
        '<input type="checkbox" class="toggle" id="k"><label for="k">A</label><p>a</p>',
    ):
        _, block = convert(f'<p><a href="#k">to</a></p>{entry}').stream
        [item] = block["value"]["entries"]
        assert [inner["type"] for inner in item["value"]["body"]] == ["anchor", "text"]


def test_a_button_needs_a_line_of_its_own():
    link = '<a class="bp-button" href="/x/">Go</a>'
    assert kinds(f"<p>{link}</p>") == ["button"]
    assert kinds(f"<div class='wide'><h3>h</h3>{link}</div>")[-1] == "button"
    assert kinds(f"<div><h3>h</h3>{link}<p>p</p></div>") == ["text", "button", "text"]
    assert kinds(f"<p>{link} {link}</p>") == ["button", "button"]
    for picture in (
        "<a href='/y/'><img src='/images/a.png'></a>",
        "<b><img src='/images/a.png'></b>",
    ):
        assert "picture" in kinds(f"<p>{link} {picture}</p>")
    for body in (f"<p>Text {link}</p>", f"<ul><li>{link}</li></ul>", f"<h3>{link}</h3>"):
        assert kinds(body) == ["text"]
    assert kinds('<p><a class="btn" href="javascript:x">Go</a></p>') == ["text"]


@pytest.mark.parametrize(
    "card",
    [
        '<div class="card"><p class="title">T</p><p>no picture</p></div>',
        '<div class="card"><img src="/images/a.png"><p>T</p><p>no title</p></div>',
        '<div class="card"><img src="/images/a.png"><h3>T</h3><table><td>a</table></div>',
        '<div class="card"><img src="/images/a.png"><h3><a href="/1/">T</a></h3>'
        '<p><a href="/2/">another</a></p></div>',
        '<div class="card"><img src="https://x.org/a.png"><h3>T</h3><p>elsewhere</p></div>',
        '<div class="box"><img src="/images/a.png"><h3>T</h3><p>no class</p></div>',
    ],
)
def test_boxes_that_are_not_exactly_cards_stay_what_they_are(card):
    assert "card_grid" not in kinds(f"<div>{card}</div>")
