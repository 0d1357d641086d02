"""What readers could not see of markup: boxes that are not there, and words that are not drawn.

Worked out here anew, from what a browser draws (HTML, "The hidden attribute"; CSS 2.2, 9.2.4
and 11.2), text by text.
"""

from __future__ import annotations

import re

from bs4.element import NavigableString, PreformattedString, Tag

from isomer.verify.walk import EMBEDS, UNSEEN, WORDLESS_INPUTS, Walker, squeezed

_DRAWN = EMBEDS | {"img", "input", "select", "svg", "textarea"}
_NOTE = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_PROPERTY = re.compile(
    r"(?:^|;) ?(display|visibility) ?: ?([a-z-]+(?: [a-z-]+)*) ?(! ?important)? ?(?=;|$)"
)


def read_shown(walker: Walker, tree: Tag) -> None:
    """Read a tree as readers saw it; the walker explains what they did not."""
    for words in without_hidden(tree):
        walker.explain("hidden-element", words)
    walker.read(list(tree.children))


def without_hidden(tree: Tag) -> list[str]:
    """Take what no reader could see out of a tree; return it, element by element, in words."""
    found: list[str] = []
    _drawn(tree, True, found)
    return [text for text in found if text]


def _drawn(tag: Tag, is_seen: bool, found: list[str]) -> None:
    """Keep of an element what is drawn."""
    style = _style(tag)
    has_box = style.get("display", "none" if tag.has_attr("hidden") else "") != "none"
    visibility = style.get("visibility", "")
    if visibility == "collapse" and tag.name in ("tr", "tbody", "thead", "tfoot"):
        has_box = False
    is_tick = tag.name == "input" and str(tag.get("type")).lower() in WORDLESS_INPUTS
    if not has_box and not is_tick:
        found.append(_content(tag))
        tag.clear()
        if tag.name != "body":
            tag.extract()
        return
    begins = is_seen
    if visibility in ("hidden", "collapse"):
        is_seen = False
    elif visibility in ("visible", "initial"):
        is_seen = True
    if begins and not is_seen:
        found.append(_content(tag))
    for child in list(tag.children):
        if isinstance(child, Tag):
            _drawn(child, is_seen, found)
        elif not is_seen:
            child.extract()
    if not is_seen and not is_tick and tag.name in _DRAWN:
        tag.extract()


def _style(tag: Tag) -> dict[str, str]:
    """Return what an element's style says of being seen; what is important counts before."""
    found: dict[str, str] = {}
    important: set[str] = set()
    style = " ".join(_NOTE.sub("", str(tag.get("style") or "")).lower().split())
    for match in _PROPERTY.finditer(style):
        name = match[1]
        if match[3] or name not in important:
            found[name] = match[2]
        if match[3]:
            important.add(name)
    return found


def _content(tag: Tag) -> str:
    """Return the words in an element, or what it draws beside words."""
    texts = [
        str(node)
        for node in tag.descendants
        if isinstance(node, NavigableString) and not isinstance(node, PreformattedString)
        if node.parent is None or node.parent.name not in UNSEEN
    ]
    drawn = [f"<{one.name}>" for one in (tag, *tag.find_all(list(_DRAWN))) if one.name in _DRAWN]
    return squeezed(" ".join(texts)) or " ".join(drawn)
