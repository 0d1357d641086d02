"""Two rules of kramdown that Python-Markdown lacks (format reference, 6.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import InlineProcessor

# After quotes and lists, before footnotes, as kramdown asks.
TABLE_PRIORITY = 18
# After code, just before inline HTML is put aside.
ATTRIBUTES_PRIORITY = 91

_SEPARATOR = re.compile(r"[+|: \t-]*-[+|: \t-]*|[+|: \t=]*=[+|: \t=]*")
_TAG = re.compile(r"<[/!]?[a-zA-Z][^<>]*>")
# The end of an inline element, or one without content, and a list of attributes after it.
_AFTER_HTML = (
    r"(</[a-zA-Z][^<>]*>|<(?:area|br|embed|hr|img|input|source|wbr)\b[^<>]*>)"
    r"(?:\{:(?:\\\}|[^}])+\})+"
)


class KramdownRules(Extension):
    """Tables without a row of hyphens, and attributes after an inline HTML element."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register both with a parser that has the extension ``tables``."""
        tables = PlainTables(md.parser, {"use_align_attribute": False})
        md.parser.blockprocessors.register(tables, "plain-tables", TABLE_PRIORITY)
        attributes = AttributesAfterHtml(_AFTER_HTML, md)
        md.inlinePatterns.register(attributes, "attributes-after-html", ATTRIBUTES_PRIORITY)


class PlainTables(TableProcessor):
    """A paragraph of which every line holds a pipe is a table.

    A row of hyphens after the first lines makes those the head; rows may have
    different numbers of cells. Pipes in code and behind a backslash don't count.
    """

    def test(self, parent: Element, block: str) -> bool:
        """Tell whether the block is a table. Overrides ``TableProcessor.test``."""
        if "|" not in block:
            return False
        lines = block.strip("\n").split("\n")
        # Borders are told apart row by row.
        self.border = True
        return all(self._is_row(line) for line in lines) and not all(map(_is_separator, lines))

    def _is_row(self, line: str) -> bool:
        has_pipe = len(self._split(line)) > 1  # type: ignore[attr-defined]
        return has_pipe and not any("|" in tag for tag in _TAG.findall(line))

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Make the table. Overrides ``TableProcessor.run``."""
        head: list[list[str]] = []
        rows: list[list[str]] = []
        for line in blocks.pop(0).strip("\n").split("\n"):
            if not _is_separator(line):
                cells = self._split_row(line.strip())  # type: ignore[attr-defined]
                rows.append([cell.strip() for cell in cells])
            elif rows and not head:
                head, rows = rows, []
        width = max(len(row) for row in head + rows)
        table = SubElement(parent, "table")
        for part, cell, found in (("thead", "th", head), ("tbody", "td", rows)):
            if found:
                _fill(SubElement(table, part), cell, found, width)


class AttributesAfterHtml(InlineProcessor):
    """``<a href="/x/">there</a>{:target="_blank"}``: the list belongs to the element before it.

    What such lists say, above all that a link opens a new window, has no place in the
    new site. After an opening tag the list has nothing to belong to and stays text.
    """

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[str | None, int | None, int | None]:
        """Overrides ``InlineProcessor.handleMatch``: keep the element, drop the list."""
        return self.md.htmlStash.store(m.group(1)), m.start(0), m.end(0)


def _is_separator(line: str) -> bool:
    return _SEPARATOR.fullmatch(line.strip()) is not None


def _fill(part: Element, name: str, rows: Sequence[Sequence[str]], width: int) -> None:
    for row in rows:
        line = SubElement(part, "tr")
        for number in range(width):
            SubElement(line, name).text = row[number] if number < len(row) else ""
