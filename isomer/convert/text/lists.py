"""List elements as text items, where text can hold them (format reference, 6.1 and 6.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bs4.element import NavigableString, PageElement, Tag

from content.markup.html_tree import MEDIA_PARTS, attribute, is_blank, tags_in
from isomer.convert.text.richtext import LIST_TAGS, TextItem
from isomer.convert.text.runs import INLINE, inline_runs, text_of

MAXIMUM_LIST_DEPTH = 4
BULLETS = ""
KINDS_OF_NUMBERS = ("1", "a", "A", "i", "I")
# Values of the style property of the same meaning.
_STYLES = {
    "decimal": "1", "decimal-leading-zero": "1", "lower-alpha": "a", "lower-latin": "a",
    "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I",
    "none": BULLETS, "disc": BULLETS, "circle": BULLETS, "square": BULLETS,
}  # fmt: skip
_STYLE = re.compile(r"list-style(?:-type)?\s*:([^;]*)", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d{1,9}(?!\d)")
# Elements that make rows of their own of what is in them.
_OWN_LISTS = frozenset({*LIST_TAGS, "dir", "menu", "table", "details"})


def holds_block(tag: Tag) -> bool:
    """Tell whether anything but running text stands in an element."""
    return any(inner.name not in INLINE for inner in tags_in(tag)[1:])


def numbering_of(tag: Tag, default: str) -> str:
    """Return how a list or an entry is counted: a kind of numbers, or ``BULLETS``.

    Its style counts before its ``type``, as in browsers. Old sites styled lists by class, too;
    the names say what they meant (format reference, 6.3: ``lower-roman-orderedlist``).
    """
    styled = _STYLE.search(attribute(tag, "style"))
    for word in styled.group(1).lower().split() if styled else ():
        if word in _STYLES:
            return _STYLES[word]
    for name in tag.get("class") or ():
        lower = name.lower()
        if "roman" in lower:
            return "I" if "upper" in lower else "i"
        if "alpha" in lower and tag.name == "ol":
            return "A" if "upper" in lower else "a"
    given = attribute(tag, "type")
    return given if given in KINDS_OF_NUMBERS else default


def number_in(tag: Tag, name: str) -> int | None:
    """Return the number in an attribute as a browser reads it, ``None`` if it reads none."""
    match = _NUMBER.match(attribute(tag, name))
    return int(match.group()) if match else None


def entry_nodes(tag: Tag) -> Iterator[tuple[Tag | None, list[PageElement]]]:
    """Yield each entry of a list and what stands in it.

    What stands between two entries belongs to the first of them, as it looks in a browser;
    with ``None`` comes what stands before the first one.
    """
    entry: Tag | None = None
    nodes: list[PageElement] = []
    for node in _rows(tag):
        if isinstance(node, Tag) and node.name == "li":
            if entry is not None or nodes:
                yield entry, nodes
            entry, nodes = node, list(node.children)
        elif not _shows_nothing(node):
            if nodes and not (isinstance(node, Tag) and node.name in LIST_TAGS):
                nodes.append(Tag(name="br"))
            nodes.append(node)
    if entry is not None or nodes:
        yield entry, nodes


def _rows(tag: Tag) -> Iterator[PageElement]:
    """Yield the children of a list, boxes around its entries opened."""
    for node in tag.children:
        boxed = isinstance(node, Tag) and node.name != "li" and node.name not in _OWN_LISTS
        if boxed and isinstance(node, Tag) and any(_is_own_entry(li, tag) for li in node("li")):
            yield from _rows(node)
        else:
            yield node


def _is_own_entry(entry: Tag, tag: Tag) -> bool:
    for parent in entry.parents:
        if parent is tag:
            return True
        if parent.name in _OWN_LISTS:
            return False
    return False


def _shows_nothing(node: PageElement) -> bool:
    return is_blank(node) or (
        isinstance(node, Tag) and (node.name == "br" or node.name in MEDIA_PARTS)
    )


def lines_of(entries: Sequence[TextItem]) -> list[list[TextItem]]:
    """Return each outermost entry as a paragraph, followed by the lists nested in it."""
    lines: list[list[TextItem]] = []
    for entry in entries:
        if entry.depth == 0:
            lines.append([TextItem("p", entry.runs)] if entry.runs else [])
        else:
            lines[-1].append(replace(entry, depth=entry.depth - 1))
    return lines


def flat_entry(
    nodes: Iterable[PageElement], name: str, number: int, numbers: Iterator[int], depth: int = 0
) -> list[TextItem] | None:
    """Return an entry and the lists nested in it, ``None`` if text can't hold them.

    ``nodes`` is what stands in the entry, ``name`` the list's (``ul`` or ``ol``),
    ``number`` the list's own; ``numbers`` gives each nested list a number.
    """
    own: list[object] = []
    nested: list[TextItem] = []
    after_paragraph = False
    for node in nodes:
        if isinstance(node, Tag) and node.name in LIST_TAGS:
            below = _nested_list(node, numbers, depth + 1)
            if below is None:
                return None
            nested.extend(below)
        elif isinstance(node, Tag) and node.name == "p" and not holds_block(node):
            if nested and node.get_text(strip=True):
                return None
            if own:
                own.append(Tag(name="br"))
            own.extend(node.children)
            after_paragraph = True
        else:
            block = isinstance(node, Tag) and (node.name not in INLINE or holds_block(node))
            comes_after = nested and isinstance(node, Tag | NavigableString) and _says(node)
            if block or comes_after:
                return None
            if after_paragraph and isinstance(node, Tag | NavigableString) and _says(node):
                own.append(Tag(name="br"))
                after_paragraph = False
            own.append(node)
    runs = inline_runs(own)
    if not text_of(runs).strip() and not nested:
        return []
    return [TextItem(name, tuple(runs), depth, number), *nested]


def _says(node: Tag | NavigableString) -> bool:
    return bool(text_of(inline_runs([node])).strip())


def _nested_list(tag: Tag, numbers: Iterator[int], depth: int) -> list[TextItem] | None:
    plain = "1" if tag.name == "ol" else BULLETS
    kinds = {numbering_of(tag, plain), *(numbering_of(li, plain) for li in tag("li"))}
    if depth > MAXIMUM_LIST_DEPTH or (tag.name == "ol" and kinds != {plain}):
        return None
    if tag.name == "ol" and number_in(tag, "start") not in (None, 1):
        return None
    if tag.has_attr("reversed"):
        return None
    number = next(numbers)
    found: list[TextItem] = []
    after_empty = False
    for entry, nodes in entry_nodes(tag):
        if entry is None or (tag.name == "ol" and entry.get("value")):
            return None
        items = flat_entry(nodes, tag.name, number, numbers, depth)
        # An empty entry has a number, too, and the ones below it count on from there.
        if items is None or (items and after_empty and tag.name == "ol"):
            return None
        after_empty = after_empty or not items
        found.extend(items)
    return found


def holds_id(nodes: Iterable[PageElement], ids: frozenset[str]) -> bool:
    """Tell whether one of some ids stands in nodes."""
    return bool(ids) and any(
        attribute(tag, "id") in ids
        for node in nodes
        if isinstance(node, Tag)
        for tag in tags_in(node)
    )
