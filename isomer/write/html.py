"""Markup as the old rich editor wrote it (format reference, 6.2): text, tables, attributes."""

from __future__ import annotations

import re
from html import escape, unescape

from content.cells import PICTURE_SIZES
from content.tables import WRITTEN_PICTURE
from isomer.convert.exact_text import same_form

# Between two paragraphs, headings or lists of running text, never within one.
_BETWEEN = re.compile(r"(</(?:p|h[2-6])>)(?=<)|(</[ou]l>)(?=<(?:p|h[2-6])>)")
_ROW = re.compile(r"(</tr>|<thead>|<tbody>|</thead>|<table>)(?=<)")
_TEMPLATE_MARK = re.compile(r"\{(?=[{%])")


def text_in_lines(html: str) -> str:
    """Return stored rich text without keys, a paragraph or heading to a line."""
    return _BETWEEN.sub(lambda match: f"{match.group()}\n", same_form(html))


def written_table(html: str, caption: str = "") -> str:
    """Return a stored table, with its caption, as the old editor wrote one."""

    def picture(match: re.Match[str]) -> str:
        width = PICTURE_SIZES.get(unescape(match[3]), 100)
        style = f' style="width: {width}%"' if width < 100 else ""
        return f'<img src="{match[1]}" alt="{match[2]}"{match[4] or ""}{style}>'

    table = _ROW.sub(r"\1\n", WRITTEN_PICTURE.sub(picture, html))
    if caption:
        named = f"<table>\n<caption>{escape(caption, quote=False)}</caption>"
        table = table.replace("<table>", named, 1)
    return table


def without_template_marks(html: str) -> str:
    """Return markup in which Jekyll finds no marks of its template language."""
    return _TEMPLATE_MARK.sub("&#123;", html)


def attributes(**values: str | None) -> str:
    """Return attributes as they stand in a tag; those that are ``None`` are left out."""
    return "".join(
        f' {name.replace("_", "-").strip("-")}="{escape(value)}"'
        for name, value in values.items()
        if value is not None
    )
