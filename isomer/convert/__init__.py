"""A document becomes blocks as plain data, links still as written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import partial

from content.markup.html_tree import only_text
from isomer import bounded
from isomer.convert.body_to_blocks import body_blocks
from isomer.convert.front_matter.contact import KNOWN_KEYS, contact_fields
from isomer.convert.front_matter.homepage import home_sections, plain
from isomer.convert.front_matter.homepage_v1 import v1_home_sections
from isomer.convert.front_matter.inline import convert_inline
from isomer.convert.pictures import Fetched, not_fetched
from isomer.convert.rules.recipes import RECIPES
from isomer.convert.text.richtext import TextItem, write_rich_text
from isomer.convert.text.runs import Anchor, Run
from isomer.convert.text.streams import blocks_to_stream
from isomer.convert.text.values import Block, Content, ImportedHtml, LinkTo, PictureOf, RichText
from isomer.convert.tree.improvements import improve
from isomer.convert.tree.kept_html import with_addresses
from isomer.convert.tree.markdown_body import read_markdown
from isomer.convert.tree.markup import is_html, leave_out_hidden
from isomer.messages import Message
from isomer.source import SourceDocument

__all__ = [
    "KNOWN_KEYS",
    "RECIPES",
    "Anchor",
    "Block",
    "Content",
    "Converted",
    "ImportedHtml",
    "LinkTo",
    "PictureOf",
    "RichText",
    "Run",
    "TextItem",
    "blocks_to_stream",
    "body_blocks",
    "contact_fields",
    "convert_document",
    "convert_inline",
    "improve",
    "is_html",
    "leave_out_hidden",
    "plain",
    "read_markdown",
    "v1_home_sections",
    "with_addresses",
    "write_rich_text",
]


@dataclass
class Converted:
    """A stream of blocks as plain data, and what is to be said about it.

    Each block of ``stream`` is ``{"type": …, "value": …, "id": …}``; values may
    hold the marks of :mod:`isomer.convert.text.values`.
    """

    stream: list[dict[str, Content]]
    messages: list[Message] = field(default_factory=list)


def convert_document(
    document: SourceDocument,
    recipes: Sequence[str] = (),
    as_home: bool = False,
    base: str = "",
    hosts: Collection[str] = (),
    wanted: Collection[str] = (),
    fetched: Fetched = not_fetched,
) -> Converted:
    """Convert a document's body, or a home page's sections, to a stream of blocks.

    ``recipes`` names the blocks that the mapping wants found in the text. ``base``
    is the public path of the page on the old site, against which relative addresses
    are read, its permalink by default; ``hosts`` are the names of that site, ``wanted`` the
    ids to which links of other pages lead, without the hash sign; ``fetched(address)`` is the path
    of a picture of another site that was brought. The same document and these always give the
    same stream, ids included.

    A document is read within the limits of :mod:`isomer.bounded`; of one that costs more, the
    plain text arrives.
    """
    converted = partial(_convert, document, recipes, as_home, base, hosts, wanted, fetched)
    try:
        return bounded.read_within_limits(converted, _length(document))
    except bounded.OverLimitError:
        pattern = "a document that costs too much to be read"
        block = Block(
            "imported_html", {"html": ImportedHtml(only_text(document.body)), "pattern": pattern}
        )
        text = f"{len(document.body):,} characters"
        message = Message("document-over-limit", document.path, text, "body")
        is_home = as_home or document.text("layout") == "homepage"
        return Converted(blocks_to_stream([] if is_home else [block], document.path), [message])


def _length(document: SourceDocument) -> int:
    """Return how much text is to be read: the body, or the sections of a home page."""
    return len(document.body) + len(repr(document.front_matter.get("sections") or ""))


def _convert(
    document: SourceDocument,
    recipes: Sequence[str],
    as_home: bool,
    base: str,
    hosts: Collection[str],
    wanted: Collection[str],
    fetched: Fetched,
) -> Converted:
    messages: list[Message] = []
    if as_home or document.text("layout") == "homepage":

        def note_place(rule: str, text: str, place: str) -> None:
            messages.append(Message(rule, document.path, text, place))

        blocks: list[Block] = home_sections(document.front_matter, note_place)
        if document.body.strip():
            messages.append(
                Message("field-left-out", document.path, "text below the front matter", "body")
            )
    else:
        blocks = body_blocks(document, recipes, base, messages, hosts, wanted, fetched)
    return Converted(blocks_to_stream(blocks, document.path), messages)
