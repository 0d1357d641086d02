"""Splits a document into front matter and body, as Jekyll does (format reference, 1.2).

The block opens with a line of three hyphens on the very first line and closes
with the next line that is three hyphens or three dots; blanks may follow
either. Hyphens inside a line never cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from isomer.messages import Message
from isomer.read.yaml_mapping import InvalidYamlError, load_mapping

OPENING_FENCE = re.compile(r"---[ \t\f\v]*\n")
CLOSING_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t\f\v]*$\n?", re.MULTILINE)
FENCE_LINE = re.compile(r"^---[ \t\f\v]*$", re.MULTILINE)


@dataclass(frozen=True)
class SplitDocument:
    """A document cut in two: ``front`` (both fences included) and ``body`` are all of it.

    ``yaml_text`` is what stands between the fences, from line 2 of the file on.
    """

    front: str
    yaml_text: str
    body: str

    @property
    def body_line(self) -> int:
        """Return the line of the file, from 1, on which the body begins."""
        return self.front.count("\n") + 1


@dataclass(frozen=True)
class FrontMatter:
    """The front matter of one document as data, its body, and what was found amiss."""

    data: dict[str, Any]
    body: str
    body_line: int
    messages: tuple[Message, ...]


def split_document(text: str) -> SplitDocument | None:
    """Cut ``text`` (line feeds only, no byte order mark), or ``None`` without front matter."""
    opening = OPENING_FENCE.match(text)
    if opening is None:
        return None
    closing = CLOSING_FENCE.search(text, opening.end())
    if closing is None:
        return None
    end = closing.end()
    return SplitDocument(text[:end], text[opening.end() : closing.start()], text[end:])


def read_front_matter(text: str, path: str) -> FrontMatter | None:
    """Read the front matter of the document at ``path``, or ``None`` if it has none.

    Never raises. Front matter that is not valid YAML, or not a mapping, gives
    empty data and the message ``front-matter-invalid``; the body is kept, as
    Jekyll keeps it. Repeated keys and impossible values are messages too.
    """
    split = split_document(text)
    if split is None:
        return None
    data: dict[str, Any] = {}
    try:
        loaded = load_mapping(split.yaml_text, first_line=2)
    except InvalidYamlError as error:
        place = f"line {error.line}, column {error.column}"
        messages = [Message("front-matter-invalid", path, error.reason, place=place)]
    else:
        data = loaded.data
        messages = [
            Message(finding.rule, path, finding.text, place=f"line {finding.line}")
            for finding in loaded.findings
        ]
    return FrontMatter(data, split.body, split.body_line, tuple(messages))


def why_missing(text: str) -> str:
    """Say in one sentence why :func:`split_document` finds no front matter in ``text``."""
    if not text.strip():
        return "The file is empty."
    if FENCE_LINE.match(text):
        return "A block of front matter begins on line 1, but no line of three hyphens closes it."
    late = FENCE_LINE.search(text)
    if late and not text[: late.start()].strip():
        line = text.count("\n", 0, late.start()) + 1
        return f"The front matter must begin on line 1; here it begins on line {line}."
    return "The file does not begin with a line of three hyphens."
