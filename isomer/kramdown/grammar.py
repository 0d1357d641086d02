"""Patterns of lines that more than one kind of block asks for."""

from __future__ import annotations

import re

from isomer.kramdown.html import NAME, SPANS
from isomer.kramdown.scan import LINES_INSIDE

BLANK = re.compile(r"(?:[ \t\r\f\v]*\n)+")
RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\n")
QUOTE = re.compile(r" {0,3}>")
ENTRY = re.compile(r"( {0,3}(?:[+*-]|[0-9]+\.))([\t| ].*\n)")
DEFINITION = re.compile(r"( {0,3}:)([\t| ].*\n)")
END_OF_BLOCK = re.compile(r"\^[ \t\r\f\v]*\n")
BLOCK_ATTRIBUTES = re.compile(rf" {{0,3}}\{{:(?![:/])({LINES_INSIDE})\}}[ \t\r\f\v]*\n")
_IN_LINE = "|".join(sorted(SPANS | {"script"}))
HTML_LINE = rf" {{0,3}}<(?:(?!(?:{_IN_LINE})\b){NAME}|/(?!(?:{_IN_LINE})\b){NAME}(?a:\s)*>)"
_ENDS = rf"{BLOCK_ATTRIBUTES.pattern}|{HTML_LINE}"
BLOCK_BOUNDARY = re.compile(rf"[ \t\r\f\v]*\n|{END_OF_BLOCK.pattern}|{BLOCK_ATTRIBUTES.pattern}")
# What ends the lines of a list's entry that are not indented, beside blank lines.
ENTRY_END = re.compile(_ENDS)
LAZY_END = re.compile(rf"[ \t\r\f\v]*\n|{END_OF_BLOCK.pattern}|{_ENDS}")
_MARK = r" {0,3}(?:[+*-][\t| ]|[0-9]+\.[\t| ]|:[\t| ]|>|`{3,}|~{3,})"
PARAGRAPH_END = re.compile(rf"{LAZY_END.pattern}|#{{1,6}}[\t ]+[^ \t\n]|{_MARK}")
