"""Quotation marks, dashes, dots and character references."""

from __future__ import annotations

import re
from html import unescape
from html.entities import name2codepoint

from isomer.kramdown.scan import SPACES

_PUNCTUATION = r"""[!"#$%'()*+,\-./:;<=>?@\[\\\]^_`{|}~]"""
# What follows a quotation mark that nothing stands before, and shows on which side it opens.
_OPENS_EMPHASIS = re.compile(r"[_*]{1,2}[^ \t\n\r\f\v]")
_CLOSES_BEFORE = re.compile(rf"{_PUNCTUATION}(?!\.\.)\B|[ \t\n\r\f\v]|s\b|\Z")
_DECADE = re.compile(r"\d\ds", re.ASCII)
_NESTED = re.compile(r"(?:\"'|'\")(?=\w)", re.ASCII)
# Two before a word or dots; the first is taken for a character before the second.
_TWICE = re.compile(r"""["'](["'])(?=\w|\.\.)""")
_OPENING_AFTER = frozenset(" \t\r\n\\[{(-")
_LEFT = {"'": "\u2018", '"': "\u201c"}
_RIGHT = {"'": "\u2019", '"': "\u201d"}

SYMBOL = re.compile(r"---?|\.\.\.|<< ?| ?>>")
SYMBOLS = {
    "---": "\u2014", "--": "\u2013", "...": "\u2026", "<<": "\u00ab", ">>": "\u00bb",
    "<< ": "\u00ab\u00a0", " >>": "\u00a0\u00bb",
}  # fmt: skip

REFERENCE = re.compile(r"&(?:([A-Za-z_:][\w:-]*)|#([0-9]+)|#x([0-9a-fA-F]+));", re.ASCII)
_OTHER_NAMES = {
    "apos": "'", "vellip": "\u22ee", "lang": "\u3009", "rang": "\u3008",
    "lceil": "\u2309", "rceil": "\u2309",
}  # fmt: skip


def quotes(text: str, place: int, before: str) -> tuple[str, int]:
    """Return the quotation mark that a straight one becomes, and where it ends.

    ``before`` is the character before it, empty where another mark stands there. Two marks
    of different kinds that open a word come together.
    """
    mark = text[place]
    if before in ("", *SPACES):
        if _NESTED.match(text, place):
            return _LEFT[mark] + _LEFT[text[place + 1]], place + 2
        if mark == "'" and _DECADE.match(text, place + 1):
            return _RIGHT[mark], place + 1
    twice = None if before else _TWICE.match(text, place)
    if twice:
        return mark + _RIGHT[twice[1]], place + 2
    if before:
        opens = before in _OPENING_AFTER
    else:
        closes = _CLOSES_BEFORE.match(text, place + 1)
        opens = not closes or _OPENS_EMPHASIS.match(text, place + 1) is not None
    return (_LEFT if opens else _RIGHT)[mark], place + 1


def character(reference: re.Match[str]) -> str:
    """Return the character of a reference, ``&copy;``. One with a name that nobody knew when
    kramdown was written is text."""
    name = reference[1]
    if name in _OTHER_NAMES:
        return _OTHER_NAMES[name]
    if name and name not in name2codepoint:
        return reference.group()
    return unescape(reference.group())
