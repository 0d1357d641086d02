"""A document's body as tokens (format reference, 4.1 and 6)."""

from __future__ import annotations

from content.html_tree import TooDeepError, only_text, parse
from isomer import kramdown
from isomer.source import SourceDocument
from isomer.verify.hidden import read_shown
from isomer.verify.markdown import markdown_to_html
from isomer.verify.marked import with_ordinary_markup
from isomer.verify.marked_sides import markup_of
from isomer.verify.source_walk import SourceWalker


def is_markup(document: SourceDocument) -> bool:
    """Tell whether a body is HTML: that of a file named so. Jekyll read all others as Markdown,
    whatever they begin with and whichever editor wrote them (format reference, 1.2)."""
    return document.path.lower().endswith((".html", ".htm"))


def read_body(walker: SourceWalker, document: SourceDocument) -> None:
    """Read a document's body."""
    body = document.body
    try:
        html = body if is_markup(document) else markdown_to_html(body)
        tree = parse(html)
    except (TooDeepError, kramdown.TooDeepError):
        walker.explain("nested-without-end")
        tree = parse(only_text(body))
    with_ordinary_markup(tree)
    before = markup_of(walker.tokens)
    read_shown(walker, tree)
    walker.markup = before + tree.decode_contents()
