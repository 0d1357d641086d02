"""Markdown bodies to HTML, in time that grows with their length only.

Python-Markdown looks for the end of each link and emphasis by itself, and reads the
lines of a paragraph over again; marks that are never closed cost it the square of a
paragraph's length. Where a paragraph holds more marks than any writer means, they are
hidden from it behind stand-ins, and put back into the HTML as the characters they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import escape, unescape

import markdown
from markdown.extensions import Extension

from content.html_tree import TooDeepError
from isomer.convert.kramdown import KramdownExtension, Typography
from isomer.convert.kramdown.tables import is_table

# What searching for closing brackets may cost in one paragraph, in characters.
BRACKET_BUDGET = 200_000
# In one paragraph, or one row of a table. The longest real ones hold a few hundred of each.
MAXIMUM_MARKS = 3000
MAXIMUM_TAGS = 3000
# What turning quotes may cost in one paragraph: each costs as much as the paragraph is long.
QUOTES_BUDGET = 2_000_000_000
# In one row; and in all tables of one body, since each cell becomes two tags.
MAXIMUM_BARS = 2000
MAXIMUM_CELLS = 16_000
MAXIMUM_LINES = 2000
# In one body.
MAXIMUM_PARAGRAPHS = 8000
MAXIMUM_ABBREVIATIONS = 300

_QUOTES = "'\""
_STRUCTURE_MARKS = "[]!*_`<>\\"
_INLINE_MARKS = _STRUCTURE_MARKS + _QUOTES
_LINE_MARKS = "|=#-+~:."
# Code points that no text may hold (Unicode, 23.7), so that none is met in a body.
_STAND_INS = {ord(c): 0xFDD0 + n for n, c in enumerate(_INLINE_MARKS + _LINE_MARKS)}
_WRITTEN = {stand_in: escape(chr(mark), quote=False) for mark, stand_in in _STAND_INS.items()}
_PARAGRAPH_END = re.compile(r"(\n[ \t]*\n)")
_TAG = re.compile(r"""(<[/!]?[a-zA-Z-](?:[^"'<>]++|"[^"]*+"|'[^']*+')*+>)""")
_FIRST_TAG = re.compile(r"\s*<[/!]?([a-zA-Z-]+)")
_ABBREVIATION = re.compile(r"^[ ]{0,3}\*\[", re.MULTILINE)


def markdown_to_html(body: str, note: Callable[[str, str], None]) -> str:
    """Return the HTML of a Markdown body, read as closely to kramdown as the parser allows.

    ``note(rule, text)`` is called for each paragraph or table whose marks were kept as
    characters.

    Raises:
        TooDeepError: if the body nests deeper than the parser can follow, or falls into
            more paragraphs than it can read in reasonable time.
    """
    parser, kramdown = _parser()
    pieces = _PARAGRAPH_END.split(body.translate(dict.fromkeys(_WRITTEN)))
    if len(pieces) > 2 * MAXIMUM_PARAGRAPHS:
        raise TooDeepError
    crowded = len(_ABBREVIATION.findall(body)) > MAXIMUM_ABBREVIATIONS
    cells = 0
    for number, piece in enumerate(pieces[::2]):
        if crowded and _ABBREVIATION.search(piece):
            pieces[2 * number] = piece.replace("*[", "*[".translate(_STAND_INS))
            piece = pieces[2 * number]
        kind = "table" if is_table(piece) else "paragraph"
        if kind == "table":
            plain = _bounded_table(piece, MAXIMUM_CELLS - cells)
            cells += plain.count("|")
        else:
            plain = _without_hopeless_marks(piece, parser)
        if plain != piece:
            pieces[2 * number] = plain
            note("marks-kept-as-text", f"the {kind} that begins “{piece.strip()[:60]}”")
    try:
        html = parser.reset().convert("".join(pieces))
    except RecursionError as error:
        # It stopped half way through, and nobody knows what it still remembers.
        _parser.cache_clear()
        raise TooDeepError from error
    for words in kramdown.dropped_notes:
        note("markup-left-out", f"a footnote that nothing refers to: “{words[:80]}”")
    return html.translate(_WRITTEN)


@cache
def _parser() -> tuple[markdown.Markdown, KramdownExtension]:
    """Return the parser, made once: that takes a third as long as reading a page with it."""
    kramdown = KramdownExtension()
    extensions: list[str | Extension] = ["extra", "sane_lists", Typography(), kramdown]
    # kramdown numbers notes in the order in which the text refers to them.
    configs = {"extra": {"footnotes": {"USE_DEFINITION_ORDER": False}}}
    parser = markdown.Markdown(
        extensions=extensions, extension_configs=configs, output_format="html"
    )
    return parser, kramdown


def _without_hopeless_marks(paragraph: str, parser: markdown.Markdown) -> str:
    """Return a paragraph with stand-ins for its marks if there are too many to read."""
    if len(paragraph) < MAXIMUM_LINES:
        # Shorter than any bound, and what most paragraphs are.
        return paragraph
    parts = _TAG.split(paragraph)
    text = "".join(parts[::2])
    first = _FIRST_TAG.match(paragraph)
    in_html = first is not None and parser.is_block_level(first.group(1))
    too_many = _has_too_many_marks(text) or (not in_html and text.count("\n") > MAXIMUM_LINES)
    if not in_html and len(parts) > 2 * MAXIMUM_TAGS:
        return _hidden(paragraph)
    if not too_many:
        return paragraph
    parts[::2] = [_hidden(part) for part in parts[::2]]
    return "".join(parts)


def _bounded_table(table: str, cells_left: int) -> str:
    """Return a table with stand-ins for the marks of rows that hold too many, for all of its
    marks if it has more cells than can be read. Each cell is read by itself."""
    lines = table.split("\n")
    if table.count("|") > cells_left or any(line.count("|") > MAXIMUM_BARS for line in lines):
        return _hidden(table)
    for number, line in enumerate(lines):
        crowded = len(line) > MAXIMUM_MARKS and (
            _has_too_many_marks(line) or len(_TAG.findall(line)) > MAXIMUM_TAGS
        )
        if crowded:
            lines[number] = "|".join(_hidden(cell) for cell in line.split("|"))
    return "\n".join(lines)


def _has_too_many_marks(text: str) -> bool:
    return (
        sum(text.count(mark) for mark in _STRUCTURE_MARKS + "&") > MAXIMUM_MARKS
        or sum(text.count(mark) for mark in _QUOTES) * len(text) > QUOTES_BUDGET
        or bracket_cost(text) > BRACKET_BUDGET
    )


def _hidden(text: str) -> str:
    return unescape(text).translate(_STAND_INS).replace("  \n", "\n")


def bracket_cost(text: str) -> int:
    """Return how many characters lie between opening brackets and their closing ones, or the
    end of the text where there is none: what a parser reads that looks for each by itself."""
    cost, opened = 0, []
    for match in re.finditer(r"[\[\]]", text):
        if match.group() == "[":
            opened.append(match.start())
        elif opened:
            cost += match.start() - opened.pop()
    return cost + sum(len(text) - start for start in opened)
