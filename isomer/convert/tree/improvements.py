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
    return [_improved(node) for node in nodes]


def _improved(node: Node) -> Node:
    root = Element("", children=[node])
    shows_tag = False
    waiting = [(root, False)]
    while waiting:
        one, is_verbatim = waiting.pop()
        for place, child in enumerate(one.children):
            if isinstance(child, ShownTag):
                one.children[place] = Markup(child)
                shows_tag = True
            elif isinstance(child, Element):
                if child.attributes.get("class") == _TASK and not is_verbatim:
                    one.children[place] = "[x] " if "checked" in child.attributes else "[ ] "
                waiting.append((child, is_verbatim or child.name in _VERBATIM))
            elif isinstance(child, str) and "{:" in child and not is_verbatim:
                is_after = place > 0 and isinstance(one.children[place - 1], Element)
                text = _AFTER_ELEMENT.sub("", child) if is_after else child
                one.children[place] = _OWN_LINE.sub("", text)
    return Markup(to_html(root.children)) if shows_tag else root.children[0]
