"""Links that the old site showed as buttons (format reference, 6.3)."""

from __future__ import annotations

from collections.abc import Iterable

from bs4.element import AttributeValueList, NavigableString, PageElement, Tag

from content.markup.html_tree import LAYOUT_BOXES, MEDIA_PARTS, is_blank, named
from content.markup.links import is_link_address, is_safe_address
from isomer.convert.text.lists import holds_block
from isomer.convert.text.runs import INLINE, link_address

# Classes of the old theme, of the government's design system, and of hand-written styles.
BUTTON_CLASSES = frozenset({"bp-button", "sgds-button", "button", "btn"})
# Boxes in which a line of buttons may stand by itself.
_LINE_BOXES = LAYOUT_BOXES | {"body", "details"}


def is_button_link(tag: Tag) -> bool:
    """Tell whether an element is a link that looks like a button, leads somewhere and has
    nothing but words on it."""
    address = link_address(tag)
    return (
        tag.name == "a"
        and bool(BUTTON_CLASSES & set(tag.get("class") or ()))
        and is_link_address(address)
        and is_safe_address(address)
        and not holds_block(tag)
        and bool(tag.get_text(strip=True))
    )


def button_links(nodes: Iterable[PageElement]) -> list[Tag]:
    """Return the buttons among nodes, none if anything else is to be read there."""
    found: list[Tag] = []
    for node in nodes:
        if isinstance(node, NavigableString):
            if node.strip():
                return []
        elif isinstance(node, Tag) and node.name not in MEDIA_PARTS | {"br"}:
            inner = [node] if is_button_link(node) else []
            if not inner and node.name in INLINE - {"a"}:
                inner = button_links(node.children)
            is_empty = (
                node.name in INLINE and not holds_block(node) and not node.get_text(strip=True)
            )
            if not inner and not is_empty:
                return []
            found.extend(inner)
    return found


def normalise_buttons(tree: Tag) -> None:
    """Bring lines of buttons into one form: a paragraph of links with the class ``button``.

    A ``<button>`` in a link, or a link in a ``<button>``, is such a link, too. Boxes that
    only hold buttons lose their classes, so that they are no more than boxes.
    """
    for button in named(tree, "button"):
        _merge_with_link(button)
    for link in named(tree, "a"):
        parent = link.parent
        if is_button_link(link) and parent is not None and parent.name in _LINE_BOXES:
            _wrap_line(link)
    for box in named(tree, "div", "section", "center"):
        if box.has_attr("class") and box.find("a") is not None and _holds_only_buttons(box):
            del box["class"]


def _merge_with_link(button: Tag) -> None:
    parent = button.parent
    inner = [node for node in button.children if not is_blank(node)]
    if parent is not None and parent.name == "a":
        if all(node is button or is_blank(node) for node in parent.children):
            parent["class"] = AttributeValueList(["button"])
            button.unwrap()
    elif len(inner) == 1 and isinstance(inner[0], Tag) and inner[0].name == "a":
        inner[0]["class"] = AttributeValueList(["button"])
        button.unwrap()


def _is_inline(node: PageElement | None) -> bool:
    if isinstance(node, Tag):
        return node.name in INLINE and not holds_block(node)
    return node is not None


def _wrap_line(link: Tag) -> None:
    """Put a button and the inline nodes around it in a paragraph, if they are buttons only."""
    line: list[PageElement] = [link]
    while _is_inline(before := line[0].previous_sibling):
        line.insert(0, before)  # type: ignore[arg-type]
    while _is_inline(after := line[-1].next_sibling):
        line.append(after)  # type: ignore[arg-type]
    if not button_links(line):
        return
    paragraph = Tag(name="p")
    line[0].insert_before(paragraph)
    for node in line:
        paragraph.append(node.extract())


def _holds_only_buttons(box: Tag) -> bool:
    return all(
        is_blank(node)
        or (
            isinstance(node, Tag)
            and (
                bool(button_links(node.children))
                if node.name == "p"
                else node.name in _LINE_BOXES and _holds_only_buttons(node)
            )
        )
        for node in box.children
    )
