"""Bodies that are written are read as the same blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from isomer.convert.shapes import BODY_SHAPES, RECIPE_SHAPES
from isomer.convert.values import Block, RichText
from isomer.write.body import BodyWriter, comparable
from isomer.write.marked import marked_block
from tests.isomer.write.random_blocks import bodies, values

SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


def text(html: str) -> Block:
    return Block("text", RichText(html))


def ids_in(value: Any) -> Iterator[str]:
    if isinstance(value, Block):
        if value.type in ("heading", "anchor"):
            yield value.value.get("anchor") or value.value["name"]
        elif value.type == "imported_html" and 'id="one"' in value.value["html"].html:
            yield "one"
        else:
            yield from ids_in(value.value)
    elif isinstance(value, list):
        for one in value:
            yield from ids_in(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from ids_in(one)


def check(blocks: list[Block], recipes: tuple[str, ...] = ()) -> None:
    ids = list(ids_in(blocks))
    # Of two equal ids on one page only the first can be led to, and the second is renamed.
    assume(len(ids) == len(set(ids)))
    writer = BodyWriter(recipes)
    html = writer.write(blocks)
    assert writer.read(html) == comparable(blocks), html
    assert "{{" not in html
    assert "{%" not in html


@settings(suppress_health_check=SLOW)
@given(bodies())
def test_any_body_comes_back(blocks: list[Block]) -> None:
    check(blocks)


@settings(suppress_health_check=SLOW)
@given(bodies((*BODY_SHAPES, *RECIPE_SHAPES)))
def test_so_do_those_of_pages_with_blocks_of_their_own(blocks: list[Block]) -> None:
    names = [block.type for block in blocks if block.type in RECIPE_SHAPES]
    # Pages allow one of each.
    assume(len(names) == len(set(names)))
    check(blocks, tuple(RECIPE_SHAPES))


@settings(suppress_health_check=SLOW)
@given(st.data())
def test_every_marked_block_comes_back(data: Any) -> None:
    shapes = BODY_SHAPES | RECIPE_SHAPES
    name = data.draw(st.sampled_from(sorted(shapes)))
    block = Block(name, data.draw(values(shapes[name], 1)))
    ids = list(ids_in(block))
    assume(len(ids) == len(set(ids)))
    writer = BodyWriter(tuple(RECIPE_SHAPES))
    html = writer._marked(block, "")
    assert writer.read(html) == comparable([block]), html


@pytest.mark.parametrize(
    ("blocks", "html"),
    [
        ([text("<p>a</p>")], "<p>a</p>"),
        ([text('<p data-block-key="abcde">a</p><h2>b</h2>')], "<p>a</p>\n<h2>b</h2>"),
        # Two texts would be one.
        ([text("<p>a</p>"), text("<p>b</p>")], '<p>a</p>\n<div data-block="text"><p>b</p></div>'),
        ([text("<p>{{ a }}</p>")], "<p>&#123;{ a }}</p>"),
        ([Block("divider", None)], "<hr>"),
    ],
)
def test_ordinary_markup_comes_first(blocks: list[Block], html: str) -> None:
    assert BodyWriter().write(blocks) == html


def test_words_of_a_marked_block_stand_there_as_such() -> None:
    entries = [{"title": "Costs", "open": True, "body": [text("<p>None.</p>")]}]
    html = marked_block(Block("accordion", {"entries": entries}), BodyWriter().write)
    assert '<p data-part="title">Costs</p>' in html
    assert "<p>None.</p>" in html
