"""What a plan says about an update: fields, blocks, words."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from isomer.plan.differences import BlockChange, FieldChange, changes, shown_words


def text(words: str, number: int = 0) -> dict[str, Any]:
    value = {"$richtext": f"<p>{words}</p>"}
    return {"type": "text", "value": value, "id": f"{number}"}


def test_nothing() -> None:
    content = {"title": "A", "body": [text("a b")]}
    assert changes(content, {**content, "body": [text("a b", 7)]}) == []


def test_words_of_a_field() -> None:
    (found,) = changes({"title": "One old title"}, {"title": "One new title"})
    assert found == FieldChange("title", added=["new"], removed=["old"])


def test_one_block_among_others() -> None:
    old = {"body": [text("a"), text("b c"), text("d")]}
    new = {"body": [text("a"), text("b x"), text("d")]}
    (found,) = changes(old, new)
    assert found.blocks == [BlockChange("changed", "text", 2, ["x"], ["c"])]


def test_blocks_that_come_go_and_move() -> None:
    divider = {"type": "divider", "value": None}
    old = {"body": [text("a"), text("b"), text("c"), divider]}
    new = {"body": [text("b"), text("c"), text("a"), text("e")]}
    (found,) = changes(old, new)
    done = sorted((one.done, one.block) for one in found.blocks)
    assert ("moved", "text") in done
    assert ("removed", "divider") in done
    assert ("added", "text") in done


def test_where_links_lead() -> None:
    link: dict[str, Any] = {"page": None, "document": None, "address": "/a/"}
    (found,) = changes({"link": link}, {"link": link | {"page": {"$page": "b.md"}, "address": ""}})
    assert (found.added, found.removed) == ([], [])
    assert (found.targets_added, found.targets_removed) == (["b.md"], ["/a/"])
    (found,) = changes(
        {"body": [text('<a href="/a/">x</a>')]}, {"body": [text('<a href="/b/">x</a>')]}
    )
    assert found.blocks[0].targets_added == ["/b/"]


def test_the_words_of_an_address_block_are_words() -> None:
    assert shown_words({"address": ["1 Road", "Town"], "title": "Office"}) == [
        "1", "Road", "Town", "Office",
    ]  # fmt: skip


WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=6).map(" ".join)
STREAMS = st.lists(WORDS.map(text), max_size=6)


@given(STREAMS, STREAMS)
def test_no_change_goes_unsaid(old: list[Any], new: list[Any]) -> None:
    found = changes({"body": old}, {"body": new})
    same = [block["value"] for block in old] == [block["value"] for block in new]
    assert (found == []) is same
    if found:
        assert found[0].blocks
