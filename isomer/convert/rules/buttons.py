"""Buttons: links that stand apart and looked like buttons (format reference, 6.3)."""

from __future__ import annotations

import re

from bs4.element import Tag

from isomer.convert.body_reader import BodyReader
from isomer.convert.text.runs import inline_runs, link_address, text_of
from isomer.convert.text.streams import Item
from isomer.convert.text.values import Block, LinkTo
from isomer.convert.tree.button_links import button_links

# The quiet looks of button classes. The old theme's "is-secondary" is the colour that its
# ordinary buttons have, so it says nothing.
_QUIET = re.compile(r"(^|-)(outlined?|inverted|light|white|ghost|text|link)$")
_QUIET_NAMES = frozenset({"btn-secondary", "button-secondary", "button--secondary"})


def buttons(reader: BodyReader, tag: Tag) -> list[Item] | None:
    """Return a button block for each button of a paragraph that holds nothing else.

    Its value is ``{"text": str, "link": LinkTo, "style": "primary" or "secondary"}``.
    """
    if tag.name != "p":
        return None
    found = button_links(tag.children)
    return [_button(link) for link in found] or None


def _button(link: Tag) -> Block:
    names = [name.lower() for name in link.get("class") or () if not name.startswith("has-")]
    quiet = any(name in _QUIET_NAMES or _QUIET.search(name) for name in names)
    return Block(
        "button",
        {
            "text": text_of(inline_runs(link.children)).strip(),
            "link": LinkTo(link_address(link), "body"),
            "style": "secondary" if quiet else "primary",
        },
    )
