"""What a page could do better for people who listen to it: headings, pictures, links.

Plain rules about what is stored (WCAG 2.2: 1.1.1, 1.3.1, 2.4.4, 2.4.6). They refuse nothing,
because imported pages break them often and must stay savable; the form shows them, a message
repeats them after saving, and whoever lists what is left to do asks :func:`advice`.

Blocks say in their ``Meta`` what there is to look at:

* ``chosen_heading = (level, text)``: the fields of a heading whose level an editor chooses
* ``heading_level``, of a field: its text is a heading whose level the template knows
* ``picture_words``: the field with the words for the picture beside it; ``decorative`` is the
  field with the choice that it needs none
* ``link_words``, and ``named_by`` for a field that also names the link: the words of the link
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any, Literal

from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from content.heading_steps import HeadingSteps

Kind = Literal["heading", "picture", "link"]

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
_TABLE_PICTURE = re.compile(
    r'<embed embedtype="image" id="(\d+)" alt="([^"]*)" format="[^"]*"( decorative="true")?/>'
)
_KEPT_PICTURE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_KEPT_WORDS = re.compile(r'\balt="[^"]*\S[^"]*"', re.IGNORECASE)
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
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


@dataclass(frozen=True)
class _Place:
    """A block with its stored data, in the order of the page."""

    block: blocks.Block
    data: Any
    path: tuple[str, ...]
    block_id: str

    def advice(self, kind: Kind, text: str) -> Advice:
        return Advice(kind, text, self.path[0], self.block_id, ".".join(self.path))

    def words(self, name: str) -> str:
        """Return the text of a part, ``""`` where there is none."""
        return str(self.data.get(name) or "").strip() if isinstance(self.data, Mapping) else ""


def advice(page: Page) -> list[Advice]:
    """Return what editors could do better on a page: a page of its own type, as it is in memory.

    In the order of the page, headings first, then pictures, then links. Costs one query where a
    picture has no words, for the names of pictures.
    """
    places = list(_places_of(page))
    return [*_headings(places), *_pictures(page, places), *_links(places)]


def is_vague(words: str) -> bool:
    """Tell whether words of a link say nothing by themselves, such as “Click here »”."""
    return _EDGES.sub("", " ".join(words.casefold().split())) in VAGUE_WORDS


def _places_of(page: Page) -> Iterator[_Place]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            value = getattr(page, field.name)
            yield from _places(field.stream_block, value.get_prep_value(), (field.name,), "")


def _places(
    block: blocks.Block, data: Any, path: tuple[str, ...], block_id: str
) -> Iterator[_Place]:
    """Yield a block and what stands in it. Stored data is read, so that nothing is asked for."""
    yield _Place(block, data, path, block_id)
    if isinstance(block, blocks.BaseStreamBlock):
        for item in data or ():
            child, key = block.child_blocks.get(item["type"]), str(item.get("id") or "")
            if child is not None:
                yield from _places(child, item["value"], (*path, key), key)
    elif isinstance(block, blocks.ListBlock):
        for item in data or ():
            # Lists of old versions of Wagtail hold bare values.
            bare = not (isinstance(item, Mapping) and {"type", "value"} <= item.keys())
            key = "" if bare else str(item.get("id") or "")
            inner = item if bare else item["value"]
            yield from _places(block.child_block, inner, (*path, key) if key else path, block_id)
    elif isinstance(block, blocks.BaseStructBlock) and isinstance(data, Mapping):
        for name, child in block.child_blocks.items():
            if data.get(name) is not None:
                yield from _places(child, data[name], (*path, name), block_id)


def _is_markup(block: blocks.Block) -> bool:
    return isinstance(block, blocks.RichTextBlock | blocks.RawHTMLBlock)


def _text(html: str) -> str:
    return " ".join(unescape(strip_tags(html)).split())


def _quoted(words: str) -> str:
    short = words if len(words) <= LONGEST_QUOTE else f"{words[: LONGEST_QUOTE - 1]}…"
    return f"“{short}”"


def _headings_at(place: _Place) -> Iterator[tuple[int, str, bool]]:
    """Yield the level and words of the headings of a block, and whether an editor chose them."""
    chosen = getattr(place.block.meta, "chosen_heading", None)
    fixed = getattr(place.block.meta, "heading_level", None)
    if chosen is not None:
        level, words = chosen
        if place.words(level).isdecimal():
            yield int(place.words(level)), place.words(words), True
    elif fixed is not None:
        if str(place.data).strip():
            yield fixed, str(place.data).strip(), False
    elif _is_markup(place.block):
        for level, html in _HEADING.findall(str(place.data)):
            yield int(level), _text(html), True


def _headings(places: Iterable[_Place]) -> Iterator[Advice]:
    """Yield each heading that stands too deep. The title of the page is the heading 1."""
    steps, above = HeadingSteps(), ""
    steps.spoken(1)
    for place in places:
        for level, words, is_chosen in _headings_at(place):
            right = steps.spoken(level)
            if is_chosen and right != level:
                where = f"the one above it is {_quoted(above)}" if above else "none stands above it"
                yield place.advice(
                    "heading",
                    f"The heading {_quoted(words)} is a heading {level}, and {where}. Choose"
                    f" heading {right}, so that no level is left out.",
                )
            above = words or above


def _pictures(page: Page, places: Iterable[_Place]) -> list[Advice]:
    """Return the pictures that have neither words nor the choice that they need none."""
    found = [(number, place) for place in places for number in _undecided(place)]
    fields = list(_undecided_fields(page))
    numbers = {number for number, _ in found if number} | {number for number, _ in fields}
    titles: dict[int, str] = {}
    if numbers:
        rows = get_image_model().objects.filter(pk__in=numbers)
        titles = dict(rows.values_list("pk", "title"))
    remedy = "Write what it shows, or mark it as decoration."
    result = [
        Advice("picture", f"{_named(titles.get(number))} has no words. {remedy}", name, "", name)
        for number, name in fields
    ]
    for number, place in found:
        does = remedy
        if isinstance(place.block, blocks.RichTextBlock):
            does = "Put it into the cell again: you are asked for words, or for decoration."
        elif isinstance(place.block, blocks.RawHTMLBlock):
            does = "Write what it shows after alt=, or use the block “Picture” in its place."
        elif "decorative" not in getattr(place.block, "child_blocks", {}):
            does = "Write whose it is, for people who can't see it."
        result.append(place.advice("picture", f"{_named(titles.get(number))} has no words. {does}"))
    return result


def _named(title: str | None) -> str:
    return f"The picture {_quoted(title)}" if title else "A picture"


def _undecided(place: _Place) -> Iterator[int]:
    """Yield the id of each picture of a block that nobody has decided about, 0 if it has none."""
    block, data = place.block, place.data
    words = getattr(block.meta, "picture_words", None)
    if words is not None and isinstance(data, Mapping):
        shown = [
            data.get(name)
            for name, child in getattr(block, "child_blocks", {}).items()
            if isinstance(child, ImageChooserBlock)
        ]
        if not place.words(words) and not data.get("decorative"):
            yield from (number for number in shown if isinstance(number, int))
    elif isinstance(block, blocks.RichTextBlock):
        for number, alt, mark in _TABLE_PICTURE.findall(str(data)):
            if not alt.strip() and not mark:
                yield int(number)
    elif isinstance(block, blocks.RawHTMLBlock):
        for tag in _KEPT_PICTURE.findall(str(data)):
            if not _KEPT_WORDS.search(tag):
                yield 0


def _undecided_fields(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the id of each undecided picture in fields of a page, and the field of its words."""
    for names in getattr(page, "described_pictures", ()):
        number = getattr(page, f"{names.picture}_id")
        if (
            number
            and not getattr(page, names.words).strip()
            and not getattr(page, names.decoration)
        ):
            yield number, names.words


def _links(places: Iterable[_Place]) -> Iterator[Advice]:
    """Yield each link whose words say nothing by themselves."""
    for place in places:
        for words in _link_words(place):
            if is_vague(words):
                yield place.advice(
                    "link",
                    f"The words {_quoted(words)} don't say where the link leads. Use words that can"
                    " be understood alone, such as the name of the page.",
                )


def _link_words(place: _Place) -> Iterator[str]:
    name = getattr(place.block.meta, "link_words", None)
    if name is not None:
        named_by = getattr(place.block.meta, "named_by", "")
        if not (named_by and place.words(named_by)):
            yield place.words(name)
    elif _is_markup(place.block):
        yield from (_text(html) for html in _LINK.findall(str(place.data)))
