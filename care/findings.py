"""What pages need, found in what they hold. Pure functions: no query, nothing is written.

Each takes :class:`care.reading.Contents` and yields :class:`Finding`. Nothing here judges what
only other rooms or other hosts know; :mod:`care.items` adds that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import Truncator
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from care.kinds import ALT_TEXT, DESCRIPTION, HEADINGS_DEEP, IMPORTED_HTML, PLACEHOLDER
from care.reading import Contents, Part, number_of
from content.blocks import HeadingBlock, ImportedHTMLBlock, TextBlock
from content.blocks.imported import MarkupBlock
from content.placeholders import looks_unfinished
from content.search_texts import words_of_markup

FIRST_LEVEL = 2
_HEADING = re.compile(r"<(/?)h([2-6])\b", re.IGNORECASE)
_PICTURE_TAG = re.compile(r"<(?:embed\b[^>]*\bembedtype=\"image\"|img\b)[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r'\b(alt|id)="([^"]*)"', re.IGNORECASE)
_TEXT_UNIT = re.compile(r"<(p|h[2-6]|li|td|th)\b[^>]*>(.*?)</\1>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Finding:
    """One thing to see to: its kind, its place (``""`` for the page), and words for editors.

    ``about`` tells apart what has the same place and words, such as two pictures; ``detail`` is
    for the action in the list.
    """

    kind: str
    place: str
    text: str
    about: str = ""
    detail: dict[str, Any] = field(default_factory=dict, hash=False, compare=False)

    @property
    def key(self) -> str:
        """What a later look compares. The words belong to it: who dismissed one text has not
        dismissed the next."""
        parts = "\0".join((self.kind, self.place, self.text, self.about))
        return sha256(parts.encode()).hexdigest()


def find(contents: Contents) -> Iterator[Finding]:
    """Yield what a page needs, as far as the page itself tells."""
    yield from missing_description(contents)
    yield from placeholders(contents)
    yield from missing_alt_texts(contents)
    yield from imported_html(contents)
    yield from deep_headings(contents)


def missing_description(contents: Contents) -> Iterator[Finding]:
    """A page that search engines list, without a description. Sections and items that lead on
    are none: visitors never see them."""
    page = contents.page
    leads_on = getattr(page, "yields_to_addresses", False) or "external_address" in contents.texts
    has_description = contents.texts.get("search_description", "").strip()
    if not leads_on and not has_description:
        yield Finding(DESCRIPTION, "search_description", "There is no description.")


def placeholders(contents: Contents) -> Iterator[Finding]:
    """Texts that look as if nobody had filled them in, in fields, blocks and running text."""
    for name, text in contents.texts.items():
        if looks_unfinished(text):
            yield Finding(PLACEHOLDER, name, f"“{_short(text)}”")
    for part in contents.parts():
        if isinstance(part.block, blocks.RichTextBlock | MarkupBlock):
            units = _TEXT_UNIT.findall(str(part.value or ""))
            texts = {unescape(strip_tags(inner)): tag.lower() for tag, inner in units}
            for text, tag in texts.items():
                if looks_unfinished(text, in_a_list=tag in ("li", "td", "th")):
                    yield Finding(PLACEHOLDER, part.place, f"“{_short(text)}”")
        elif _is_line(part.block) and looks_unfinished(str(part.value or "")):
            yield Finding(PLACEHOLDER, part.place, f"“{_short(str(part.value))}”")


def _is_line(block: Any) -> bool:
    words = isinstance(block, blocks.CharBlock | blocks.TextBlock)
    return words and getattr(block, "search_index", True)


# The parts of a block with a picture that hold its alternative text; a logo has a name.
_WORDS_OF_PICTURES = ("alt", "name")


def missing_alt_texts(contents: Contents) -> Iterator[Finding]:
    """Pictures without alternative text that nobody called decoration."""
    for picture, alt in contents.pictures.values():
        if not contents.texts[alt].strip():
            yield _without_words(alt, picture)
    for part in contents.parts():
        if isinstance(part.block, ImageChooserBlock):
            picture_id = number_of(part.value)
            struct = part.place.rpartition(".")[0]
            name = next((one for one in _WORDS_OF_PICTURES if one in part.around), "")
            words = str(part.around.get(name) or "").strip()
            if picture_id and name and not words and not is_decorative(part.around):
                yield _without_words(f"{struct}.{name}", picture_id, struct)
        elif isinstance(part.block, blocks.RichTextBlock | MarkupBlock):
            yield from _in_markup(part)


def is_decorative(value: Any) -> bool:
    """Tell whether a block's stored value says that its picture is decoration."""
    return bool(isinstance(value, dict) and value.get("decorative"))


def _without_words(place: str, picture: int, struct: str = "") -> Finding:
    detail = {"image": picture, "struct": struct}
    return Finding(ALT_TEXT, place, "The picture has no alternative text.", str(picture), detail)


def _in_markup(part: Part) -> Iterator[Finding]:
    for number, tag in enumerate(_PICTURE_TAG.findall(str(part.value or ""))):
        found = {name.lower(): value for name, value in _ATTRIBUTE.findall(tag)}
        if not found.get("alt", "").strip():
            # In the library, or somewhere else.
            number_in_library = number_of(found.get("id"))
            detail = {"image": number_in_library} if number_in_library else {}
            text = f"Picture {number + 1} of this text has no alternative text."
            yield Finding(ALT_TEXT, part.place, text, tag, detail | {"number": number})


def pictures_in(contents: Contents) -> Iterator[tuple[str, int]]:
    """Yield ``(place, id)`` for each picture of the library that a page shows."""
    for name, (picture, _alt) in contents.pictures.items():
        yield name, picture
    for part in contents.parts():
        if isinstance(part.block, ImageChooserBlock):
            found = [part.value]
        elif isinstance(part.block, blocks.RichTextBlock):
            tags = _PICTURE_TAG.findall(str(part.value or ""))
            found = [dict(_ATTRIBUTE.findall(tag)).get("id") for tag in tags]
        else:
            continue
        for pk in filter(None, map(number_of, found)):
            yield part.place, pk


def imported_html(contents: Contents) -> Iterator[Finding]:
    """Blocks that hold markup of the old site."""
    for part in contents.parts():
        if isinstance(part.block, ImportedHTMLBlock) and isinstance(part.value, dict):
            html = str(part.value.get("html") or "")
            why = str(part.value.get("pattern") or "").strip()
            words = _short(words_of_markup(html))
            text = f"{why}: “{words}”" if why else f"“{words}”"
            about = sha256(html.encode()).hexdigest()
            yield Finding(IMPORTED_HTML, part.place, text, about)


def deep_headings(contents: Contents) -> Iterator[Finding]:
    """A body whose first heading is deeper than the page's title asks for."""
    for name, (block, data) in contents.streams.items():
        first = next(_levels(block, data), None)
        if first is not None and first[0] > FIRST_LEVEL:
            level, place = first
            text = f"The first heading is a heading {level}."
            yield Finding(HEADINGS_DEEP, f"{name}.{place}", text, detail={"stream": name})


def _levels(block: Any, data: list[Any]) -> Iterator[tuple[int, str]]:
    """Yield ``(level, id of the block)`` for each heading that stands in a stream itself.

    What folds out has a title of its own above its headings.
    """
    for each in data:
        child = block.child_blocks.get(each.get("type"))
        value = each.get("value")
        if isinstance(child, TextBlock):
            for closing, level in _HEADING.findall(str(value or "")):
                if not closing:
                    yield int(level), str(each.get("id") or "")
        elif isinstance(child, HeadingBlock) and isinstance(value, dict):
            yield number_of(value.get("level")) or FIRST_LEVEL, str(each.get("id") or "")


def raised(block: Any, data: list[Any]) -> list[Any]:
    """Return the stored data of a stream with its headings raised, so that the first is a
    heading 2: all up to the next heading 2 by as many levels, none above that."""
    first = next(_levels(block, data), (FIRST_LEVEL, ""))[0]
    steps = first - FIRST_LEVEL
    if steps <= 0:
        return data
    done, opened = False, FIRST_LEVEL

    def lifted(level: int) -> int:
        nonlocal done
        done = done or level <= FIRST_LEVEL
        return level if done else max(FIRST_LEVEL, level - steps)

    def tag(match: re.Match[str]) -> str:
        nonlocal opened
        if not match[1]:
            opened = lifted(int(match[2]))
        return f"<{match[1]}h{opened}"

    result = []
    for each in data:
        child, value = block.child_blocks.get(each.get("type")), each.get("value")
        if isinstance(child, TextBlock):
            each = {**each, "value": _HEADING.sub(tag, str(value or ""))}
        elif isinstance(child, HeadingBlock) and isinstance(value, dict):
            level = str(lifted(number_of(value.get("level")) or FIRST_LEVEL))
            each = {**each, "value": {**value, "level": level}}
        result.append(each)
    return result


def with_alt_text(markup: str, number: int, text: str) -> str:
    """Return markup with an alternative text for one of its pictures, counted from 0."""
    seen = -1

    def replace(match: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        if seen != number:
            return match[0]
        bare = re.sub(r'\s+alt="[^"]*"', "", match[0])
        quoted = text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
        # Behind the id, where the editor writes it.
        return re.sub(r'\bid="[^"]*"', lambda found: f'{found[0]} alt="{quoted}"', bare, count=1)

    return _PICTURE_TAG.sub(replace, markup)


def _short(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(120)
