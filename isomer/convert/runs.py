"""Inline content as runs: stretches of text that share their marks and their link.

White space is settled here in the way Wagtail's editor settles it, so that
opening and saving a page changes nothing (design, section 4). The rules were
read off Wagtail's ``HtmlToContentStateHandler`` and draftjs_exporter; property
tests hold them against both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from bs4.element import NavigableString, PreformattedString, Tag

from content.html_tree import INVISIBLE, UNSEEN, attribute
from content.links import clean_address

STYLE_OF_TAG = {
    "b": "BOLD",
    "strong": "BOLD",
    "i": "ITALIC",
    "em": "ITALIC",
    # What was marked with a colour stays marked.
    "mark": "BOLD",
    "u": "UNDERLINE",
    "ins": "UNDERLINE",
    "s": "STRIKETHROUGH",
    "del": "STRIKETHROUGH",
    "strike": "STRIKETHROUGH",
    "sub": "SUBSCRIPT",
    "sup": "SUPERSCRIPT",
    "code": "CODE",
    "kbd": "CODE",
    "samp": "CODE",
    "tt": "CODE",
}
# Inline elements whose own meaning a visitor can't see: their content is kept.
PLAIN_INLINE = frozenset(
    {
        "abbr", "acronym", "bdi", "bdo", "big", "blink", "cite", "data", "dfn", "font", "nobr",
        "q", "rb", "rp", "rt", "rtc", "ruby", "slot", "small", "span", "time", "var", "wbr",
    }
)  # fmt: skip
# What visitors read apart from the words around it.
APART = frozenset({"label"})
INLINE = frozenset({*STYLE_OF_TAG, *PLAIN_INLINE, *APART, *UNSEEN, "a", "br"})

_MARKUP_SPACE = re.compile(r"[ \t\n\f\r]+")
_MIXED_SPACE = re.compile(r"[^\S\n]{2,}")


def link_address(tag: Tag) -> str:
    """Return the address of a link as a browser would follow it, ``""`` when it has none."""
    return clean_address(attribute(tag, "href"))


@dataclass(frozen=True)
class Anchor:
    """A link element. ``number`` tells two links to one address apart."""

    address: str
    number: int = 0


@dataclass(frozen=True)
class Run:
    """Text with its marks (Draftail style names) and its link, if any.

    ``"\\n"`` in the text is a line break; all other white space is settled.
    """

    text: str
    styles: frozenset[str] = frozenset()
    link: Anchor | None = None


def inline_runs(nodes: Iterable[object]) -> list[Run]:
    """Return the settled runs of inline nodes (Beautiful Soup nodes)."""
    return settle(_raw_runs(nodes, frozenset(), None, count()))


def _raw_runs(
    nodes: Iterable[object],
    styles: frozenset[str],
    link: Anchor | None,
    numbers: Iterator[int],
) -> Iterator[Run]:
    for node in nodes:
        if isinstance(node, PreformattedString):
            continue
        if isinstance(node, NavigableString):
            text = _MARKUP_SPACE.sub(" ", INVISIBLE.sub("", str(node)))
            if text:
                yield Run(text, styles, link)
        elif isinstance(node, Tag) and node.name not in UNSEEN:
            if node.name == "br":
                # The editor can't hold a line break within a link.
                yield Run(" ", styles, link) if link else Run("\n", styles)
            elif node.name == "a":
                address = link_address(node)
                anchor = Anchor(address, next(numbers)) if address else link
                yield from _raw_runs(node.children, styles, anchor, numbers)
            elif node.name in APART:
                yield Run(" ", styles, link)
                yield from _raw_runs(node.children, styles, link, numbers)
                yield Run(" ", styles, link)
            elif node.name == "q":
                # Browsers write these marks themselves; the editor's text has no such element.
                yield Run("“", styles, link)
                yield from _raw_runs(node.children, styles, link, numbers)
                yield Run("”", styles, link)
            else:
                style = STYLE_OF_TAG.get(node.name)
                inner = styles | {style} if style else styles
                yield from _raw_runs(node.children, inner, link, numbers)


def settle(runs: Iterable[Run]) -> list[Run]:
    """Return runs with white space where the editor would leave it.

    No white space at either end or beside a line break; one blank where several
    met; a blank between two runs carries only the marks that stay open across it,
    and none at the edge of a link.
    """
    runs = _merged(list(runs))
    if len(runs) == 1 and "\n" not in runs[0].text:
        # Most texts, and the longest: nothing has to be shared between runs.
        text = _MIXED_SPACE.sub(lambda m: " " if " " in m.group() else m.group(), runs[0].text)
        return [replace(runs[0], text=text.strip())] if text.strip() else []
    characters: list[tuple[str, frozenset[str], Anchor | None]] = [
        (character, run.styles, run.link) for run in runs for character in run.text
    ]
    text = "".join(character for character, _, _ in characters)
    keep = [True] * len(characters)
    for match in re.finditer(r"[^\S\n]*\n\s*|^\s+|\s+$", text):
        for index in range(*match.span()):
            keep[index] = text[index] == "\n" and match.start() > 0 and match.end() < len(text)
    for match in _MIXED_SPACE.finditer(text):
        if " " in match.group():
            for index in range(match.start() + 1, match.end()):
                keep[index] = False
            _, styles, link = characters[match.start()]
            characters[match.start()] = (" ", styles, link)
    kept = [item for item, wanted in zip(characters, keep, strict=True) if wanted]
    return _merged(list(_with_shared_spaces(kept)))


def _with_shared_spaces(
    characters: list[tuple[str, frozenset[str], Anchor | None]],
) -> Iterator[Run]:
    before: Run | None = None
    # The editor closes all marks after the first run that follows a link.
    follows_link = False
    for index, (character, styles, link) in enumerate(characters):
        run = Run(character, styles, link)
        if character in " \n" and 0 < index < len(characters) - 1:
            run = _shared_space(run, characters[index - 1], characters[index + 1], follows_link)
        if before is not None and before.link and not run.link:
            follows_link = True
        elif run.link or (before is not None and before.styles != run.styles):
            follows_link = False
        before = run
        yield run


def _shared_space(
    space: Run,
    before: tuple[str, frozenset[str], Anchor | None],
    after: tuple[str, frozenset[str], Anchor | None],
    follows_link: bool,
) -> Run:
    """Return a blank or line break with the marks and link that it shares with both sides."""
    _, styles_before, link_before = before
    _, styles_after, link_after = after
    if link_before != link_after or (space.text == "\n" and link_before):
        return replace(space, styles=frozenset(), link=None)
    if styles_before == styles_after:
        return replace(space, styles=styles_before, link=link_before)
    closed = link_before is not None or follows_link
    shared = frozenset() if closed else _open_across(styles_before, styles_after)
    return replace(space, styles=shared, link=link_before)


def _open_across(before: frozenset[str], after: frozenset[str]) -> frozenset[str]:
    """Return the marks that stay open between two runs: marks nest in the order of their names,
    so one that differs closes all that come after it."""
    shared: set[str] = set()
    for one, other in zip(sorted(before), sorted(after), strict=False):
        if one != other:
            break
        shared.add(one)
    return frozenset(shared)


def _merged(runs: list[Run]) -> list[Run]:
    merged: list[Run] = []
    for run in runs:
        if merged and (merged[-1].styles, merged[-1].link) == (run.styles, run.link):
            merged[-1] = replace(merged[-1], text=merged[-1].text + run.text)
        else:
            merged.append(run)
    return merged


def text_of(runs: Iterable[Run]) -> str:
    """Return the text of runs, line breaks as blanks."""
    return "".join(run.text for run in runs).replace("\n", " ")
