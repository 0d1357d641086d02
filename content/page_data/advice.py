"""What to check on a page before it is submitted: what is empty, headings, pictures, links.

Plain rules about what is stored (WCAG 2.2: 1.1.1, 1.3.1, 2.4.4, 2.4.6). They refuse nothing,
because imported pages break them often and must stay savable; the form shows them, a message
repeats them after saving, and whoever lists what is left to do asks :func:`advice`.

Blocks say in their ``Meta`` what there is to look at:

* ``chosen_heading = (level, text)``: the fields of a heading whose level an editor chooses
* ``heading_level``, of a field: its text is a heading whose level the template knows
* ``expected``: the names of parts that should not stay empty, beside those that are required
  and those that are headings; a page type names its fields so
* ``picture_words``: see :mod:`content.page_data.undescribed`
* ``link_words``, and ``named_by`` for a field that also names the link: the words of the link
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from wagtail.blocks import BooleanBlock, FieldBlock
from wagtail.blocks.field_block import BaseChoiceBlock
from wagtail.images import get_image_model
from wagtail.models import Page

from content.page_data.stored import Contents, Part, contents_of, number_of
from content.page_data.undescribed import Undescribed, undescribed_pictures
from content.search_text.texts import plain_words

Kind = Literal["missing", "heading", "picture", "link"]

# Words that say nothing about where a link leads, without case and signs around them.
VAGUE_WORDS = frozenset(
    {
        "click", "click here", "click here for more", "click this link", "details", "download",
        "find out more", "go", "here", "info", "know more", "learn more", "link", "more",
        "more details", "more info", "more information", "page", "press here", "read more",
        "see here", "see more", "tap here", "the link", "this", "this link", "this page",
        "this site", "this website", "view", "view more", "visit here", "website",
    }
)  # fmt: skip
_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.IGNORECASE | re.DOTALL)
# What markup without words shows.
_SHOWN = re.compile(r"<(?:embed|hr|iframe|img|svg|video)\b", re.IGNORECASE)
_FROM_FIRST_TO_LAST_LETTER = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
LONGEST_QUOTE = 80


@dataclass(frozen=True)
class Advice:
    """One thing to look at.

    ``text`` names it and says what to do. ``field`` is the name of the model's field,
    ``block_id`` the id of the nearest block in a stream (``""`` outside of streams), and
    ``path`` Wagtail's content path: ``edit_url + "#:w:contentpath=" + path`` leads there.
    """

    kind: Kind
    text: str
    field: str
    block_id: str
    path: str

    @property
    def anchor(self) -> str:
        """The id of the nearest block, else of the field, within the page form."""
        return f"block-{self.block_id}-section" if self.block_id else f"id_{self.field}"


def advice(page: Page) -> list[Advice]:
    """Return what editors could do better on a page: a page of its own type, as it is in memory.

    In the order of the page: what is empty, headings, pictures, links. Costs one query where a
    picture has no words, for the names of pictures.
    """
    contents = contents_of(page)
    skips = [one.advice() for one in headings(contents) if one.skips]
    return [*missing(contents), *skips, *_pictures(contents), *vague_links(contents)]


def missing(contents: Contents) -> Iterator[Advice]:
    """Yield each expected field of the page, and each expected part of a block, that is empty."""
    page = contents.page
    for name in getattr(page, "expected", ()):
        if not getattr(page, name):
            label = page._meta.get_field(name).verbose_name
            yield Advice("missing", f"The page has no {label}. Fill it in.", name, "", name)
    for part in contents.parts:
        if not isinstance(part.value, dict) or not hasattr(part.block, "child_blocks"):
            continue
        for name in expected_parts(part.block):
            if _is_empty(part.value.get(name)):
                label = str(part.block.child_blocks[name].label)
                text = f"“{part.block.label}”: “{label}” is empty. Fill it in, or remove the block."
                place = f"{part.place}.{name}"
                yield Advice("missing", text, part.place.partition(".")[0], part.block_id, place)


def expected_parts(block: Any) -> list[str]:
    """Return the names of the parts of a struct block that should not stay empty.

    A draft may lack what is required: the form asks for it only when the page is published.
    """
    named = getattr(block.meta, "expected", ())
    return [
        name
        for name, child in block.child_blocks.items()
        if name in named
        or getattr(child.meta, "heading_level", None) is not None
        or (child.required and isinstance(child, FieldBlock) and not _has_choices(child))
    ]


def _has_choices(block: FieldBlock) -> bool:
    """Tell whether one of a few values is chosen, the usual one if nobody chose."""
    return isinstance(block, BooleanBlock | BaseChoiceBlock)


def _is_empty(value: Any) -> bool:
    if isinstance(value, dict):
        return not any(value.values())
    if isinstance(value, str):
        return not (plain_words(value) or _SHOWN.search(value))
    return not value


def is_vague(words: str) -> bool:
    """Tell whether words of a link say nothing by themselves, such as “Click here »”."""
    found = _FROM_FIRST_TO_LAST_LETTER.search(" ".join(words.casefold().split()))
    return found is not None and found[0] in VAGUE_WORDS


def _quoted(words: str) -> str:
    short = words if len(words) <= LONGEST_QUOTE else f"{words[: LONGEST_QUOTE - 1]}…"
    return f"“{short}”"


def _advice(kind: Kind, text: str, part: Part) -> Advice:
    return Advice(kind, text, part.place.partition(".")[0], part.block_id, part.place)


@dataclass(frozen=True)
class Heading:
    """A heading of a page: its level, and ``right``, the one with which none is left out.

    ``above`` are the words of the heading before it, ``is_chosen`` tells whether an editor chose
    the level.
    """

    part: Part
    level: int
    words: str
    is_chosen: bool
    right: int
    above: str

    @property
    def skips(self) -> bool:
        """Whether an editor chose a level that stands too deep."""
        return self.is_chosen and self.right != self.level

    def advice(self) -> Advice:
        """Return what to say of a heading that :attr:`skips`."""
        where = "none stands above it"
        if self.above:
            where = f"the one above it is {_quoted(self.above)}"
        text = (
            f"The heading {_quoted(self.words)} is a heading {self.level}, and {where}. Choose"
            f" heading {self.right}, so that no level is left out."
        )
        return _advice("heading", text, self.part)


def headings(contents: Contents) -> Iterator[Heading]:
    """Yield the headings of a page in their order. Its title is the heading 1."""
    steps, above = HeadingSteps(), ""
    steps.spoken(1)
    for part in contents.parts:
        for level, words, is_chosen in _headings_at(part):
            yield Heading(part, level, words, is_chosen, steps.spoken(level), above)
            above = words or above


def _headings_at(part: Part) -> Iterator[tuple[int, str, bool]]:
    """Yield the level and words of the headings of a block, and whether an editor chose them."""
    chosen = getattr(part.block.meta, "chosen_heading", None)
    fixed = getattr(part.block.meta, "heading_level", None)
    if chosen is not None:
        level = number_of(part.words(chosen[0]))
        if level:
            yield level, part.words(chosen[1]), True
    elif fixed is not None:
        if words := str(part.value or "").strip():
            yield fixed, words, False
    else:
        for level, html in _HEADING.findall(part.markup):
            yield int(level), plain_words(html), True


def _pictures(contents: Contents) -> list[Advice]:
    """Return the pictures that have neither words nor the choice that they need none."""
    found = list(undescribed_pictures(contents))
    numbers = {one.picture for one in found if one.picture}
    titles: dict[int, str] = {}
    if numbers:
        rows = get_image_model().objects.filter(pk__in=numbers)
        titles = dict(rows.values_list("pk", "title"))
    result = []
    for one in found:
        title = titles.get(one.picture or 0)
        name = f"The picture {_quoted(title)}" if title else "A picture"
        block_id = one.part.block_id if one.part else ""
        text = f"{name} has no words. {_remedy(one)}"
        result.append(Advice("picture", text, one.place.partition(".")[0], block_id, one.place))
    return result


def _remedy(one: Undescribed) -> str:
    if one.is_kept:
        return "Write what it shows after alt=, or use the block “Picture” in its place."
    if one.number is not None:
        return "Put it into the cell again: you are asked for words, or for decoration."
    if not one.decoration:
        return "Write whose it is, for people who can't see it."
    return "Write what it shows, or mark it as decoration."


def vague_links(contents: Contents) -> Iterator[Advice]:
    """Yield each link whose words say nothing by themselves."""
    for part in contents.parts:
        for words in _link_words(part):
            if is_vague(words):
                yield _advice(
                    "link",
                    f"The words {_quoted(words)} don't say where the link leads. Use words that can"
                    " be understood alone, such as the name of the page.",
                    part,
                )


def _link_words(part: Part) -> Iterator[str]:
    name = getattr(part.block.meta, "link_words", None)
    if name is not None:
        named_by = getattr(part.block.meta, "named_by", "")
        if not (named_by and part.words(named_by)):
            yield part.words(name)
    else:
        yield from (plain_words(html) for html in _LINK.findall(part.markup))


class HeadingSteps:
    """The levels that headings have one below the other, in the order of the page."""

    def __init__(self) -> None:
        # Levels as chosen and as spoken, of the headings that the next one may stand under.
        self._above: list[tuple[int, int]] = []

    def spoken(self, level: int) -> int:
        """Take the next heading; return its level where none may be skipped."""
        while self._above and self._above[-1][0] >= level:
            self._above.pop()
        spoken = self._above[-1][1] + 1 if self._above else level
        self._above.append((level, spoken))
        return spoken
