"""The one form in which tables are stored, and the form in which the editor shows them.

A stored table is rich text in Wagtail's sense: ``<table>`` with ``<thead>`` and ``<tbody>``,
references as ``<a linktype="page" id="…">`` and ``<embed embedtype="image" …/>``. What old
sites put around it (styles, widths, classes, ``colspan="1"``; format reference, 6.2) has no
place in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bs4.element import Tag

from content.markup.html_tree import TooDeepError, attribute, line_attribute, only_text, parse
from content.tables.cells import (
    FULL_SIZE,
    PICTURE_SIZES,
    Listing,
    Text,
    WritePicture,
    quoted,
    read_cell,
    write_cell,
)

# The pictures of cells, as an old site has them and as an import stores them: address or id,
# words, size.
WRITTEN_PICTURE = re.compile(r'<img src="([^"]*)" alt="([^"]*)" data-format="([^"]*)"/>')
STORED_PICTURE = re.compile(
    r'<embed embedtype="image" id="([^"]*)" alt="([^"]*)" format="([^"]*)"/>'
)
# Wider cells than this are no table that anybody reads.
MAXIMUM_COLUMNS = 100
SCOPES = ("col", "colgroup", "row", "rowgroup")
_SECTIONS = ("thead", "tbody", "tfoot")
_CELLS = ("td", "th")


@dataclass
class _Cell:
    content: list[Text | Listing]
    is_header: bool
    scope: str = ""
    columns: int = 1
    rows: int = 1


_Row = list[_Cell]


def clean_table(markup: str) -> str:
    """Return any markup as one table in the stored form, ``""`` if there is nothing in it.

    Cleaning again changes nothing, and no markup makes it fail: what can't be taken
    apart becomes a table of one cell with its text. Words that stand outside a cell get a
    row at the end. Pictures are kept if they are references to the library
    (``<embed embedtype="image" id …>``, or ``<img data-embedtype="image" data-id …>`` as
    the editor shows them); of others the alternative text stays.
    """
    return _cleaned(markup, _stored_picture)


def clean_written_table(markup: str) -> str:
    """Return a table of an old site in the stored form, its pictures still as written:
    ``<img src="…" alt="…" data-format="…"/>``, where the format is one of ``PICTURE_SIZES``
    (:data:`WRITTEN_PICTURE`)."""
    return _cleaned(markup, _written_picture)


def _cleaned(markup: str, write_picture: WritePicture) -> str:
    try:
        tree = parse(markup)
    except TooDeepError:
        tree = parse(only_text(markup))
    head: list[_Row] = []
    body: list[_Row] = []
    has_head = False
    for table in [tag for tag in tree.find_all("table") if not tag.find_parent("table")]:
        table.extract()
        for section in _sections(table):
            rows = _rows(section, write_picture)
            is_head = section[0].parent is not None and section[0].parent.name == "thead"
            has_head = has_head or is_head
            (head if is_head and not body else body).extend(rows)
        tree.append(_outside(table))
    if not has_head:
        count = _header_rows(body)
        head, body = body[:count], body[count:]
    stray = read_cell(tree.children, write_picture)
    if stray:
        width = max((sum(cell.columns for cell in row) for row in [*head, *body]), default=1)
        body.append([_Cell(stray, False, columns=min(width, MAXIMUM_COLUMNS))])
    return _written(head, body)


def _sections(table: Tag) -> Iterator[list[Tag]]:
    """Yield the rows of a table's parts in the order in which browsers show them."""
    for name in _SECTIONS:
        for part in table.find_all(name, recursive=False):
            rows = part.find_all("tr", recursive=False)
            if rows:
                yield rows


def _outside(table: Tag) -> Tag:
    """Return what is left of a table whose cells were read: its caption, for instance."""
    parts = {id(row.parent): row.parent for row in table.find_all("tr") if row.parent}
    for part in parts.values():
        left = [node for node in part.contents if getattr(node, "name", None) != "tr"]
        # To take rows out one by one, each is looked for among all of them.
        part.clear()
        part.extend(left)
    return table


def _rows(section: Sequence[Tag], write_picture: WritePicture) -> list[_Row]:
    """Return the rows of one part. No cell reaches out of it; a row without cells is none."""
    in_head = section[0].parent is not None and section[0].parent.name == "thead"
    rows: list[_Row] = []
    for number, tag in enumerate(section):
        left = len(section) - number
        rows.append(
            [
                _Cell(
                    read_cell(cell.children, write_picture),
                    in_head or cell.name == "th",
                    attribute(cell, "scope").lower(),
                    min(_span(cell, "colspan") or 1, MAXIMUM_COLUMNS),
                    min(_span(cell, "rowspan") or left, left),
                )
                for cell in tag.find_all(_CELLS, recursive=False)
            ]
        )
    kept = [0]
    for row in rows:
        kept.append(kept[-1] + bool(row))
    for number, row in enumerate(rows):
        for cell in row:
            cell.rows = kept[number + cell.rows] - kept[number]
    return [row for row in rows if row]


def _span(cell: Tag, name: str) -> int:
    """Return how far a cell reaches; 0 is “to the end” (HTML standard, 4.9.11)."""
    digits = re.match(r"[0-9]+", attribute(cell, name))
    return int(digits.group()[:5]) if digits else 1


def _header_rows(rows: Sequence[_Row]) -> int:
    """Return how many rows at the top hold header cells only, and no cell that reaches below
    them. Old editors put the header into the body of the table (format reference, 6.2)."""
    count, reach = 0, 0
    for number, row in enumerate(rows):
        if not all(cell.is_header for cell in row):
            break
        reach = max([reach, *(number + cell.rows for cell in row)])
        if reach <= number + 1:
            count = number + 1
    return count


def _written(head: Sequence[_Row], body: Sequence[_Row]) -> str:
    parts = [
        f"<{name}>{''.join(_row(row, name == 'thead') for row in rows)}</{name}>"
        for name, rows in (("thead", head), ("tbody", body))
        if rows
    ]
    return f"<table>{''.join(parts)}</table>" if parts else ""


def _row(row: _Row, in_head: bool) -> str:
    return f"<tr>{''.join(_cell(cell, in_head) for cell in row)}</tr>"


def _cell(cell: _Cell, in_head: bool) -> str:
    name = "th" if cell.is_header else "td"
    attributes = ""
    if cell.is_header:
        scope = cell.scope if cell.scope in SCOPES else "row"
        attributes = f' scope="{"col" if in_head else scope}"'
    attributes += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    attributes += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f"<{name}{attributes}>{write_cell(cell.content)}</{name}>"


def _stored_picture(tag: Tag) -> str:
    prefix = "" if tag.name == "embed" else "data-"
    number = attribute(tag, f"{prefix}id")
    known = number.isascii() and number.isdecimal() and len(number) < 19
    if attribute(tag, f"{prefix}embedtype") != "image" or not known:
        return ""
    size = attribute(tag, f"{prefix}format")
    words = line_attribute(tag, "alt")
    # An empty text alone means that nobody has decided yet.
    is_decoration = not words and attribute(tag, f"{prefix}decorative") == "true"
    size = size if size in PICTURE_SIZES else FULL_SIZE
    return stored_picture(number, quoted(words), size, is_decoration)


def stored_picture(reference: str, words: str, size: str, is_decoration: bool = False) -> str:
    """Return a picture as the cell of a stored table holds it; all texts are quoted already."""
    mark = ' decorative="true"' if is_decoration else ""
    return f'<embed embedtype="image" id="{reference}" alt="{words}" format="{size}"{mark}/>'


def _written_picture(tag: Tag) -> str:
    source = attribute(tag, "src")
    if tag.name != "img" or not source:
        return ""
    size, words = attribute(tag, "data-format"), quoted(line_attribute(tag, "alt"))
    size = size if size in PICTURE_SIZES else FULL_SIZE
    return f'<img src="{quoted(source)}" alt="{words}" data-format="{size}"/>'


def is_empty_table(markup: str) -> bool:
    """Tell whether no cell of a stored table holds anything."""
    return not re.search(r"<(?:embed|img)\b", markup) and not re.sub(r"<[^>]*>", "", markup).strip()
