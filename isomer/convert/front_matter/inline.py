"""Values of the front matter that may hold markup: a few paragraphs of rich text."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from isomer.convert.body_reader import BodyReader
from isomer.convert.rules.lists import lists
from isomer.convert.text.list_blocks import written_number
from isomer.convert.text.richtext import TextItem, write_rich_text
from isomer.convert.text.runs import Run, inline_runs, merged
from isomer.convert.text.streams import Item
from isomer.convert.text.values import Block, ImportedHtml, RichText
from isomer.convert.tree.markup import (
    TooDeepError,
    leave_out_hidden,
    normalise_tree,
    only_text,
    parse,
)
from isomer.messages import Message

STYLE_OF_FEATURE = {
    "bold": "BOLD",
    "code": "CODE",
    "italic": "ITALIC",
    "strikethrough": "STRIKETHROUGH",
    "subscript": "SUBSCRIPT",
    "superscript": "SUPERSCRIPT",
    "underline": "UNDERLINE",
}
# What elements and marks are called in messages.
_NAMES = {
    "anchor": "an anchor",
    "imported_html": "a block of markup",
    "ol": "a numbered list",
    "ul": "a bulleted list",
}


def convert_inline(
    html: str, path: str, features: Collection[str], place: str = "", base: str = "/"
) -> tuple[RichText, list[Message]]:
    """Convert a value of the front matter to paragraphs of rich text, and say what was reduced.

    ``features`` are the names of Wagtail's rich text features that the field has; other
    marks, lists, headings and blocks give way to their words. ``place`` names the value in
    messages. ``base`` is the page's path, against which relative links are read.
    """
    found: list[tuple[str, str]] = []

    def note(rule: str, text: str) -> None:
        if rule != "markup-kept-as-html":  # no HTML is kept here; its words are
            found.append((rule, text))

    try:
        tree = parse(html)
    except TooDeepError:
        note("markup-reduced", "elements nested too deeply; only the text was kept")
        tree = parse(only_text(html))
    leave_out_hidden(tree, note)
    normalise_tree(tree, base, note)
    lost: dict[str, None] = {}
    items = BodyReader(note, rules=(lists,)).read(list(tree.children))
    paragraphs = [_reduced(item, features, lost) for item in _texts(items, lost)]
    if lost:
        note("markup-reduced", ", ".join(lost))
    messages = [Message(rule, path, text, place) for rule, text in found]
    return RichText(write_rich_text(paragraphs, f"{path}/{place}")), messages


def _texts(items: list[Item], lost: dict[str, None]) -> Iterator[TextItem]:
    """Yield the text of items, blocks taken apart into theirs."""
    for item in items:
        if isinstance(item, TextItem):
            yield item
        else:
            lost[_NAMES.get(item.type, f"a {item.type.replace('_', ' ')}")] = None
            yield from _texts_of_block(item)


def _texts_of_block(block: Block) -> Iterator[TextItem]:
    if block.type == "quote":
        yield from block.value["text"]
    elif block.type == "text":
        yield from block.value
    elif block.type == "code" or block.type == "heading":
        yield TextItem("p", (Run(block.value["text"]),))
    elif block.type == "bulleted_list":
        for entry in block.value:
            for inner in entry:
                yield from _texts_of_block(inner)
    elif block.type == "numbered_list":
        kind, start = block.value["numbering"], block.value["start"]
        for number, entry in enumerate(block.value["items"], start):
            own: tuple[Run, ...] = (Run(f"{written_number(number, kind)}. "),)
            for text in (one for inner in entry for one in _texts_of_block(inner)):
                yield replace(text, runs=(*own, *text.runs))
                own = ()
    elif block.type == "picture" and block.value["alt"]:
        yield TextItem("p", (Run(block.value["alt"]),))
    elif block.type == "imported_html" and isinstance(block.value["html"], ImportedHtml):
        for paragraph in parse(only_text(block.value["html"].html)).find_all("p"):
            yield TextItem("p", tuple(inline_runs(paragraph.children)))


def _reduced(item: TextItem, features: Collection[str], lost: dict[str, None]) -> TextItem:
    """Return a text item with the marks only that a field has, as a paragraph if need be."""
    tag, depth = item.tag, item.depth
    if tag != "p" and tag not in features:
        lost[_NAMES.get(tag, "a heading")] = None
        tag, depth = "p", 0
    allowed = {STYLE_OF_FEATURE[name] for name in features if name in STYLE_OF_FEATURE}
    runs: list[Run] = []
    for run in item.runs:
        for style in sorted(run.styles - allowed):
            lost[style.lower()] = None
        link = run.link if "link" in features else None
        if run.link is not None and link is None:
            lost["a link"] = None
        runs.append(Run(run.text, run.styles & allowed, link))
    return TextItem(tag, tuple(merged(runs)), depth, item.list_number)
