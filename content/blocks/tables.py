"""Tables of any size."""

from __future__ import annotations

import re
from typing import Any

from wagtail import blocks
from wagtail.rich_text import RichText

# Three columns and rows to begin with, the first row as header.
NEW_TABLE = (
    "<table><thead><tr>"
    + '<th scope="col"></th>' * 3
    + "</tr></thead><tbody>"
    + ("<tr>" + "<td></td>" * 3 + "</tr>") * 2
    + "</tbody></table>"
)


class TableCellsBlock(blocks.RichTextBlock):
    """The rows of a table as rich text, in the form that ``content.tables.stored`` writes."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("editor", "table")
        kwargs.setdefault("default", NEW_TABLE)
        super().__init__(**kwargs)

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return the words of the cells, with a gap between one cell and the next."""
        source = re.sub(r"(</(?:td|th|li)>|<[ou]l\b[^>]*>|<br/>)", r"\1 ", value.source)
        found = super().get_searchable_content(RichText(source))
        return [" ".join(text.split()) for text in found]


class TableBlock(blocks.StructBlock):
    """A table with its name. Stored as ``{"caption": str, "table": rich text}``."""

    caption = blocks.CharBlock(
        required=False,
        help_text="What the table shows. It stands above the table, and people who listen to the"
        " page are told it first.",
    )
    table = TableCellsBlock(
        help_text="Write in the cells. A table copied from a spreadsheet or a document can be"
        " pasted; merged cells stay merged.",
    )

    class Meta:
        icon = "table"
        label = "Table"
        template = "content/blocks/table.html"
        label_format = "{caption}"
        description = "Rows and columns, small or large, with text, links and pictures in cells."
        preview_value = {
            "caption": "Visits in a study",
            "table": '<table><thead><tr><th scope="col">Visit</th><th scope="col">Week</th>'
            '<th scope="col">Place</th></tr></thead><tbody><tr><th scope="row">First</th>'
            '<td>1</td><td>Hospital</td></tr><tr><th scope="row">Second</th><td>6</td>'
            "<td>Telephone</td></tr></tbody></table>",
        }
