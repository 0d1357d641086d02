"""The tree that the reader makes of a text, and its HTML."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TypeAlias

_REFERENCE = re.compile(r"&(?:[A-Za-z_:][\w:-]*|#[0-9]+|#x[0-9a-fA-F]+);", re.ASCII)
# Elements that hold nothing and have no end tag.
VOID = frozenset(
    {
        "area", "base", "br", "col", "command", "embed", "hr", "img", "input", "keygen", "link",
        "meta", "param", "source", "track", "wbr",
    }
)  # fmt: skip
# Elements whose text is no HTML.
VERBATIM = frozenset({"script", "style"})


class Element:
    """An element. One without a name is only a place for what it holds."""

    __slots__ = ("attributes", "children", "name")

    def __init__(
        self,
        name: str,
        attributes: dict[str, str] | None = None,
        children: list[Node] | None = None,
    ) -> None:
        self.name = name
        self.attributes: dict[str, str] = {} if attributes is None else attributes
        self.children: list[Node] = [] if children is None else children

    def __repr__(self) -> str:
        return f"<{self.name} {self.attributes} {self.children}>"


class OpenTag(Element):
    """An element that was written closed, ``<div/>``. In HTML it is a start tag without an end,
    so that a browser puts into it what follows."""

    __slots__ = ()


class ShownTag(str):
    """A tag of HTML that is text: one that ends nothing, or a block within a paragraph."""

    __slots__ = ()


class RawText(str):
    """Text of HTML or of mathematics, in which no Markdown is read."""

    __slots__ = ()


class Comment:
    """A comment of HTML; ``text`` is what stands between its marks."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class Markup:
    """HTML that was passed through unread (``{::nomarkdown}``)."""

    __slots__ = ("html",)

    def __init__(self, html: str) -> None:
        self.html = html


Node: TypeAlias = Element | Comment | Markup | str


def decoded(text: str) -> str:
    """Return text of HTML with its character references read as a browser reads them."""
    if "&" not in text:
        return text
    return _REFERENCE.sub(lambda match: unescape(match.group()), text)


def to_html(nodes: list[Node]) -> str:
    """Return nodes as HTML."""
    parts: list[str] = []
    # End tags wait on the same pile as the nodes, so that depth costs no recursion.
    waiting: list[tuple[Node, bool]] = [(node, False) for node in reversed(nodes)]
    while waiting:
        node, is_verbatim = waiting.pop()
        if isinstance(node, str):
            parts.append(node if is_verbatim else escape(node, quote=False))
        elif isinstance(node, Markup):
            parts.append(node.html)
        elif isinstance(node, Comment):
            parts.append(f"<!--{node.text}-->")
        else:
            inside = is_verbatim or node.name in VERBATIM
            if node.name:
                parts.append(start_tag(node))
            if node.name in VOID or isinstance(node, OpenTag):
                continue
            if node.name:
                waiting.append((Markup(f"</{node.name}>"), False))
            waiting.extend((child, inside) for child in reversed(node.children))
    return "".join(parts)


def start_tag(element: Element) -> str:
    """Return the start tag of an element."""
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in element.attributes.items())
    return f"<{element.name}{attributes}>"


def text_of(element: Element) -> str:
    """Return the words of an element; references to notes are none."""
    parts: list[str] = []
    waiting: list[Node] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            parts.append(node)
        elif isinstance(node, Element) and node.attributes.get("role") != "doc-noteref":
            waiting.extend(reversed(node.children))
    return "".join(parts)
