"""What a body is written in, and the passes over its tree before it becomes blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from bs4.element import Tag

from content.markup.hidden import take_out_hidden
from content.markup.html_tree import (
    TooDeepError,
    attribute,
    only_text,
    parse,
    tags_in,
    take_out_unseen,
    unseen_things,
)
from content.markup.links import (
    clean_address,
    fragment_of,
    host_of,
    is_safe_address,
    lacks_scheme,
    link_to_id,
    own_id,
    resolve_address,
)
from content.markup.sanitise import rename_ids
from isomer.convert.pictures import Fetched, name_pictures_elsewhere, not_fetched
from isomer.convert.tree.widgets import normalise_widgets

__all__ = ["TooDeepError", "is_html", "leave_out_hidden", "normalise_tree", "only_text", "parse"]

# Where an element names the place it is loaded from or leads to.
_ADDRESSES = {
    "a": "href", "area": "href", "audio": "src", "embed": "src", "iframe": "src", "img": "src",
    "object": "data", "source": "src", "video": "src",
}  # fmt: skip


def is_html(path: str) -> bool:
    """Tell whether the body of a document is HTML rather than Markdown (format reference, 1.2).

    Jekyll goes by the name of the file alone. What the rich editor wrote (``variant: tiptap``)
    is Markdown, too: its HTML stays what it is there, and people wrote Markdown below it.
    """
    return path.lower().endswith((".html", ".htm"))


def leave_out_hidden(tree: Tag, note: Callable[[str, str], None]) -> None:
    """Take out of a parsed body what the old site kept hidden, and name it."""
    for name, words in take_out_hidden(tree):
        note("hidden-left-out", f"<{name}>: “{words[:300]}”")


def normalise_tree(
    tree: Tag,
    base: str,
    note: Callable[[str, str], None],
    hosts: Collection[str] = (),
    wanted: Collection[str] = (),
    fetched: Fetched = not_fetched,
) -> frozenset[str]:
    """Make addresses and ids of a parsed body final, bring what folds out into one form, count
    and take out what nobody sees, and return the ids that links lead to.

    ``base`` is the page's own address, against which relative ones are read, ``hosts``
    are the names of the old site, whose pictures are this site's own, ``wanted`` the ids that
    links of other pages lead to; ``fetched(address)`` is the path of a picture of another site
    that was brought, ``""`` of all others.
    ``note(rule, text)`` is called for each thing worth a message.
    """
    unseen = unseen_things(tree)
    if unseen:
        listed = (f"{n} {what}{'s' if n > 1 else ''}" for what, n in sorted(unseen.items()))
        note("markup-left-out", ", ".join(listed))
        take_out_unseen(tree)
    normalise_widgets(tree, note)
    rename_ids(tree)
    tags = tags_in(tree)
    for tag in tags:
        key = _ADDRESSES.get(tag.name)
        if key and tag.has_attr(key):
            address = _resolved(clean_address(attribute(tag, key)), base, note)
            is_picture = tag.name == "img"
            tag[key] = fetched(address) or _own_picture(address, hosts) if is_picture else address
    name_pictures_elsewhere(tree)
    return _linked_ids(tags, wanted)


def _resolved(address: str, base: str, note: Callable[[str, str], None]) -> str:
    if lacks_scheme(address) and not address.startswith("//") and is_safe_address(address):
        note("link-without-scheme", address)
    return resolve_address(address, base)


def _own_picture(address: str, hosts: Collection[str]) -> str:
    """Return the address of a picture, as a path if it lies on the old site."""
    path = re.sub(r"^[a-z]+://[^/]*", "", address, flags=re.IGNORECASE)
    return path if path.startswith("/") and host_of(address) in hosts else address


def _linked_ids(tags: Sequence[Tag], wanted: Collection[str]) -> frozenset[str]:
    """Return the ids that links lead to, and write those within the page in one way."""
    ids = {attribute(tag, "id") for tag in tags}
    found = ids & {own_id(name) for name in wanted}
    for tag in tags:
        target = fragment_of(attribute(tag, "href")) if tag.name == "a" else ""
        if target and target in ids:
            found.add(target)
            tag["href"] = link_to_id(target)
    return frozenset(found)
