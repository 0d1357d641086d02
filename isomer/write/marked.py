"""Blocks that no markup of the old format can say, as marked boxes.

The form is told in :mod:`isomer.convert.shapes` and read by
:mod:`isomer.convert.rules.marked`. Words, links and pictures stand in it as such, so that a
page is readable wherever the marks mean nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from isomer.convert.shapes import (
    BLOCK,
    BODY_SHAPES,
    ENTRY,
    IN_ATTRIBUTES,
    PART,
    RECIPE_SHAPES,
    Choice,
    Kind,
    Many,
    Shape,
    Stream,
    Struct,
)
from isomer.convert.values import Block, Content
from isomer.write.html import text_in_lines, written_table

# Writes a stream of blocks.
WriteStream = Callable[[Sequence[Block]], str]


def marked_block(block: Block, write: WriteStream) -> str:
    """Return a block as a marked box; ``write`` writes streams within it.

    Raises:
        KeyError: for a block that the table of shapes does not hold.
    """
    shape = (BODY_SHAPES | RECIPE_SHAPES)[block.type]
    return _box("div", f' {BLOCK}="{block.type}"', shape, block.value, write)


def _box(name: str, mark: str, shape: Shape, value: Content, write: WriteStream) -> str:
    attributes, inner = _attributes(shape, value), _inner(shape, value, write)
    return f"<{name}{mark}{attributes}>{inner}</{name}>"


def _attributes(shape: Shape, value: Content) -> str:
    if not isinstance(shape, Struct):
        return ""
    return "".join(_attribute(name, part, value.get(name)) for name, part in shape.parts.items())


def _attribute(name: str, part: Shape, value: Content) -> str:
    key = f"data-{name.replace('_', '-')}"
    if part is Kind.NAME:
        return f' id="{escape(value or "")}"'
    if part in (Kind.FLAG, Kind.CHOICE_MADE):
        return f' {key}=""' if value else ""
    if isinstance(part, Choice):
        return f' {key}="{escape(value)}"' if value and value != part.of[0] else ""
    if part in (Kind.NOTE, Kind.NUMBER):
        return f' {key}="{escape(str(value))}"' if value not in (None, "") else ""
    return ""


def _inner(shape: Shape, value: Content, write: WriteStream) -> str:
    if isinstance(shape, Struct):
        parts = (_part(name, part, value, write) for name, part in shape.parts.items())
        return _lines(part for part in parts if part)
    if isinstance(shape, Many):
        return _lines(_box("div", f" {ENTRY}", shape.of, one, write) for one in value)
    if isinstance(shape, Stream):
        return _lines([write(value)]) if value else ""
    if shape is Kind.RICH:
        return text_in_lines(value.html)
    if shape is Kind.TABLE:
        return written_table(value.html)
    return value.html if shape is Kind.MARKUP else ""


def _lines(parts: Sequence[str] | object) -> str:
    joined = "\n".join(parts)  # type: ignore[arg-type]
    return f"\n{joined}\n" if joined else ""


def _part(name: str, part: Shape, values: Content, write: WriteStream) -> str:
    value, mark = values.get(name), f' {PART}="{name}"'
    if isinstance(part, Choice) or part in IN_ATTRIBUTES:
        return ""
    if isinstance(part, Struct | Many | Stream):
        return _box("div", mark, part, value, write) if value else ""
    if part is Kind.LINK:
        address = escape(value.address)
        return f'<p{mark}><a href="{address}">{address}</a></p>' if address else ""
    if part is Kind.PICTURE:
        words = escape(values.get("alt") or "")
        return f'<img{mark} src="{escape(value.path)}" alt="{words}">' if value.path else ""
    if part in (Kind.RICH, Kind.TABLE, Kind.MARKUP):
        return _box("div", mark, part, value, write) if value.html else ""
    if part is Kind.LINES:
        return f"<pre{mark}>\n{escape(value, quote=False)}</pre>" if value else ""
    return f"<p{mark}>{escape(value, quote=False)}</p>" if value else ""
