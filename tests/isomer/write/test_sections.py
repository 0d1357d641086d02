"""Sections of home pages that are written are read as the same sections."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from content.blocks import LinkBlock
from home.blocks import SectionsBlock
from isomer.convert import finish_blocks
from isomer.convert.homepage import home_sections
from isomer.convert.values import Block, LinkTo, PictureOf
from isomer.write.body import BodyWriter, comparable
from isomer.write.compare import settled
from isomer.write.front_matter import yaml_text
from isomer.write.sections import section_values
from tests.isomer.write.random_blocks import ADDRESSES, PATHS, bodies, decided, rich_texts

# In one line and without white space that front matter would not keep.
words = st.lists(
    st.sampled_from(
        ("a", "B c", "<b>", "&amp;", "&", "x: y", "'", '"', "#", "yes", "2024-01-01", "中")
    ),
    max_size=3,
).map(" ".join)


def values(block: blocks.Block) -> st.SearchStrategy[Any]:
    """Return values of a section's block, read off the block itself."""
    if isinstance(block, LinkBlock):
        return st.sampled_from(("", *ADDRESSES)).map(LinkTo)
    if isinstance(block, ImageChooserBlock):
        return st.sampled_from(("", *PATHS)).map(PictureOf)
    if isinstance(block, blocks.RichTextBlock):
        return rich_texts()
    if isinstance(block, blocks.BaseStructBlock):
        parts = {key: values(child) for key, child in block.child_blocks.items()}
        # Stored only where it is chosen.
        chosen = {"decorative": st.just(True)} if "decorative" in parts else {}
        parts = {key: part for key, part in parts.items() if key not in chosen}
        return st.fixed_dictionaries(parts, optional=chosen).map(decided)
    if isinstance(block, blocks.ListBlock):
        entry = values(block.child_block).filter(lambda one: says_something(comparable(one)))
        return st.lists(entry, max_size=2)
    if isinstance(block, blocks.BaseStreamBlock):
        return bodies(("text", "picture", "divider", "table"))
    if isinstance(block, blocks.ChoiceBlock):
        return st.sampled_from([word for word, _ in block._constructor_kwargs["choices"]])
    return words


def says_something(value: Any) -> bool:
    """Tell whether a value is more than empty parts; the old format has no empty entries."""
    if isinstance(value, dict):
        return any(map(says_something, value.values()))
    return value not in ("", None, [])


SECTIONS = SectionsBlock().child_blocks


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.sampled_from(sorted(SECTIONS)).flatmap(
    lambda name: values(SECTIONS[name]).map(lambda value: Block(name, value))
))  # fmt: skip
def test_any_section_comes_back(section: Block) -> None:
    text = yaml_text({"sections": [section_values(section, BodyWriter(base=""))]})
    read = home_sections(yaml.safe_load(text), lambda rule, text, place: None)
    found = settled(comparable(finish_blocks(read, "")))
    assert found == settled(comparable([section])), text
