"""Lists as kramdown reads them, written out as Python-Markdown reads them.

kramdown nests an entry by where the text above it begins, lets a list follow a paragraph
line directly, and takes an entry of the other kind into the entry above it.
Python-Markdown counts in steps of four blanks and wants a blank line first. The lines of
a body are therefore moved before they are parsed; no character but blanks changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown.preprocessors import Preprocessor

# A mark with nothing after it, not even a blank, begins no entry.
_MARKER = re.compile(r"(?P<indent>[ ]*)(?P<marker>[*+-]|\d+\.)(?P<gap>[ ]+)(?P<text>.*)")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,})$")
_ATTRIBUTES = re.compile(r"[ ]{0,3}\{:(?![:/])[^}]+\}[ ]*$")
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ ]")
_QUOTED = re.compile(r"[ ]{0,3}>[ ]?")
STEP = 4
# Where the text of an entry begins that has none on its first line, as kramdown has it.
EMPTY_CONTENT = 4
# Deeper lists become text anyway; a bound keeps their blanks from growing without end.
MAXIMUM_DEPTH = 50


@dataclass
class _Entry:
    """An open list entry: the column of its text, its kind, and whether a blank line came."""

    content: int
    kind: str
    has_blank: bool = False


class ListLines(Preprocessor):
    """Moves list entries and what belongs to them to where Python-Markdown looks for them."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines of a body, lists moved. Python-Markdown calls this."""
        self.written: list[str] = []
        self.open: list[_Entry] = []
        self.after_blank = True
        for line in _with_quoted_lists(lines):
            if not line.strip():
                self._blank()
                continue
            if _HEADING.match(line):
                self._heading(line)
            elif _ATTRIBUTES.match(line) or _RULE.match(line):
                # Either ends a list, unless it stands within an entry's own text.
                del self.open[self._level(line) :]
                self._text(line, _indent(line))
            else:
                self._line(line)
            self.after_blank = False
        return self.written

    def _blank(self) -> None:
        self.written.append("")
        self.after_blank = True
        for entry in self.open:
            entry.has_blank = True

    def _heading(self, line: str) -> None:
        """Write a heading; one that stands left of an entry's text ends the entry."""
        level = self._level(line)
        if self.open and not self.after_blank:
            self._blank()
        del self.open[level:]
        self._text(line, _indent(line))

    def _level(self, line: str) -> int:
        """Return how many of the open entries a line belongs to by its indentation."""
        indent = _indent(line)
        return next((n for n, one in enumerate(self.open) if indent < one.content), len(self.open))

    def _line(self, line: str) -> None:
        marker, indent, level = _MARKER.match(line), _indent(line), self._level(line)
        if level < len(self.open):
            entry = self.open[level]
            kind = _kind(marker) if marker else ""
            left = self._left(level)
            if marker and kind == entry.kind and indent - left <= min(3, entry.content - left - 1):
                self._start(marker, level, indent)
                return
            if not self.after_blank:
                if marker and not entry.has_blank and indent - left <= 3:
                    # An entry of the other kind goes into the one above it.
                    self._start(marker, level + 1, entry.content)
                else:
                    self._text(line, self._left(len(self.open)))
                return
            del self.open[level:]
        if marker and indent - self._left(level) <= 3 and level < MAXIMUM_DEPTH:
            self._start(marker, level, indent)
        else:
            self._text(line, indent)

    def _left(self, level: int) -> int:
        return self.open[level - 1].content if level else 0

    def _start(self, marker: re.Match[str], level: int, indent: int) -> None:
        """Write the first line of an entry at a level and keep the entry open."""
        is_first = level >= len(self.open)
        above = self.open[level - 1] if level else None
        apart = above is None or above.has_blank if is_first else self.open[level].has_blank
        if apart and not self.after_blank:
            self._blank()
        del self.open[level:]
        width = len(marker["marker"]) + len(marker["gap"])
        content = indent + (width if marker["text"].strip() else EMPTY_CONTENT)
        self.open.append(_Entry(content, _kind(marker)))
        text = f"{marker['marker']} {marker['text']}".rstrip("\n")
        self.written.append(" " * (STEP * level) + text)

    def _text(self, line: str, indent: int) -> None:
        """Write a line that begins no entry, as far right of the open entry as it stood."""
        depth = len(self.open)
        beside = max(indent - self._left(depth), 0)
        self.written.append(" " * (STEP * depth + beside) + line.lstrip(" "))


def _with_quoted_lists(lines: list[str]) -> Iterator[str]:
    """Yield lines, the lists within quotes moved as well."""
    quoted: list[str] = []
    for line in [*lines, ""]:
        match = _QUOTED.match(line)
        if match:
            quoted.append(line[match.end() :])
            continue
        if quoted:
            if len(quoted) > 1 and any(map(_MARKER.match, quoted)):
                quoted = ListLines().run(quoted)
            yield from (f"> {one}".rstrip(" ") if one else ">" for one in quoted)
            quoted = []
        yield line


def _kind(marker: re.Match[str]) -> str:
    return "ul" if marker["marker"] in "*+-" else "ol"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
