"""Text items, and writing them in the form that Wagtail's editor writes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from isomer.convert.runs import Anchor, Run

TAG_OF_STYLE = {
    "BOLD": "b",
    "CODE": "code",
    "ITALIC": "i",
    "STRIKETHROUGH": "s",
    "SUBSCRIPT": "sub",
    "SUPERSCRIPT": "sup",
    "UNDERLINE": "u",
}
LIST_TAGS = ("ul", "ol")


@dataclass(frozen=True)
class TextItem:
    """A paragraph, heading or list entry. ``tag`` is ``p``, ``h2`` to ``h6``, ``ul`` or ``ol``.

    ``depth`` counts the lists around a list entry, from 0.
    """

    tag: str
    runs: tuple[Run, ...]
    depth: int = 0

    @property
    def is_list_entry(self) -> bool:
        return self.tag in LIST_TAGS


def block_key(seed: str, number: int) -> str:
    """Return the five-letter key of a text item, always the same for the same place."""
    digest = int(hashlib.sha256(f"{seed}/{number}".encode()).hexdigest(), 16)
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    return "".join(letters[digest // 36**place % 36] for place in range(5))


def write_rich_text(items: Sequence[TextItem], seed: str) -> str:
    """Return items as rich text in the editor's own form.

    ``seed`` names the place (source path and position) that block keys are
    derived from.
    """
    parts: list[str] = []
    open_lists: list[str] = []
    for number, item in enumerate(items):
        key = f'data-block-key="{block_key(seed, number)}"'
        if not item.is_list_entry:
            _close_lists(parts, open_lists, 0)
            parts.append(f"<{item.tag} {key}>{write_runs(item.runs)}</{item.tag}>")
            continue
        _close_lists(parts, open_lists, item.depth + 1)
        if len(open_lists) == item.depth + 1:
            if open_lists[-1] == item.tag:
                parts.append("</li>")
            else:
                _close_lists(parts, open_lists, item.depth)
        while len(open_lists) < item.depth + 1:
            parts.append(f"<{item.tag}>")
            open_lists.append(item.tag)
        parts.append(f"<li {key}>{write_runs(item.runs)}")
    _close_lists(parts, open_lists, 0)
    return "".join(parts)


def _close_lists(parts: list[str], open_lists: list[str], depth: int) -> None:
    while len(open_lists) > depth:
        parts.append(f"</li></{open_lists.pop()}>")


def write_runs(runs: Sequence[Run]) -> str:
    """Return runs as inline HTML, marks nested in the order that draftjs_exporter uses."""
    parts: list[str] = []
    stack: list[str] = []
    link: Anchor | None = None
    for run in runs:
        if run.link != link:
            _close_styles(parts, stack, 0)
            parts.append("</a>" if link is not None else "")
            parts.append(f'<a href="{escape(run.link.address)}">' if run.link is not None else "")
            link = run.link
        wanted = sorted(run.styles)
        if link is not None:
            _close_styles(parts, stack, 0)
        shared = 0
        while shared < min(len(stack), len(wanted)) and stack[shared] == wanted[shared]:
            shared += 1
        _close_styles(parts, stack, shared)
        for style in wanted[shared:]:
            parts.append(f"<{TAG_OF_STYLE[style]}>")
            stack.append(style)
        parts.append(escape(run.text, quote=False).replace("\n", "<br/>"))
    _close_styles(parts, stack, 0)
    parts.append("</a>" if link is not None else "")
    return "".join(parts)


def _close_styles(parts: list[str], stack: list[str], depth: int) -> None:
    while len(stack) > depth:
        parts.append(f"</{TAG_OF_STYLE[stack.pop()]}>")
