"""What changed between two revisions, as people read it.

Wagtail's comparison writes what it does not know, such as entries of lists, numbers and choosers,
as one run of words, and empty values as “None”. Here every block is read into parts with a label
and words, and parts are compared with parts. A kind of block that is new needs nothing of its own.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from itertools import zip_longest
from typing import Any

from bs4 import BeautifulSoup
from django.db import models
from django.utils.choices import flatten_choices
from django.utils.formats import date_format, localize
from django.utils.html import escape, format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from wagtail import blocks
from wagtail import fields as wagtail_fields
from wagtail.admin import compare
from wagtail.utils.timestamps import render_timestamp

from content.blocks import TableCellsBlock
from content.fields import same_blocks

READS_THE_SAME = "Reads the same. A format, a link or the chosen item changed."
_PICTURE = re.compile(r'<embed\b[^>]*\balt="([^"]*)"[^>]*>')
_ENTRY = re.compile(r"<li\b[^>]*>")
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_LINE_END = re.compile(r"</(?:p|h[1-6]|li|blockquote|pre|div)>|<[ou]l\b[^>]*>|<(?:br|hr)\s*/?>")


@dataclass(frozen=True)
class Part:
    """A block as it is read: ``text``, or further parts.

    ``key`` says which parts of two revisions are one and the same: the name of a field, or the id
    of an entry. ``is_listed`` is true where the parts are entries of a stream or list.
    """

    block: blocks.Block
    label: str
    key: str
    stored: Any
    text: str = ""
    parts: tuple[Part, ...] = ()
    is_listed: bool = False


def words_of(value: Any) -> str:
    """Return a plain value in words: a date as dates are written, nothing for an empty one."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime.datetime):
        return str(render_timestamp(value))
    if isinstance(value, datetime.date):
        return date_format(value)
    return str(localize(value))


def lines_of(html: str) -> str:
    """Return the words of rich text, a line for each paragraph, heading and entry of a list."""
    html = _PICTURE.sub(r" [picture: \1] ", html)
    html = _LINE_END.sub("\n", _ENTRY.sub("\n• ", html))
    lines = (" ".join(line.split()) for line in unescape(strip_tags(html)).split("\n"))
    return "\n".join(line for line in lines if line)


def rows_of(html: str) -> str:
    """Return the words of a table, a line for each row; ``""`` if all its cells are empty."""
    rows = []
    for row in BeautifulSoup(_PICTURE.sub(r" [picture: \1] ", html), "html.parser").find_all("tr"):
        cells = [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["td", "th"])]
        rows += [" | ".join(cells)] if any(cells) else []
    return "\n".join(rows)


def read(block: blocks.Block, value: Any, key: str = "") -> Part:
    """Return a block's value as parts; what is empty in a struct is left out."""
    parts: tuple[Part, ...] = ()
    text = ""
    if isinstance(block, blocks.BaseStructBlock):
        children = block.child_blocks.items()
        found = (read(child, (value or {}).get(name), name) for name, child in children)
        parts = tuple(part for part in found if part.text or part.parts)
    elif isinstance(block, blocks.BaseStreamBlock):
        parts = tuple(read(one.block, one.value, _key(one.block, one.id)) for one in value or ())
    elif isinstance(block, blocks.ListBlock):
        entries = value.bound_blocks if value is not None else ()
        parts = tuple(
            read(one.block, one.value, _key(one.block, one.original_id)) for one in entries
        )
    else:
        text = _text_of(block, value)
    is_listed = isinstance(block, blocks.BaseStreamBlock | blocks.ListBlock)
    stored = None if parts or value is None else block.get_prep_value(value)
    return Part(block, str(block.label or "Entry"), key, stored, text, parts, is_listed)


def _key(block: blocks.Block, number: Any) -> str:
    """Return what an entry is known by; a block that took the id of another kind is another."""
    return f"{block.name} {number}" if number else ""


def _text_of(block: blocks.Block, value: Any) -> str:
    if isinstance(block, TableCellsBlock):
        return rows_of(value.source if value else "")
    if isinstance(block, blocks.RichTextBlock):
        return lines_of(value.source if value else "")
    if isinstance(block, blocks.ChoiceBlock | blocks.MultipleChoiceBlock):
        chosen = value if isinstance(value, list | tuple) else [value]
        known = dict(flatten_choices(block.field.choices))
        return ", ".join(str(known.get(one, one)) for one in chosen if one not in (None, ""))
    return words_of(value)


def compared_text(before: str, after: str) -> SafeString:
    """Return text as HTML, line by line, with what differs between two texts marked."""
    old, new = before.split("\n"), after.split("\n")
    lines: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new).get_opcodes():
        if kind == "equal":
            lines += map(escape, old[a:b])
        else:
            pairs = zip_longest(old[a:b], new[c:d], fillvalue="")
            lines += [_marked(*pair) for pair in pairs]
    return mark_safe("<br>".join(lines))


def _marked(before: str, after: str) -> str:
    """Return a line as HTML, word by word. Wagtail's own way passes over short words and signs."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    changes: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new).get_opcodes():
        if kind == "equal":
            changes.append(("equal", "".join(old[a:b])))
        else:
            sides = (("deletion", old[a:b]), ("addition", new[c:d]))
            changes += [(name, "".join(words)) for name, words in sides if words]
    return str(compare.TextDiff(changes).to_html())


def compared(before: Part | None, after: Part | None, is_marked: bool = False) -> SafeString:
    """Return HTML of a part with what differs marked; one of the two may be missing.

    With ``is_marked`` what is around it is marked as added or removed, and nothing within it is.
    """
    only = after or before
    if only is None:
        return SafeString("")
    old, new = before.parts if before else (), after.parts if after else ()
    if old or new:
        lines = _entries if only.is_listed else _fields
        return lines(old, new, is_marked)
    if is_marked:
        return compared_text(only.text, only.text)
    html = compared_text(before.text if before else "", after.text if after else "")
    if before and after and before.text == after.text and not _is_same(before, after):
        return format_html("{} <em>{}</em>", html, READS_THE_SAME)
    return html


def _is_same(before: Part, after: Part) -> bool:
    if before.stored is None or after.stored is None:
        return not (before.stored or after.stored)
    return same_blocks(after.block, before.stored, after.stored)


def _fields(old: Sequence[Part], new: Sequence[Part], is_marked: bool) -> SafeString:
    """Return the fields of a struct; one that was empty, or became so, is marked as a whole."""
    lines = []
    for before, after in paired(old, new):
        only: Any = after or before
        html = compared(before, after, is_marked or (not (before and after) and bool(only.parts)))
        if only.parts and not is_marked and not (before and after):
            kind = "deletion" if before else "addition"
            html = format_html('<div class="comparison__child-object {}">{}</div>', kind, html)
        lines.append((only.label, html))
    return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", lines))


def _entries(old: Sequence[Part], new: Sequence[Part], is_marked: bool) -> SafeString:
    """Return the entries of a stream or list, each apart and under its label."""
    order = [[part.key for part in side if part.key] for side in (old, new)]
    runs = SequenceMatcher(a=order[0], b=order[1], autojunk=False).get_matching_blocks()
    stayed = {key for run in runs for key in order[0][run.a : run.a + run.size]}
    lines = []
    for before, after in paired(old, new):
        only: Any = after or before
        kind, says = "", ""
        if not is_marked and before is None:
            kind, says = " addition", " (added)"
        elif not is_marked and after is None:
            kind, says = " deletion", " (removed)"
        elif not is_marked and only.key and only.key not in stayed:
            says = " (moved)"
        html = compared(before, after, is_marked or bool(kind))
        lines.append((kind, only.label, says, html))
    return format_html_join(
        "", '<div class="comparison__child-object{}"><p><b>{}</b>{}</p>{}</div>', lines
    )


def paired(before: Sequence[Part], after: Sequence[Part]) -> list[tuple[Part | None, Part | None]]:
    """Return the parts of two revisions side by side, in the order of the later one.

    Those of one key are a pair. Entries that were stored without ids have no key, and are paired
    by their place. A part that is gone stands where it stood.
    """
    if not all(part.key for part in (*before, *after)):
        return [row for one, two in zip_longest(before, after) for row in _by_place(one, two)]
    keys = {part.key: part for part in before}
    rows: list[tuple[Part | None, Part | None]] = [(keys.get(part.key), part) for part in after]
    kept = {part.key for part in after}
    place = 0
    for part in before:
        if part.key in kept:
            place = 1 + next(n for n, (one, _) in enumerate(rows) if one is keys[part.key])
        else:
            rows.insert(place, (part, None))
            place += 1
    return rows


def _by_place(before: Part | None, after: Part | None) -> Iterator[tuple[Part | None, Part | None]]:
    """Yield a pair, or both apart if they are of two kinds."""
    if before and after and before.block.name != after.block.name:
        yield before, None
        yield None, after
    else:
        yield before, after


class FieldComparison(compare.FieldComparison):  # type: ignore[misc]
    """A field of any kind that Wagtail knows no better comparison for."""

    def htmldiff(self) -> SafeString:
        return compared_text(self.text(self.val_a), self.text(self.val_b))

    def text(self, value: Any) -> str:
        """Return a value of the field in words."""
        return words_of(value)


class RichTextComparison(FieldComparison):
    """A rich text, line by line."""

    def text(self, value: Any) -> str:
        return lines_of(value or "")


class RelatedComparison(FieldComparison):
    """A field that leads to an object."""

    def text(self, value: Any) -> str:
        found = self.field.related_model.objects.filter(pk=value).first()
        return words_of(found)


class StreamComparison(compare.FieldComparison):  # type: ignore[misc]
    """A stream of blocks, block by block."""

    def has_changed(self) -> bool:
        """Override of ``FieldComparison.has_changed``: what only the editor rewrites is none."""
        before, after = (value.get_prep_value() for value in (self.val_a, self.val_b))
        return not same_blocks(self.field.stream_block, before, after)

    def htmldiff(self) -> SafeString:
        block = self.field.stream_block
        return compared(read(block, self.val_a), read(block, self.val_b))


def register() -> None:
    """Have Wagtail's screens use this module; called once when the app is ready."""
    for field, comparison in (
        (models.Field, FieldComparison),
        # Wagtail's own comparison of many objects, which it uses for whatever is not registered.
        (models.ManyToManyField, compare.M2MFieldComparison),
        (wagtail_fields.RichTextField, RichTextComparison),
        (wagtail_fields.StreamField, StreamComparison),
    ):
        compare.register_comparison_class(field, comparison_class=comparison)
    compare.register_comparison_class(
        models.ForeignKey, to=models.Model, comparison_class=RelatedComparison
    )
