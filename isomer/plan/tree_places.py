"""Where in the page tree documents live that got no address of their own, for messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from content.addresses.paths import normalise_path
from isomer.messages import Message
from isomer.plan.model import HOME_KEY, PlannedPage

# Stands in a message for where in the page tree its page lives, which is known last.
TREE_PLACE = "{place in the tree}"


def name_tree_places(messages: list[Message], pages: Sequence[PlannedPage]) -> None:
    """Write into messages where in the page tree their pages live, with the path.

    A page gives way to the names of its siblings and to the addresses of others by a number
    after its own name, as it does when it is made. Of two that both give way, only the making
    decides, and the path is left out.
    """
    by_key = {page.key: page for page in pages}
    addresses = {normalise_path(str(page.content.get("address") or "")) for page in pages}
    names = Counter((page.parent, page.slug) for page in pages)
    without = Counter((p.parent, p.slug) for p in pages if not p.content.get("address"))
    for index, message in enumerate(messages):
        if TREE_PLACE not in message.text:
            continue
        told, page = "at its place in the page tree", by_key.get(message.path)
        if page is not None and without[page.parent, page.slug] <= 1:
            told += f", {_path_above(page, by_key)}/{_slug(page, by_key, names, addresses)}/"
        messages[index] = replace(message, text=message.text.replace(TREE_PLACE, told))


def _slug(
    page: PlannedPage,
    pages: Mapping[str, PlannedPage],
    names: Counter[tuple[str, str]],
    addresses: Set[str],
) -> str:
    folder, number = _path_above(page, pages), 1
    slug, is_taken = page.slug, names[page.parent, page.slug] > 1
    while is_taken or f"{folder}/{slug}" in addresses:
        number += 1
        slug = f"{page.slug}-{number}"
        is_taken = names[page.parent, slug] > 0
    return slug


def _path_above(page: PlannedPage, by_key: Mapping[str, PlannedPage]) -> str:
    slugs: list[str] = []
    above = by_key.get(page.parent)
    while above is not None and above.key != HOME_KEY and len(slugs) < len(by_key):
        slugs.insert(0, above.slug)
        above = by_key.get(above.parent)
    return "".join(f"/{slug}" for slug in slugs)
