"""Accordions: whatever folds out on a page (format reference, 6.1 Liquid, 6.2, 6.3)."""

from __future__ import annotations

from bs4.element import Tag

from isomer.convert.body_reader import BodyReader
from isomer.convert.text.richtext import TextItem
from isomer.convert.text.runs import Run, text_of
from isomer.convert.text.streams import Item, merge_text_items
from isomer.convert.text.values import Block, Content
from isomer.convert.tree.widgets import is_group

# Blocks that stand in front of words without being words.
_WORDLESS = frozenset({"anchor", "divider", "picture"})


def accordion(reader: BodyReader, tag: Tag) -> list[Item] | None:
    """Return one accordion block for a group of ``<details>``, or for a lone one.

    Its value is ``{"entries": [{"title": str, "open": bool, "body": [Block, …]}, …]}``.
    """
    if tag.name == "summary":
        # One without its details: a browser shows its words.
        return reader.inner(list(tag.children))
    if is_group(tag):
        members = [child for child in tag.children if isinstance(child, Tag)]
    elif tag.name == "details":
        members = [tag]
    else:
        return None
    entries = [_entry(reader, details) for details in members]
    found = [entry for entry in entries if entry["title"] or entry["body"]]
    if len(found) < len(entries):
        reader.note("markup-left-out", "an entry of an accordion without any content")
    for entry in found:
        if not entry["title"]:
            reader.note("accordion-without-title", _first_words(entry["body"]))
        entry["body"] = merge_text_items(entry["body"])
    return [Block("accordion", {"entries": found})] if found else []


def _entry(reader: BodyReader, details: Tag) -> dict[str, Content]:
    children = list(details.children)
    first = children[0] if children else None
    title = ""
    moved: list[Item] = []
    if isinstance(first, Tag) and first.name == "summary":
        title, moved = _title(reader, first)
        children = children[1:]
    body = [*moved, *reader.inner(children)]
    return {"title": title, "open": details.has_attr("open"), "body": body}


def _title(reader: BodyReader, summary: Tag) -> tuple[str, list[Item]]:
    """Return the words of a summary, and what of it a title can't hold.

    Pictures and links of a title go first into what folds out; a message says so. What
    follows a block with words, such as a table, stays behind it.
    """
    words: list[str] = []
    moved: list[Item] = []
    items = reader.inner(list(summary.children))
    for number, item in enumerate(items):
        if isinstance(item, TextItem):
            words.append(text_of(item.runs).strip())
            moved.extend(_links(item))
        elif item.type == "heading":
            words.append(item.value["text"])
            moved.append(Block("anchor", {"name": item.value["anchor"]}))
        elif item.type in _WORDLESS:
            moved.append(item)
        else:
            moved.extend(items[number:])
            break
    title = " ".join(words)
    if any(isinstance(item, TextItem) or item.type != "anchor" for item in moved):
        reader.note("accordion-title-reduced", title or _first_words(moved))
    return title, moved


def _links(item: TextItem) -> list[Item]:
    """Return each link of a text in a paragraph of its own."""
    found: dict[object, list[Run]] = {}
    for run in item.runs:
        if run.link is not None:
            found.setdefault(run.link, []).append(run)
    return [TextItem("p", tuple(runs)) for runs in found.values()]


def _first_words(items: list[Item]) -> str:
    for item in items:
        if isinstance(item, TextItem):
            return f"“{text_of(item.runs).strip()[:60]}”"
    kinds = ", ".join(dict.fromkeys(item.type for item in items if isinstance(item, Block)))
    return f"without words ({kinds.replace('_', ' ')})"
