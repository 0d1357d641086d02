"""Where in the page tree documents live that got no address of their own, for messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from content.paths import normalise_path
from isomer.messages import Message
from isomer.plan.model import HOME_KEY, PlannedPage

IN_THE_TREE = "at its place in the page tree"


def name_tree_places(messages: list[Message], pages: Sequence[PlannedPage]) -> None:
    """Add the path to each message that sends a page to its place in the page tree.

    A page gives way to the names of its siblings and to the addresses of others by a number
    after its own name, as it does when it is made. Of two that both give way, only the making
    decides, and nothing is added.
    """
    by_key = {page.key: page for page in pages}
    addresses = {normalise_path(str(page.content.get("address") or "")) for page in pages}
    names = Counter((page.parent, page.slug) for page in pages)
    without = Counter((p.parent, p.slug) for p in pages if not p.content.get("address"))
    for index, message in enumerate(messages):
        page = by_key.get(message.path)
        if page is None or IN_THE_TREE not in message.text or without[page.parent, page.slug] > 1:
            continue
        folder, number = _path_above(page, by_key), 1
        slug, is_taken = page.slug, names[page.parent, page.slug] > 1
        while is_taken or f"{folder}/{slug}" in addresses:
            number += 1
            slug = f"{page.slug}-{number}"
            is_taken = names[page.parent, slug] > 0
        told = message.text.replace(IN_THE_TREE, f"{IN_THE_TREE}, {folder}/{slug}/")
        messages[index] = replace(message, text=told)


def _path_above(page: PlannedPage, by_key: dict[str, PlannedPage]) -> str:
    slugs: list[str] = []
    above = by_key.get(page.parent)
    while above is not None and above.key != HOME_KEY and len(slugs) < len(by_key):
        slugs.insert(0, above.slug)
        above = by_key.get(above.parent)
    return "".join(f"/{slug}" for slug in slugs)
