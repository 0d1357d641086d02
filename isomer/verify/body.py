"""A document's body as tokens (format reference, 4.1 and 6)."""

from __future__ import annotations

from content.markup.html_tree import TooDeepError, only_text, parse
from isomer import kramdown
from isomer.source import SourceDocument
from isomer.verify.hidden import read_shown
from isomer.verify.markdown import is_shown_otherwise, markdown_to_html
from isomer.verify.marked_sides import markup_of
from isomer.verify.source_walk import SourceWalker


def is_markup(document: SourceDocument) -> bool:
    """Tell whether a body is HTML: that of a file named so. Jekyll read all others as Markdown,
    whatever they begin with and whichever editor wrote them (format reference, 1.2)."""
    return document.path.lower().endswith((".html", ".htm"))


def read_body(walker: SourceWalker, document: SourceDocument, witness: str | None = None) -> None:
    """Read a document's body. ``witness`` is what Jekyll made of it, ``None`` if nobody asked."""
    body = document.body
    try:
        tree = parse(_markup(walker, document, witness))
    except (TooDeepError, kramdown.TooDeepError):
        walker.explain("nested-without-end")
        tree = parse(only_text(body))
    before = markup_of(walker.tokens)
    read_shown(walker, tree)
    walker.markup = before + tree.decode_contents()


def _markup(walker: SourceWalker, document: SourceDocument, witness: str | None) -> str:
    if is_markup(document):
        return document.body if witness is None else witness
    if witness is None:
        return markdown_to_html(document.body)
    if is_shown_otherwise(document.body):
        walker.explain("signs-not-wanted", document.path)
        return markdown_to_html(document.body)
    return witness
