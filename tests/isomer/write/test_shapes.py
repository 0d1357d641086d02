"""The table of shapes says what the blocks are; marked blocks of strangers do no harm."""

from __future__ import annotations

import pytest
from wagtail import blocks

from content.blocks import BodyBlock, LinkBlock
from content.fields import StreamField
from isomer.convert.shapes import (
    BODY_SHAPES,
    RECIPE_SHAPES,
    Choice,
    Kind,
    Many,
    Shape,
    Stream,
    Struct,
)
from networks.models import OverviewPage
from platforms.models import PlatformPage
from tests.isomer.convert.helpers import convert, visible_words


def check(block: blocks.Block, shape: Shape, place: str) -> None:
    """Fail unless a block has the parts that its shape names, and choices the same words."""
    if isinstance(block, LinkBlock):
        assert shape is Kind.LINK, place
    elif isinstance(block, blocks.BaseStructBlock):
        assert isinstance(shape, Struct), place
        assert list(block.child_blocks) == list(shape.parts), place
        for name, child in block.child_blocks.items():
            check(child, shape.parts[name], f"{place}.{name}")
    elif isinstance(block, blocks.ListBlock):
        assert isinstance(shape, Many), place
        check(block.child_block, shape.of, f"{place}[]")
    elif isinstance(block, blocks.BaseStreamBlock):
        assert isinstance(shape, Stream), place
        # The innermost of several levels holds less.
        assert set(block.child_blocks) <= shape.of, place
    elif isinstance(block, blocks.ChoiceBlock):
        assert isinstance(shape, Choice), place
        words = {word for word, _label in block._constructor_kwargs["choices"] if word}
        assert words == set(shape.of), place
        assert block.get_default() == shape.of[0], place
    else:
        assert isinstance(shape, Kind), place


def test_shapes_are_those_of_the_blocks() -> None:
    body = BodyBlock()
    assert set(body.child_blocks) == set(BODY_SHAPES)
    for name, shape in BODY_SHAPES.items():
        check(body.child_blocks[name], shape, name)


def test_so_are_those_of_particular_page_types() -> None:
    found: dict[str, blocks.Block] = {}
    for model in (OverviewPage, PlatformPage):
        stream = model._meta.get_field("body")
        assert isinstance(stream, StreamField)
        found |= dict(stream.stream_block.child_blocks)
    for name, shape in RECIPE_SHAPES.items():
        check(found[name], shape, name)


@pytest.mark.parametrize(
    "body",
    [
        # No such block, not on this page, parts that it has not, words beside parts.
        '<div data-block="nonsense"><p data-part="text">words</p></div>',
        '<div data-block="capabilities"><p data-part="heading">words</p></div>',
        '<div data-block="quote"><p data-part="other">words</p></div>',
        '<div data-block="button">words<p data-part="text">here</p></div>',
        '<div data-block="button" data-style="huge"><p data-part="text">words</p></div>',
        '<div data-block="heading" id="a b"><p data-part="text">words</p></div>',
        '<div data-block="code"><div data-part="text"><p>words</p></div></div>',
        '<div data-block="picture" data-width="x"><p data-part="caption">words</p></div>',
        '<div data-block="imported_html">words<div data-part="html">here</div></div>',
        '<p data-block="text">words</p>',
        '<div data-block="bulleted_list"><div data-entry><table><tr><th>words</th><td>here</td>'
        "</tr></table></div></div>",
        '<div data-block="button"><p data-part="text">words</p>'
        '<p data-part="link"><a href="javascript:alert(1)">here</a></p></div>',
        '<div data-block="text"><script>no()</script><p>words</p></div>',
        '<div data-block="embed" data-aside="x"><p data-part="title">words</p></div>',
    ],
)
def test_boxes_of_another_form_keep_their_words(body: str) -> None:
    converted = convert(body)
    text = str(converted.stream)
    for word in visible_words(body):
        assert word in text
    assert "javascript:" not in text
    assert "no()" not in text


def test_unsafe_markup_in_a_marked_block_is_cleaned() -> None:
    body = (
        '<div data-block="imported_html"><div data-part="html"><p onclick="x()">words</p>'
        "<script>no()</script></div></div>"
    )
    [block] = convert(body).stream
    assert block["type"] == "imported_html"
    assert block["value"]["html"].html == "<p>words</p>"


def test_lists_that_nest_too_deep_are_opened() -> None:
    body = "words"
    for _ in range(6):
        body = f'<div data-block="bulleted_list"><div data-entry>{body}</div></div>'
    assert "words" in str(convert(body).stream)
