"""The one link: five ways to lead somewhere, one of them filled in, stored as it always was."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from wagtail import blocks

from content.blocks import ButtonBlock, EmbedBlock, LinkBlock
from content.markup.links import LINK_PARTS, as_address, as_parts, leads_somewhere
from content.templatetags.content_tags import link_url
from navigation.blocks import FooterLinksBlock, MenuBlock

EMPTY = {"page": None, "document": None, "address": ""}


def stored(address: str) -> dict:
    return {**EMPTY, "address": address}


@pytest.mark.parametrize(
    ("address", "part", "shown"),
    [
        ("mailto:enquiries@example.org", "email", "enquiries@example.org"),
        ("tel:+6560000000", "phone", "+6560000000"),
        ("tel:(65)6000-0000", "phone", "(65)6000-0000"),
        ("mailto:enquiries@example.org?subject=Trial", "address", None),
        ("MAILTO:enquiries@example.org", "address", None),
        ("mailto:a..b@example.org", "address", None),
        ("tel:+65 6000 0000", "address", None),
        ("tel:6000-", "address", None),
        ("https://www.example.org/", "address", None),
        ("/about-us/", "address", None),
    ],
)
def test_a_stored_address_is_shown_where_editors_look_for_it(address, part, shown):
    block = LinkBlock()
    value = block.to_python(stored(address))
    assert {name: value[name] for name in LINK_PARTS if value[name]} == {part: shown or address}
    # Saving it untouched is no edit, also in a list, which is read at once.
    assert block.get_prep_value(block.clean(value)) == stored(address)
    assert block.get_prep_value(block.bulk_to_python([stored(address)])[0]) == stored(address)
    assert link_url({}, value) == address


@given(st.one_of(st.text(), st.text().map("mailto:".__add__), st.text().map("tel:".__add__)))
def test_parts_give_the_address_back(address):
    parts = as_parts(address)
    assert as_address(parts) == address
    assert sum(map(bool, parts.values())) == bool(address)


def test_what_an_editor_writes_becomes_an_address():
    block = LinkBlock()
    empty = block.get_default()
    for part, written, address in (
        ("email", "enquiries@example.org", "mailto:enquiries@example.org"),
        ("phone", "+65 6000 0000", "tel:+6560000000"),
    ):
        value = block.clean(block.to_python({**empty, part: written}))
        assert block.get_prep_value(value) == stored(address)
        assert link_url({}, value) == address
        assert leads_somewhere(value)
    assert not leads_somewhere(empty)
    assert not leads_somewhere(None)


@pytest.mark.parametrize(
    ("changes", "place", "says"),
    [
        ({"phone": "ask for Tan"}, "phone", "digits"),
        ({"phone": "60000000 or 61111111"}, "phone", "one number"),
        ({"email": "enquiries"}, "email", "valid email"),
        ({"address": "www.example.org"}, "address", "full address"),
        ({"address": "/about/", "email": "a@example.org"}, "email", "Keep the one you want"),
        ({"email": "a@example.org", "phone": "60000000"}, "phone", "Keep the one you want"),
    ],
)
def test_a_wrong_link_says_what_to_do(changes, place, says):
    block = LinkBlock()
    with pytest.raises(blocks.StructBlockValidationError) as raised:
        block.clean(block.normalize({**block.get_default(), **changes}))
    assert says in str(raised.value.block_errors[place])


def test_a_link_that_is_needed_may_be_empty_in_a_draft_only():
    block = LinkBlock(needed=True)
    with pytest.raises(blocks.StructBlockValidationError) as raised:
        block.clean(block.get_default())
    assert "e-mail address" in str(raised.value.block_errors["page"])
    assert not leads_somewhere(block.clean_deferred(block.get_default()))
    for stream, name in ((MenuBlock(), "link"), (FooterLinksBlock(), "privacy")):
        part = stream.child_blocks[name]
        with pytest.raises(ValidationError):
            part.clean(part.get_default())
    button = ButtonBlock()
    with pytest.raises(ValidationError):
        button.clean(button.normalize({**button.get_default(), "text": "Go"}))


def test_an_embed_shows_neither_mailbox_nor_telephone():
    source = EmbedBlock().child_blocks["source"]
    assert list(source.child_blocks) == ["page", "document", "address"]
    value = source.to_python(stored("mailto:a@example.org"))
    assert source.get_prep_value(value) == stored("mailto:a@example.org")


def test_every_block_that_leads_to_a_page_is_the_one_link(reachable_blocks):
    """Choosers of pages stand in link blocks alone, but for two entries of menus that list what
    is below a page."""
    alone = {
        name.rsplit(".", 1)[0]
        for name, block in reachable_blocks.items()
        if isinstance(block, blocks.PageChooserBlock)
        and not isinstance(reachable_blocks[name.rsplit(".", 1)[0]], LinkBlock)
    }
    assert {name.rsplit(".", 1)[1] for name in alone} <= {"section", "resource_room"}
    assert {name.split(".")[0] for name in alone} <= {"Menu", "Footer"}
