"""Inline content as runs: stretches of text that share their marks and their link.

White space is normalised here as Wagtail's editor does it, so that
opening and saving a page changes nothing (design, section 4). The rules were
read off Wagtail's ``HtmlToContentStateHandler`` and draftjs_exporter; property
tests hold them against both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import NamedTuple

from bs4.element import NavigableString, Tag

from content.markup.html_tree import MEDIA_PARTS, attribute, shown_text
from content.markup.links import clean_address

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
INLINE = frozenset({*STYLE_OF_TAG, *PLAIN_INLINE, *APART, *MEDIA_PARTS, "a", "br"})

_MIXED_SPACE = re.compile(r"[^\S\n]{2,}")
_SPACE = re.compile(r"\s+")
_BREAK = re.compile(r"(\n)")


def link_address(tag: Tag) -> str:
    """Return the address of a link as a browser would follow it, ``""`` when it has none."""
    return clean_address(attribute(tag, "href"))


class Anchor(NamedTuple):
    """A link element. ``number`` tells two links to one address apart."""

    address: str
    number: int = 0


# A tuple, as the link in it, because a page has hundreds that are compared over and over.
class Run(NamedTuple):
    """Text with its marks (Draftail style names) and its link, if any.

    ``"\\n"`` in the text is a line break; all other white space is normalised.
    """

    text: str
    styles: frozenset[str] = frozenset()
    link: Anchor | None = None


def inline_runs(nodes: Iterable[object]) -> list[Run]:
    """Return the normalised runs of inline nodes (Beautiful Soup nodes)."""
    return normalise_runs(_raw_runs(nodes, frozenset(), None, count()))


def _raw_runs(
    nodes: Iterable[object],
    styles: frozenset[str],
    link: Anchor | None,
    numbers: Iterator[int],
) -> Iterator[Run]:
    for node in nodes:
        if isinstance(node, NavigableString):
            text = shown_text(node)
            if text:
                yield Run(text, styles, link)
        elif isinstance(node, Tag):
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


def normalise_runs(runs: Iterable[Run]) -> list[Run]:
    """Return runs with white space where the editor would leave it.

    No white space at either end or beside a line break; one blank where several
    met; a blank between two runs carries only the marks that stay open across it,
    and none at the edge of a link.
    """
    runs = merged(runs)
    if len(runs) == 1 and "\n" not in runs[0].text:
        # Most texts, and the longest: nothing has to be shared between runs.
        text = _MIXED_SPACE.sub(lambda m: " " if " " in m.group() else m.group(), runs[0].text)
        return [runs[0]._replace(text=text.strip())] if text.strip() else []
    return merged(_with_shared_spaces(list(_tokens(_without_white_space(runs)))))


def _without_white_space(runs: list[Run]) -> list[Run]:
    """Return runs without the white space that no browser shows; one blank stays of several."""
    text = "".join(run.text for run in runs)
    if not (_MIXED_SPACE.search(text) or "\n" in text or text != text.strip()):
        return runs
    characters = list(text)
    for match in _MIXED_SPACE.finditer(text):
        if " " in match.group():
            start, end = match.span()
            characters[start:end] = [" ", *[""] * (end - start - 1)]
    for match in _SPACE.finditer(text):
        inside = match.start() > 0 and match.end() < len(text)
        if "\n" in match.group() or not inside:
            for index in range(*match.span()):
                characters[index] = "\n" if inside and text[index] == "\n" else ""
    settled, start = [], 0
    for run in runs:
        end = start + len(run.text)
        kept = "".join(characters[start:end])
        if kept:
            settled.append(Run(kept, run.styles, run.link))
        start = end
    return merged(settled)


def _tokens(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield runs in parts, so that white space whose marks depend on both sides stands alone:
    that at the edge of a run, and line breaks within a link."""
    for run in runs:
        parts = _BREAK.split(run.text) if run.link else [run.text]
        for part in parts:
            body = part.strip(" \n")
            if body == run.text:
                yield run
                continue
            start = len(part) - len(part.lstrip(" \n"))
            for text in (*part[:start], body, *part[start + len(body) :]):
                if text:
                    yield Run(text, run.styles, run.link)


def _with_shared_spaces(tokens: list[Run]) -> Iterator[Run]:
    before: Run | None = None
    # The editor closes all marks after the first run that follows a link.
    follows_link = False
    for index, token in enumerate(tokens):
        run = token
        if token.text in (" ", "\n") and 0 < index < len(tokens) - 1:
            run = _shared_space(token, tokens[index - 1], tokens[index + 1], follows_link)
        if before is not None and before.link and not run.link:
            follows_link = True
        elif run.link or (before is not None and before.styles != run.styles):
            follows_link = False
        before = run
        yield run


def _shared_space(space: Run, before: Run, after: Run, follows_link: bool) -> Run:
    """Return a blank or line break with the marks and link that it shares with both sides."""
    if before.link != after.link or (space.text == "\n" and before.link):
        return Run(space.text)
    if before.styles == after.styles:
        return Run(space.text, before.styles, before.link)
    closed = before.link is not None or follows_link
    shared = frozenset() if closed else _open_across(before.styles, after.styles)
    return Run(space.text, shared, before.link)


def _open_across(before: frozenset[str], after: frozenset[str]) -> frozenset[str]:
    """Return the marks that stay open between two runs: marks nest in the order of their names,
    so one that differs closes all that come after it."""
    shared: set[str] = set()
    for one, other in zip(sorted(before), sorted(after), strict=False):
        if one != other:
            break
        shared.add(one)
    return frozenset(shared)


def merged(runs: Iterable[Run]) -> list[Run]:
    """Return runs with neighbours joined that share their marks and their link."""
    found: list[Run] = []
    texts: list[str] = []
    for run in runs:
        if found and run.styles == found[-1].styles and run.link == found[-1].link:
            texts.append(run.text)
            continue
        _join(found, texts)
        found.append(run)
        texts = [run.text]
    _join(found, texts)
    return found


def _join(runs: list[Run], texts: list[str]) -> None:
    """Give the last run all the texts that it was made of."""
    if len(texts) > 1:
        runs[-1] = runs[-1]._replace(text="".join(texts))


def text_of(runs: Iterable[Run]) -> str:
    """Return the text of runs, line breaks as blanks."""
    return "".join(run.text for run in runs).replace("\n", " ")
