"""What pages need, found in what they hold. Pure functions: no query, nothing is written.

Each takes :class:`content.page_data.stored.Contents` and yields :class:`Finding`. Nothing here
judges what only other rooms or other hosts know; :mod:`care.items` adds that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from django.utils.text import Truncator
from wagtail import blocks

from care.kinds import (
    ALT_TEXT,
    DESCRIPTION,
    HEADINGS_DEEP,
    HEADINGS_SKIPPED,
    IMPORTED_HTML,
    LINK_BROKEN,
    LINK_UNCLEAR,
    PLACEHOLDER,
    SHARED,
)
from content.blocks import HeadingBlock, ImportedHTMLBlock, TextBlock
from content.page_data.advice import headings, vague_links
from content.page_data.placeholders import looks_unfinished
from content.page_data.stored import Contents, number_of
from content.page_data.undescribed import PICTURE_TAG, attributes_of, undescribed_pictures
from content.search_text.texts import plain_words, words_of_markup
from content.tables.cells import quoted

FIRST_LEVEL = 2
_HEADING = re.compile(r"<(/?)h([2-6])\b", re.IGNORECASE)
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
        dismissed the next. Those on a broken link do not: they say what its host answered last,
        which may change every night; ``about`` has to name the link. What is mended at one place
        for all pages (:data:`care.kinds.SHARED`) is the same wherever it stands."""
        text = "" if self.kind == LINK_BROKEN else self.text
        place = "" if self.kind in SHARED else self.place
        parts = "\0".join((self.kind, place, text, self.about))
        return sha256(parts.encode()).hexdigest()


def find(contents: Contents) -> Iterator[Finding]:
    """Yield what a page needs, as far as the page itself tells."""
    yield from missing_description(contents)
    yield from placeholders(contents)
    yield from missing_alt_texts(contents)
    yield from imported_html(contents)
    yield from deep_headings(contents)
    yield from skipped_headings(contents)
    yield from unclear_links(contents)


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
    for part in contents.parts:
        if part.is_markup:
            units = _TEXT_UNIT.findall(part.markup)
            texts = {plain_words(inner): tag.lower() for tag, inner in units}
            for text, tag in texts.items():
                if looks_unfinished(text, in_a_list=tag in ("li", "td", "th")):
                    yield Finding(PLACEHOLDER, part.place, f"“{_short(text)}”")
        elif _is_line(part.block) and looks_unfinished(str(part.value or "")):
            yield Finding(PLACEHOLDER, part.place, f"“{_short(str(part.value))}”")


def _is_line(block: Any) -> bool:
    words = isinstance(block, blocks.CharBlock | blocks.TextBlock)
    return words and getattr(block, "search_index", True)


def missing_alt_texts(contents: Contents) -> Iterator[Finding]:
    """Pictures without alternative text that nobody called decoration."""
    for one in undescribed_pictures(contents):
        detail: dict[str, Any] = {"image": one.picture} if one.picture else {}
        text, about = "The picture has no alternative text.", str(one.picture)
        if one.number is not None:
            text = f"Picture {one.number + 1} of this text has no alternative text."
            detail["number"], about = one.number, one.tag
            if source := attributes_of(one.tag).get("src"):
                detail["source"] = source
        if one.decoration:
            detail["decoration"] = one.decoration
        yield Finding(ALT_TEXT, one.place, text, about, detail)


def imported_html(contents: Contents) -> Iterator[Finding]:
    """Blocks that hold markup of the old site."""
    for part in contents.parts:
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


def skipped_headings(contents: Contents) -> Iterator[Finding]:
    """Headings that leave out a level, but for those that fall into place when the headings of
    a body that starts too deep are raised."""
    found = [one for one in headings(contents) if one.skips]
    if not found:
        return
    streams = {
        name: (block, raised(block, data)) for name, (block, data) in contents.streams.items()
    }
    after = headings(replace(contents, streams=streams))
    left = {(one.part.place, one.words) for one in after if one.skips}
    for one in found:
        if (one.part.place, one.words) in left:
            advice = one.advice()
            yield Finding(HEADINGS_SKIPPED, advice.path, advice.text)


def unclear_links(contents: Contents) -> Iterator[Finding]:
    """Links whose words say nothing by themselves, such as “click here”."""
    for advice in vague_links(contents):
        yield Finding(LINK_UNCLEAR, advice.path, advice.text)


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
            level = number_of(value.get("level"))
            if level:
                each = {**each, "value": {**value, "level": str(lifted(level))}}
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
        # Behind what names the picture, where the editor and the sanitiser write it.
        name = "id" if bare[:6].lower() == "<embed" else "src"
        reference = rf'\s{name}="[^"]*"'
        return re.sub(reference, lambda found: f'{found[0]} alt="{quoted(text)}"', bare, count=1)

    return PICTURE_TAG.sub(replace, markup)


def as_decoration(markup: str, number: int) -> str:
    """Return the markup of cells with one of its pictures, counted from 0, called decoration."""
    found = list(PICTURE_TAG.finditer(markup))
    if number >= len(found):
        return markup
    end = found[number].end()
    head = markup[:end].removesuffix(">").removesuffix("/")
    return f'{head} decorative="true"/>{markup[end:]}'


def _short(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(120)
