"""Text of strangers on a terminal: nothing in it moves the cursor, and lines fit the width."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Callable
from typing import Any

# Control characters, separators of lines, and marks that change the direction of writing.
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_INDENT = re.compile(r" *(?:- )?")
USUAL_WIDTH = 80


def printable(text: str) -> str:
    """Return a text with its control characters written out: ESC becomes ``\\x1b``."""
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def terminal_width() -> int:
    """Return how many characters a line has; 80 where nobody knows."""
    return max(40, shutil.get_terminal_size((USUAL_WIDTH, 24)).columns)


def wrapped(line: str) -> list[str]:
    """Return a printable line as lines that fit the terminal; words are not parted, so that
    paths and addresses can be copied."""
    indent = _INDENT.match(line)
    return textwrap.wrap(
        line,
        terminal_width(),
        subsequent_indent=" " * (len(indent[0]) if indent else 0),
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


class SaysPlainly:
    """Mixin of commands that print what a source says."""

    stdout: Any

    def say(self, text: str = "", style: Callable[[str], str] = str) -> None:
        """Write a line, escaped and wrapped; ``style`` colours it afterwards."""
        for line in wrapped(printable(text)):
            self.stdout.write(style(line))
