"""The style of an element, and marks made of it."""

from __future__ import annotations

from bs4.element import Tag

from content.markup.html_tree import attribute

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def style_of(tag: Tag) -> dict[str, str]:
    """Return the style properties that an element names itself, in small letters."""
    pairs = (part.partition(":") for part in attribute(tag, "style").split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if value.strip()}


def mark_by_style(tree: Tag) -> None:
    """Put elements in the place of styles that mark words; take away marks that a style undoes.

    A heading is bold by itself, and a link is underlined by itself.
    """
    for tag in list(tree.find_all(["b", "strong", "i", "em", "u"])):
        style = style_of(tag)
        weight = style.get("font-weight", "").lower()
        is_plain = (
            (tag.name in ("b", "strong") and weight in ("normal", "400"))
            or (tag.name in ("i", "em") and style.get("font-style", "").lower() == "normal")
            or (tag.name == "u" and style.get("text-decoration", "").lower() == "none")
        )
        if is_plain:
            tag.unwrap()
    for tag in list(tree.find_all(["span", "font", "td", "th", "p"])):
        for name in _marks(tag):
            mark = Tag(name=name)
            for node in list(tag.children):
                mark.append(node)
            tag.append(mark)


def _marks(tag: Tag) -> list[str]:
    style = {name: value.lower() for name, value in style_of(tag).items()}
    if not style or not tag.get_text(strip=True):
        return []
    found: list[str] = []
    heading = tag.find_parent(_HEADINGS) is not None
    weight = style.get("font-weight", "")
    is_bold = weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600)
    if is_bold and not heading and tag.name != "th":
        found.append("b")
    if style.get("font-style", "").startswith(("italic", "oblique")):
        found.append("i")
    lines = style.get("text-decoration", style.get("text-decoration-line", ""))
    in_link = tag.find_parent("a") is not None or tag.find("a") is not None
    if "underline" in lines and not in_link and not heading:
        found.append("u")
    if "line-through" in lines:
        found.append("s")
    if tag.name in ("span", "font") and style.get("vertical-align") in ("super", "sub"):
        found.append("sup" if style["vertical-align"] == "super" else "sub")
    # A whole paragraph or cell of blocks can't stand in a mark.
    holds_blocks = tag.find(["p", "ul", "ol", "table", "div", *_HEADINGS]) is not None
    return [] if holds_blocks else found
