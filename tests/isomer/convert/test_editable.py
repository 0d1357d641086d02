"""How much of what real sites say an editor meets in blocks, not as markup (design, 2.9)."""

from __future__ import annotations

from typing import Any

import pytest

from content.blocks import lists as list_block
from content.markup.html_tree import parse
from isomer.convert import convert_document
from isomer.convert.rules.lists import ENTRY_TYPES, LIST_LEVELS
from isomer.convert.text.values import ImportedHtml, RichText
from isomer.read import open_source
from tests.isomer.read.sources import SHARED

CASES = SHARED / "cases"
# The aim is 0.97; tables, accordions and embeds are still kept as markup.
LEAST_EDITABLE = 0.97


def letters_of(value: Any) -> tuple[int, int]:
    """Return how many letters stand in blocks, and how many in kept markup, at any depth."""
    if isinstance(value, RichText | ImportedHtml):
        letters = len("".join(parse(value.html).get_text().split()))
        return (0, letters) if isinstance(value, ImportedHtml) else (letters, 0)
    if isinstance(value, dict):
        # Names of types, ids and patterns are no words of the page.
        inner = [one for key, one in value.items() if key not in ("id", "pattern", "type")]
    elif isinstance(value, list):
        inner = value
    else:
        return (len("".join(value.split())), 0) if isinstance(value, str) else (0, 0)
    found = [letters_of(one) for one in inner]
    return sum(editable for editable, _ in found), sum(kept for _, kept in found)


@pytest.mark.shared
def test_most_of_what_real_sites_say_is_editable() -> None:
    editable = kept = 0
    for case in sorted(path for path in CASES.iterdir() if (path / "_config.yml").exists()):
        with open_source(case, lambda text: None) as source:
            bodies = [
                one
                for one in source.documents
                if one.body.strip() and one.text("layout") != "homepage"
            ]
        for document in bodies:
            of_blocks, of_markup = letters_of(convert_document(document).stream)
            editable, kept = editable + of_blocks, kept + of_markup
    assert editable / (editable + kept) >= LEAST_EDITABLE


def test_entries_of_lists_hold_what_their_block_holds() -> None:
    """The import knows blocks by name only, so both places are held together here."""
    assert set(list_block.entry_block(2).child_blocks) == ENTRY_TYPES
    assert list_block.LIST_LEVELS == LIST_LEVELS
