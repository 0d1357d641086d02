"""Text items, and writing them in the form that Wagtail's editor writes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from isomer.convert.text.runs import Anchor, Run

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

    ``depth`` counts the lists around a list entry, from 0. ``list_number`` tells
    the lists of a body apart: entries that share it stood in one list element.
    """

    tag: str
    runs: tuple[Run, ...]
    depth: int = 0
    list_number: int = 0

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
        kept, opens = _next_lists(open_lists, item)
        _close_lists(parts, open_lists, kept)
        if opens:
            parts.append(f"<{item.tag}>")
            open_lists.append(item.tag)
        else:
            parts.append("</li>")
        parts.append(f"<li {key}>{write_runs(item.runs)}")
    _close_lists(parts, open_lists, 0)
    return "".join(parts)


def _next_lists(open_lists: Sequence[str], item: TextItem) -> tuple[int, bool]:
    """Return how many lists stay open before a list entry, and whether it opens another.

    As draftjs_exporter's ``WrapperState`` does it: an entry is compared with the
    innermost open list only, so that after a nested list of another kind a new
    list begins, and after one of the same kind the outer list goes on.
    """
    if item.depth >= len(open_lists):
        return len(open_lists), True
    if item.tag != open_lists[-1]:
        return item.depth, True
    return item.depth + 1, False


def lists_survive(items: Sequence[TextItem]) -> bool:
    """Tell whether list entries keep their lists in rich text: none of another kind, and no
    numbered list in two (it would begin again at 1) or joined to another."""
    open_lists: list[str] = []
    written: list[int] = []
    lists_made = 0
    list_of: dict[int, set[int]] = {}
    for item in items:
        if not item.is_list_entry:
            open_lists, written = [], []
            continue
        kept, opens = _next_lists(open_lists, item)
        del open_lists[kept:], written[kept:]
        if opens:
            lists_made += 1
            open_lists.append(item.tag)
            written.append(lists_made)
        if open_lists[-1] != item.tag:
            return False
        if item.tag == "ol":
            list_of.setdefault(item.list_number, set()).add(written[-1])
    numbered = [made for made_of_one in list_of.values() for made in made_of_one]
    return all(len(made) == 1 for made in list_of.values()) and len(numbered) == len(set(numbered))


def _close_lists(parts: list[str], open_lists: list[str], depth: int) -> None:
    while len(open_lists) > depth:
        parts.append(f"</li></{open_lists.pop()}>")


def write_runs(runs: Sequence[Run]) -> str:
    """Return runs as inline HTML, marks nested in the order that draftjs_exporter uses.

    It lets marks run on from one run to the next except within a link and in the
    first run after one.
    """
    parts: list[str] = []
    stack: list[str] = []
    link: Anchor | None = None
    for run in runs:
        runs_on = run.link is None and link is None
        if run.link != link:
            _close_styles(parts, stack, 0)
            parts.append("</a>" if link is not None else "")
            parts.append(f'<a href="{escape(run.link.address)}">' if run.link is not None else "")
            link = run.link
        wanted = sorted(run.styles)
        shared = 0
        while shared < min(len(stack), len(wanted)) and stack[shared] == wanted[shared]:
            shared += 1
        _close_styles(parts, stack, shared)
        for style in wanted[shared:]:
            parts.append(f"<{TAG_OF_STYLE[style]}>")
            stack.append(style)
        parts.append(escape(run.text, quote=False).replace("\n", "<br/>"))
        if not runs_on:
            _close_styles(parts, stack, 0)
    _close_styles(parts, stack, 0)
    parts.append("</a>" if link is not None else "")
    return "".join(parts)


def _close_styles(parts: list[str], stack: list[str], depth: int) -> None:
    while len(stack) > depth:
        parts.append(f"</{TAG_OF_STYLE[stack.pop()]}>")
