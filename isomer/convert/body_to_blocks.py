"""A document's body, Markdown or HTML, as blocks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from isomer.convert.body_reader import BodyReader
from isomer.convert.pictures import Fetched, not_fetched
from isomer.convert.rules import RULES
from isomer.convert.rules.recipes import RECIPES
from isomer.convert.text.streams import Item, merge_text_items
from isomer.convert.text.values import Block, ImportedHtml
from isomer.convert.tree.markdown_body import read_markdown
from isomer.convert.tree.markup import (
    TooDeepError,
    is_html,
    leave_out_hidden,
    normalise_tree,
    only_text,
    parse,
)
from isomer.messages import Message
from isomer.source import SourceDocument


def body_blocks(
    document: SourceDocument,
    recipes: Sequence[str],
    base: str,
    messages: list[Message],
    hosts: Collection[str] = (),
    wanted: Collection[str] = (),
    fetched: Fetched = not_fetched,
) -> list[Block]:
    """Return the body of a document as blocks.

    ``recipes`` names the blocks to look for in the text, ``base`` is the page's path
    on the old site (its permalink if empty), ``hosts`` the names of that site, ``wanted`` the
    ids to which links of other pages lead, ``fetched`` names pictures that were brought; messages
    are added to ``messages``.
    """

    def note(rule: str, text: str) -> None:
        messages.append(Message(rule, document.path, text, "body"))

    body = document.body
    try:
        tree = parse(body) if is_html(document.path) else read_markdown(body, note)
    except TooDeepError:
        pattern = "elements nested too deeply"
        note("markup-kept-as-html", f"{pattern}; only the text was kept")
        html = only_text(body)
        return [Block("imported_html", {"html": ImportedHtml(html), "pattern": pattern})]
    leave_out_hidden(tree, note)
    page = base or document.permalink or "/"
    anchors = normalise_tree(tree, page, note, hosts, wanted, fetched)
    items: list[Item] = BodyReader(note, anchors, RULES).read(list(tree.children))
    for name in recipes:
        changed = RECIPES[name](items)
        if changed is None:
            note("block-not-found", name.replace("_", " "))
        else:
            items = changed
    return merge_text_items(items)
