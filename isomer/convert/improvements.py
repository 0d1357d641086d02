"""What we show in another way than kramdown did, because nobody wanted what it showed.

This is the whole list. All else is as kramdown had it.

1. A tag that is shown as text is read as HTML. An end tag that ends nothing then shows
   nothing, and a block within a paragraph is that block.
2. A list of attributes that belongs to nothing, ``{: .x}`` on a line of its own or after an
   element, is not shown where HTML kept kramdown from reading it.
3. The box of a task, a form field that nobody can use, is the mark that was written: ``[x]``.
"""

from __future__ import annotations

import re

from isomer.kramdown import Element, Markup, Node, ShownTag, to_html

_VERBATIM = frozenset({"code", "pre", "script", "style"})
_TASK = "task-list-item-checkbox"
_AFTER_ELEMENT = re.compile(r"\A(?:\{:(?![:/])[^}\n]+\})+")
_OWN_LINE = re.compile(r"\n[ ]{0,3}\{:(?![:/])[^}\n]+\}[ ]*(?=\n|$)")


def improve(nodes: list[Node]) -> list[Node]:
    """Return nodes with the improvements of this module made in them."""
    return [_read_tags(node) if _shows_tag(node) else _without_leftovers(node) for node in nodes]


def _shows_tag(node: Node) -> bool:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ShownTag):
            return True
        if isinstance(one, Element):
            waiting.extend(one.children)
    return False


def _read_tags(node: Node) -> Node:
    """Return a node with the tags in it that are shown as HTML."""
    root = Element("")
    root.children = [node]
    waiting = [root]
    while waiting:
        one = waiting.pop()
        one.children = [
            Markup(child) if isinstance(child, ShownTag) else child for child in one.children
        ]
        waiting.extend(child for child in one.children if isinstance(child, Element))
    return Markup(to_html([_without_leftovers(root)]))


def _without_leftovers(node: Node) -> Node:
    """Return a node without attributes that belong to nothing, and with the marks of tasks."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, Element) or one.name in _VERBATIM:
            continue
        for place, child in enumerate(one.children):
            if isinstance(child, str) and "{:" in child and not isinstance(child, ShownTag):
                is_after = place > 0 and isinstance(one.children[place - 1], Element)
                text = _AFTER_ELEMENT.sub("", child) if is_after else child
                one.children[place] = _OWN_LINE.sub("", text)
            elif isinstance(child, Element) and child.attributes.get("class") == _TASK:
                one.children[place] = "[x] " if "checked" in child.attributes else "[ ] "
        waiting.extend(one.children)
    return node
