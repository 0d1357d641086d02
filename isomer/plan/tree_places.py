"""Where in the page tree documents live that got no address of their own, for messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from isomer.messages import Message
from isomer.plan.model import HOME_KEY, PlannedPage

IN_THE_TREE = "at its place in the page tree"


def name_tree_places(messages: list[Message], pages: Sequence[PlannedPage]) -> None:
    """Add the path to each message that sends a page to its place in the page tree.

    Where two pages of one parent would have the same name, the last to come gets another one
    when it is made; nothing is added then.
    """
    by_key = {page.key: page for page in pages}
    names = Counter((page.parent, page.slug) for page in pages)
    for index, message in enumerate(messages):
        page = by_key.get(message.path)
        if page is None or IN_THE_TREE not in message.text or names[page.parent, page.slug] > 1:
            continue
        told = message.text.replace(IN_THE_TREE, f"{IN_THE_TREE}, {_path_of(page, by_key)}")
        messages[index] = replace(message, text=told)


def _path_of(page: PlannedPage, by_key: dict[str, PlannedPage]) -> str:
    slugs: list[str] = []
    above: PlannedPage | None = page
    while above is not None and above.key != HOME_KEY and len(slugs) < len(by_key):
        slugs.insert(0, above.slug)
        above = by_key.get(above.parent)
    return "".join(f"/{slug}" for slug in slugs) + "/"
