"""What no page of the new site may show, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from isomer.source import SourceDocument
from isomer.verify.compare import Difference
from isomer.verify.tokens import Reading, TokenKind

_MARK = re.compile(r"\{\{[^{}]{0,500}\}\}|\{%[^%]{0,500}%\}")
# Between these Jekyll showed marks as they stand.
_RAW = re.compile(r"\{%-?\s*raw\b")
UNFILLED = "mark that was not filled in"
HIDDEN = "shown though it was hidden"


def unfilled_marks(document: SourceDocument, root: Path, served: Reading) -> Iterator[Difference]:
    """Yield the marks of Jekyll's template language that stand in a body, and on the page as well.

    ``root`` is the folder of the source: a file that asks for marks as text has them.
    """
    marks = dict.fromkeys(" ".join(mark.split()) for mark in _MARK.findall(document.body))
    if not marks:
        return
    shown = " ".join(token.text for token in served.tokens if token.kind is TokenKind.WORD)
    found = [mark for mark in marks if mark in shown]
    if found and not _RAW.search((root / document.path).read_text("utf-8", "replace")):
        for mark in found:
            yield Difference(UNFILLED, mark, mark, words=tuple(mark.split()))


def named(difference: Difference, expected: Reading) -> Difference:
    """Return a difference by the name of what it is, if it shows more than words: what the old
    page hid, or a mark of the template language."""
    if difference.rule or not difference.now:
        return difference
    hidden = (one.text for one in expected.explained if one.rule == "hidden-element")
    if difference.kind == "added" and any(difference.now in text for text in hidden):
        return replace(difference, kind=HIDDEN)
    is_mark = _MARK.search(difference.now) and not _MARK.search(difference.was)
    return replace(difference, kind=UNFILLED) if is_mark else difference
