"""Pictures without words that nobody called decoration (WCAG 2.2, 1.1.1).

The one rule for whoever asks: the form of a page (:mod:`content.page_data.advice`) and the care
list. A block says in its ``Meta`` which part holds the words for its picture
(``picture_words``); the choice that it needs none is its part ``decorative``. Page types name
theirs in ``described_pictures``. In the cells of tables and in kept markup the words stand in the
tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from content.page_data.stored import Contents, Part, number_of

# Words in quotes may hold what ends a tag.
PICTURE_TAG = re.compile(
    r'<(?:embed\b[^>]*?\bembedtype="image"|img\b)(?:[^>"]|"[^"]*")*>', re.IGNORECASE
)
_ATTRIBUTE = re.compile(r'(?<![\w-])(alt|id|src|decorative)="([^"]*)"', re.IGNORECASE)


@dataclass(frozen=True)
class Undescribed:
    """A picture that nobody has decided about.

    ``place`` is where its words belong, as a content path, ``part`` the block that it stands in,
    ``None`` for one in a field of the page. ``picture`` is its id in the library, if it is there.
    ``decoration`` is the place of the choice that it needs no words, ``""`` if there is none.
    In markup, ``number`` counts the pictures from 0, and ``tag`` is how it is written.
    """

    place: str
    part: Part | None
    picture: int | None
    decoration: str = ""
    number: int | None = None
    tag: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether it stands in kept markup."""
        return self.part is not None and isinstance(self.part.block, blocks.RawHTMLBlock)


def undescribed_pictures(contents: Contents) -> Iterator[Undescribed]:
    """Yield the pictures of a page without words: those in fields, then those in blocks."""
    for picture, words, decoration in contents.pictures.values():
        if not contents.texts.get(words, "").strip() and decoration not in contents.decorations:
            yield Undescribed(words, None, picture, decoration)
    for part in contents.parts:
        if part.is_markup:
            yield from _in_markup(part)
        elif getattr(part.block.meta, "picture_words", None) and isinstance(part.value, dict):
            yield from _in_block(part)


def _in_block(part: Part) -> Iterator[Undescribed]:
    words, children = part.block.meta.picture_words, part.block.child_blocks
    if part.words(words) or part.value.get("decorative"):
        return
    decoration = f"{part.place}.decorative" if "decorative" in children else ""
    for name, child in children.items():
        number = number_of(part.value.get(name)) if isinstance(child, ImageChooserBlock) else None
        if number:
            yield Undescribed(f"{part.place}.{words}", part, number, decoration)


def _in_markup(part: Part) -> Iterator[Undescribed]:
    for number, tag in enumerate(PICTURE_TAG.findall(part.markup)):
        found = attributes_of(tag)
        is_embed = tag[:6].lower() == "<embed"
        if not found.get("alt", "").strip() and not (
            is_embed and found.get("decorative") == "true"
        ):
            in_library = number_of(found.get("id")) if is_embed else None
            # Only cells have a way to write the choice down.
            decoration = part.place if in_library else ""
            yield Undescribed(part.place, part, in_library, decoration, number, tag)


def attributes_of(tag: str) -> dict[str, str]:
    """Return what the tag of a picture says: ``alt``, ``id``, ``src`` and ``decorative``, if
    they are there. References to characters are resolved."""
    return {name.lower(): unescape(value) for name, value in _ATTRIBUTE.findall(tag)}
