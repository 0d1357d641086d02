"""Everything that the old sites folded out, in one form of markup.

Old pages hold accordions of the rich editor, plain ``<details>``, and checkboxes that a
style sheet made into accordions (format reference, 6.2, 6.3 and 8.4). All of them become
``<details>`` here, neighbours gathered in a box of their own, so that one rule can read them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4.element import PageElement, Tag

from content.markup.html_tree import LAYOUT_BOXES, attribute, is_blank, named, tags_in
from isomer.convert.text.lists import shows_numbers
from isomer.convert.tree.button_links import normalise_buttons

# What the rich editor calls a group; it may hold other things or nothing.
_EDITORS_GROUP = "detailGroup"
# What a box that holds nothing but neighbours is called after this pass.
_GROUP = "neighbouring-details"
# An accordion may stand in an entry of another one; what nests deeper is laid open.
LEVELS = 2
# What a checkbox may fold out, and what if no class says that it folds.
_FOLDED = frozenset({"article", "div", "dl", "figure", "ol", "p", "section", "table", "ul"})
_FOLDED_UNNAMED = frozenset({"article", "div", "ol", "section", "ul"})
_TOGGLE_CLASS = re.compile(r"toggle|accordion|tab-label|collaps", re.IGNORECASE)
# Elements that fold something out, or are made to.
_FOLDING = frozenset({"details", "input"})
# Lists and tables have rules of their own for what stands in them.
_NO_GROUPS_IN = frozenset({"dl", "ol", "summary", "table", "tbody", "td", "th", "tr", "ul"})


def is_group(tag: Tag) -> bool:
    """Tell whether an element gathers neighbouring ``<details>`` and holds nothing else."""
    return tag.name == "div" and tag.get("data-type") == _GROUP


def normalise_widgets(tree: Tag, note: Callable[[str, str], None]) -> None:
    """Rewrite whatever folds out, and lines of buttons, into one form each.

    Accordions become boxes for which :func:`is_group` is true, with ``<details>`` in them
    that begin with their summary, if they have one. Ids that links may lead to move into
    the part that folds out, so that following the link opens it. Must come before ids
    are made unique. ``note("accordion-laid-open", title)`` is called for each part that
    stands too deep in others to fold out by itself.
    """
    tags = tags_in(tree)
    for tag in tags:
        if tag.get("data-type") == _GROUP:
            del tag["data-type"]
    if any(tag.name in _FOLDING or tag.has_attr("data-type") for tag in tags):
        _normalise_folding(tree, note)
    normalise_buttons(tree)


def _normalise_folding(tree: Tag, note: Callable[[str, str], None]) -> None:
    for box in named(tree, "input"):
        _fold(box)
    for entry in named(tree, "li"):
        _unwrap_list(entry)
    deep = [tag for tag in named(tree, "details") if len(tag.find_parents("details")) >= LEVELS]
    for details in deep:
        _lay_open(details, note)
    folded = [tag for tag in named(tree, "details") if tag.find_parent(["td", "th"]) is None]
    for details in folded:
        _leave_own_box(details)
    for box in named(tree, "div"):
        if box.get("data-type") == _EDITORS_GROUP:
            _make_plain(box)
    for details in folded:
        _normalise_details(details)
    for details in folded:
        _gather_neighbours(details)


def _fold(box: Tag) -> None:
    """Make ``<details>`` of a checkbox, its label, and the element that they fold out."""
    label = _next_element(box)
    if label is None or label.name != "label" or box.find_parent("form") is not None:
        return
    named = any(_TOGGLE_CLASS.search(" ".join(tag.get("class") or ())) for tag in (box, label))
    belongs = attribute(box, "id") == attribute(label, "for") != "" or named
    if attribute(box, "type").lower() not in ("checkbox", "radio") or not belongs:
        return
    # If box and label stand in a paragraph, what they fold out comes after it.
    parent = label.parent
    in_paragraph = parent is not None and parent.name == "p" and _next_thing(label) is None
    last = parent if in_paragraph and parent is not None else label
    body = _next_element(last)
    if body is None or body.name not in (_FOLDED if named else _FOLDED_UNNAMED):
        return
    details = Tag(name="details")
    if box.has_attr("checked"):
        details["open"] = ""
    body.insert_before(details)
    summary = Tag(name="summary")
    for node in list(label.contents):
        summary.append(node.extract())
    details.append(summary)
    for tag in (box, label):
        if attribute(tag, "id"):
            details.append(Tag(name="span", attrs={"id": attribute(tag, "id")}))
        tag.extract()
    details.append(body.extract())
    if last is not label and not last.contents:
        last.extract()


def _unwrap_list(entry: Tag) -> None:
    """Take a list apart that only held accordions together. One that shows numbers stays."""
    listing = entry.parent
    if listing is None or listing.name not in ("ul", "ol") or shows_numbers(listing):
        return
    found: list[Tag] = []
    for item in listing.children:
        inner = _only_details(item) if isinstance(item, Tag) and item.name == "li" else []
        if not inner and not is_blank(item):
            return
        found.extend(inner)
    box = Tag(name="div", attrs={"id": listing["id"]} if listing.has_attr("id") else None)
    listing.insert_before(box)
    for details in found:
        box.append(details.extract())
    listing.extract()


def _only_details(item: Tag) -> list[Tag]:
    """Return the ``<details>`` in an element that holds nothing else."""
    inner = [node for node in item.children if not is_blank(node)]
    found = [node for node in inner if isinstance(node, Tag) and node.name == "details"]
    return found if len(found) == len(inner) else []


def _leave_own_box(details: Tag) -> None:
    """Take away boxes that each hold one ``<details>``, so that it can join its neighbours."""
    parent = details.parent
    while parent is not None and parent.name in LAYOUT_BOXES:
        alone = len(_only_details(parent)) == 1 and parent.get("data-type") != _EDITORS_GROUP
        if not alone or (parent.has_attr("id") and details.has_attr("id")):
            return
        if parent.has_attr("id"):
            details["id"] = parent["id"]
        parent.unwrap()
        parent = details.parent


def _lay_open(details: Tag, note: Callable[[str, str], None]) -> None:
    """Make a box of ``<details>``: the summary in bold, and then what it hid."""
    summary = _summary_of(details)
    note("accordion-laid-open", summary.get_text(" ", strip=True)[:80] if summary else "Details")
    if summary is not None:
        bold = Tag(name="strong")
        for node in list(summary.contents):
            bold.append(node.extract())
        summary.name = "p"
        summary.append(bold)
    details.name = "div"
    details.attrs = {"id": details["id"]} if details.has_attr("id") else {}


def _summary_of(details: Tag) -> Tag | None:
    """Return the summary as browsers find it, which shows first wherever it stands."""
    summary = details.find("summary", recursive=False)
    if not isinstance(summary, Tag):
        return None
    details.insert(0, summary.extract())
    return summary


def _normalise_details(details: Tag) -> None:
    summary = _summary_of(details)
    for tag in (summary, details):
        if tag is not None and tag.has_attr("id"):
            details.insert(1 if summary else 0, Tag(name="span", attrs={"id": tag["id"]}))
            del tag["id"]
    boxes = [child for child in details.children if isinstance(child, Tag)]
    for parent in details.parents:
        if parent.name not in LAYOUT_BOXES:
            break
        boxes.append(parent)
    for box in boxes:
        if box.name in LAYOUT_BOXES:
            _make_plain(box)


def _make_plain(box: Tag) -> None:
    """Take from a box what only said how an accordion looked."""
    box.attrs.pop("class", None)
    box.attrs.pop("data-type", None)


def _gather_neighbours(details: Tag) -> None:
    """Put ``<details>`` and those right after it in a box for which ``is_group`` is true."""
    parent = details.parent
    if parent is None or parent.name in _NO_GROUPS_IN or is_group(parent):
        return
    group = Tag(name="div", attrs={"data-type": _GROUP})
    details.insert_before(group)
    following: PageElement | None = details
    while following is not None:
        group.append(following.extract())
        following = group.next_sibling
        between: list[PageElement] = []
        while following is not None and _is_gap(following):
            between.append(following)
            following = following.next_sibling
        if not (isinstance(following, Tag) and following.name == "details"):
            break
        for node in between:
            node.extract()


def _is_gap(node: PageElement) -> bool:
    """Tell whether a node is only a distance: white space, a line break, an empty paragraph."""
    if not isinstance(node, Tag):
        return is_blank(node)
    is_empty = node.name == "br" or (
        node.name == "p" and all(_is_gap(child) for child in node.children)
    )
    return is_empty and not node.has_attr("id")


def _next_thing(node: PageElement) -> PageElement | None:
    """Return the next sibling that is more than a distance."""
    following = node.next_sibling
    while following is not None and _is_gap(following):
        following = following.next_sibling
    return following


def _next_element(node: PageElement) -> Tag | None:
    """Return the next element, ``None`` if text stands before it."""
    following = _next_thing(node)
    return following if isinstance(following, Tag) else None
