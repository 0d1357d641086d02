"""Stored values of any block as no form would have stored them.

The null character stands nowhere in them: PostgreSQL stores no text that holds one.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from wagtail import blocks

# Ids that name nothing: no number, too large for a column, missing, of another kind.
IDS = ("abc", "", "-1", "0", "99999999999999999999", "1.5", "٣", "1 OR 1=1", "9" * 18)
ENTITIES = (
    "<p>w</p>",
    "<p><a>w</a></p>",
    '<p><a linktype="page">w</a></p>',
    '<p><a linktype="nothing" id="1">w</a></p>',
    '<p><a href="http://[bad">w</a></p>',
    '<p><a href="javascript:x">w</a></p>',
    '<embed embedtype="image"/>',
    '<embed embedtype="image" id="1"/>',
    '<embed embedtype="image" id="1" format="huge" alt="w"/>',
    '<embed embedtype="media"/>',
    '<embed embedtype="media" url="https://example.invalid/x"/>',
    "<embed/>",
    "<table><tr><td colspan='x'>w</td></tr>",
    "<h2>w",
    "</p></div>",
    "\x01<p>w</p>",
    *(f'<p><a linktype="page" id="{one}">w</a></p>' for one in IDS),
    *(f'<p><a linktype="document" id="{one}">w</a></p>' for one in IDS),
    *(f'<embed embedtype="image" id="{one}" format="full" alt="w"/>' for one in IDS),
)
ADDRESSES = (
    "http://[bad", "https://", "//", "mailto:", "tel:x", "javascript:x", "\x01", "#", "?", "/x y/",
    "https://www.youtube.com/embed/%", "https://e.org:port/", "https://e.org:99999999/", "/\\x",
    "http://a.example]/", "https://www.onemap.gov.sg/?a=[", "https://\u2100.example/",
)  # fmt: skip

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from((0, 1, -1, 2**31, 2**63, 10**30, -5, 101)),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from((*ENTITIES, *ADDRESSES, *IDS, "word", "2020-13-45", "full")),
)
# Any JSON at all.
anything: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(("type", "value", "id", "page", "address", "x")), inner, max_size=3
        ),
    ),
    max_leaves=6,
)


def rarely(odd: st.SearchStrategy[Any], usual: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return values that are odd now and then, so that most of a stream is reached."""
    return st.integers(0, 5).flatmap(lambda dice: odd if dice == 0 else usual)


def stored_values(block: blocks.Block, levels: int = 3) -> st.SearchStrategy[Any]:
    """Return plain data near to what a block stores; anything may stand in any place of it."""
    return rarely(anything, _near(block, levels))


def _near(block: blocks.Block, levels: int) -> st.SearchStrategy[Any]:
    if isinstance(block, blocks.BaseStreamBlock):
        names = sorted(block.child_blocks) if levels else []
        return st.lists(
            st.sampled_from(names).flatmap(
                lambda name: _entry(name, block.child_blocks[name], levels)
            )
            if names
            else st.nothing(),
            max_size=2,
        )
    if isinstance(block, blocks.ListBlock):
        inner = stored_values(block.child_block, levels)
        bare = st.builds(lambda value: {"type": "item", "value": value, "id": "i"}, inner)
        return st.lists(st.one_of(bare, inner), max_size=2)
    if isinstance(block, blocks.BaseStructBlock):
        parts = {name: stored_values(part, levels) for name, part in block.child_blocks.items()}
        return st.fixed_dictionaries({}, optional=parts)
    return _leaf(block)


def _entry(name: str, child: blocks.Block, levels: int) -> st.SearchStrategy[Any]:
    keys = st.sampled_from(("i", None, 7, "b" * 36))
    return st.builds(
        lambda value, key: {"type": name, "value": value, "id": key},
        stored_values(child, levels - 1),
        keys,
    )


def _leaf(block: blocks.Block) -> st.SearchStrategy[Any]:
    if isinstance(block, blocks.RichTextBlock | blocks.RawHTMLBlock):
        return st.lists(st.sampled_from(ENTITIES), max_size=3).map("".join)
    if isinstance(block, blocks.ChooserBlock):
        return st.sampled_from((None, 1, 2, 3, *IDS))
    if isinstance(block, blocks.ChoiceBlock):
        usual = [str(value) for value, _ in block.field.choices]
        return st.sampled_from([*usual, "other"])
    if isinstance(block, blocks.BooleanBlock):
        return st.booleans()
    return st.sampled_from((*ADDRESSES, "word", "https://www.youtube.com/watch?v=x", 5, ""))
