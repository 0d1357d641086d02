"""Tables as kramdown reads them: with or without a head, with rows of any length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from markdown.extensions.tables import TableProcessor

_LINE_OF_ATTRIBUTES = re.compile(r"\n[ ]{0,3}\{:(?![:/])[^}\n]+\}[ ]*$")
_RULE = re.compile(r"[+|: \t-]*-[+|: \t-]*$")
_FOOT_RULE = re.compile(r"[+|: \t=]*=[+|: \t=]*$")
# A bar in any of these is no border: code, a tag, an escaped bar.
_COVERED = re.compile(r"(`+)[^`]*\1|<[a-zA-Z/][^<>]*>|\\.")
# Short rows are filled up, unless that made far more cells than anybody wrote.
MOST_FILLED = 4


class KramdownTable(TableProcessor):
    """Makes a table of a block in which every line holds a bar (format reference, 6.1)."""

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        """Tell whether a block is a table."""
        return is_table(block)

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        """Append the table of the first block to ``parent``."""
        lines = _without_attributes(blocks.pop(0)).split("\n")
        parts = list(self._parts(lines))
        lengths = [len(row) for _, rows in parts for row in rows]
        width = max(lengths) if max(lengths) * len(lengths) <= MOST_FILLED * sum(lengths) else 0
        table = ElementTree.SubElement(parent, "table")
        for name, rows in parts:
            part = ElementTree.SubElement(table, name)
            for row in rows:
                line = ElementTree.SubElement(part, "tr")
                for text in [*row, *[""] * (width - len(row))]:
                    cell = ElementTree.SubElement(line, "th" if name == "thead" else "td")
                    cell.text = text

    def _parts(self, lines: list[str]) -> Iterator[tuple[str, list[list[str]]]]:
        """Yield the name and the rows of each part; the first rule ends the head."""
        rows: list[list[str]] = []
        has_head = False
        for line in lines:
            if not _is_rule(line):
                rows.append(self._cells(line))
            elif rows:
                yield ("tbody" if has_head else "thead"), rows
                rows, has_head = [], True
        if rows:
            yield "tbody", rows

    def _cells(self, line: str) -> list[str]:
        # The base class takes a border off only where it was told that there is one; its
        # typing stubs don't know the function.
        self.border = True
        row: list[str] = self._split_row(line.strip())  # type: ignore[attr-defined]
        return [cell.strip() for cell in row]


def is_table(block: str) -> bool:
    """Tell whether a paragraph of Markdown is a table: every line of it holds a bar."""
    if "|" not in block:
        return False
    lines = _without_attributes(block).split("\n")
    rows = [line for line in lines if not _is_rule(line)]
    return bool(rows) and all("|" in _COVERED.sub("", line) for line in rows)


def _without_attributes(block: str) -> str:
    return _LINE_OF_ATTRIBUTES.sub("", block.strip("\n"))


def _is_rule(line: str) -> bool:
    return bool(_RULE.match(line) or _FOOT_RULE.match(line))
