"""From a clean HTML tree to items: text items, and blocks for everything else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count

from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from isomer.convert.markup import sanitise
from isomer.convert.richtext import TextItem, lists_survive
from isomer.convert.runs import (
    INLINE,
    Run,
    attribute,
    inline_runs,
    is_safe_address,
    link_address,
    text_of,
)
from isomer.convert.values import Block, LinkTo, PictureOf

Item = TextItem | Block
Note = Callable[[str, str], None]

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
DROPPED = frozenset({"style", "script", "template", "meta", "link", "title", "noscript"})
# Boxes that only held other things together on the old site.
PLAIN_BOXES = frozenset({"div", "section", "article", "main", "center", "header", "footer"})
KNOWN_CLASSES = frozenset({"isomer-image-wrapper"})
MAXIMUM_LIST_DEPTH = 4


class BodyReader:
    """Turns the nodes of one body into items.

    ``note(rule, text)`` is called for each thing worth a message.
    """

    def __init__(self, note: Note, anchors: frozenset[str] = frozenset()) -> None:
        self.note = note
        self.anchors = anchors
        self.items: list[Item] = []
        self.numbers: Iterator[int] = count(1)
        self._inline: list[PageElement] = []

    def read(self, nodes: Iterable[PageElement]) -> list[Item]:
        """Return the items of sibling nodes, in order."""
        for node in nodes:
            self._node(node)
        self._end_paragraph()
        return self.items

    def _node(self, node: PageElement) -> None:
        if isinstance(node, PreformattedString):
            return
        if isinstance(node, NavigableString):
            self._inline.append(node)
        elif isinstance(node, Tag):
            if node.name in INLINE and not _holds_block(node):
                self._inline.append(node)
                return
            self._end_paragraph()
            self._element(node)

    def _element(self, tag: Tag) -> None:
        if tag.name in DROPPED:
            if tag.get_text(strip=True):
                self.note("markup-left-out", f"a <{tag.name}> element")
        elif tag.name == "p" or tag.name in HEADINGS:
            self._paragraph_or_heading(tag)
        elif tag.name in ("ul", "ol"):
            self._list(tag)
        elif tag.name == "img":
            self._picture(tag, "")
        elif tag.name == "a":
            self._linked_block(tag)
        elif tag.name == "hr":
            self.items.append(Block("divider", None))
        elif tag.name == "blockquote":
            self._quote(tag)
        elif tag.name in PLAIN_BOXES and set(tag.get("class") or ()) <= KNOWN_CLASSES:
            self._children(tag)
        elif tag.name in INLINE:
            # A browser shows what stands in it; the mark itself can't hold a block.
            self._children(tag)
        else:
            self._keep_html(tag)

    def _children(self, tag: Tag) -> None:
        for child in tag.children:
            self._node(child)
        self._end_paragraph()

    def _end_paragraph(self) -> None:
        nodes, self._inline = self._inline, []
        self._text("p", nodes)

    def _text(self, name: str, nodes: Iterable[object]) -> None:
        runs = self._safe(inline_runs(nodes))
        if text_of(runs).strip():
            self.items.append(TextItem(name, tuple(runs)))

    def _paragraph_or_heading(self, tag: Tag) -> None:
        if _holds_block(tag):
            if not all(_is_picture_or_inline(child) for child in tag.children):
                self._keep_html(tag)
                return
            self._children(tag)
            return
        name = "h2" if tag.name == "h1" else tag.name
        anchor = attribute(tag, "id")
        if name in HEADINGS and anchor in self.anchors:
            text = text_of(inline_runs(tag.children)).strip()
            value = {"text": text, "level": name[1], "anchor": anchor}
            self.items.append(Block("heading", value))
            return
        self._text(name, tag.children)

    def _list(self, tag: Tag) -> None:
        found = list_entries(tag, self.numbers)
        if found is None:
            self._keep_html(tag)
            return
        entries = [replace(entry, runs=tuple(self._safe(entry.runs))) for entry in found]
        start = _start(tag)
        if start == 1 and lists_survive(entries):
            self.items.extend(entries)
            return
        lines = _lines(entries)
        if tag.name == "ol" and start is not None and all(lists_survive(line) for line in lines):
            self.items.append(Block("numbered_list", {"start": start, "items": lines}))
        else:
            self._keep_html(tag)

    def _picture(self, tag: Tag, link: str) -> None:
        source = attribute(tag, "src")
        if not source:
            return
        width = re.search(r"(?:^|;)\s*width:\s*(\d{1,3})(?:\.\d+)?%", attribute(tag, "style"))
        per_cent = int(width.group(1)) if width else 100
        self.items.append(
            Block(
                "picture",
                {
                    "image": PictureOf(source, "body"),
                    "alt": attribute(tag, "alt"),
                    "caption": "",
                    "width": per_cent if 5 <= per_cent < 100 else None,
                    "link": LinkTo(link, "body"),
                },
            )
        )

    def _linked_block(self, tag: Tag) -> None:
        pictures = tag.find_all("img")
        if len(pictures) == 1 and not tag.get_text(strip=True):
            link = link_address(tag)
            self._picture(pictures[0], link if is_safe_address(link) else "")
        else:
            self._keep_html(tag)

    def _quote(self, tag: Tag) -> None:
        inner = BodyReader(self.note, self.anchors).read(list(tag.children))
        text = [item for item in inner if isinstance(item, TextItem) and item.tag not in HEADINGS]
        if text and len(text) == len(inner) and lists_survive(text):
            self.items.append(Block("quote", {"text": text}))
        elif inner:
            self._keep_html(tag)

    def _keep_html(self, tag: Tag) -> None:
        """Keep markup that has no rule yet, made safe, and say what it was."""
        for frame in tag.find_all(["iframe", "video", "audio", "object", "embed"]) + (
            [tag] if tag.name in ("iframe", "video", "audio", "object", "embed") else []
        ):
            source = attribute(frame, "src") or attribute(frame, "data")
            frame.name = "a" if source and is_safe_address(source) else "span"
            frame.attrs = {"href": source}
            if not frame.get_text(strip=True):
                frame.string = source
        html = sanitise(str(tag)).strip()
        kept = tag.get_text(strip=True) or tag.find("img") or tag.name == "img"
        if not kept:
            return
        classes = "".join(f".{name}" for name in tag.get("class") or ())
        pattern = f"{tag.name}{classes}"[:200]
        self.note("markup-kept-as-html", pattern)
        self.items.append(Block("imported_html", {"html": html, "pattern": pattern}))

    def _safe(self, runs: Iterable[Run]) -> list[Run]:
        """Turn links that no browser may follow into text, and say so."""
        safe: list[Run] = []
        for run in runs:
            if run.link is not None and not is_safe_address(run.link.address):
                self.note("link-unsafe", f"{run.text} ({run.link.address[:80]})")
                safe.append(Run(run.text, run.styles))
            else:
                safe.append(run)
        return safe


def _holds_block(tag: Tag) -> bool:
    return any(isinstance(node, Tag) and node.name not in INLINE for node in tag.descendants)


def _is_picture_or_inline(node: PageElement) -> bool:
    if not isinstance(node, Tag):
        return True
    if node.name == "img" or (node.name in INLINE and not _holds_block(node)):
        return True
    inner = [child for child in node.descendants if isinstance(child, Tag)]
    return node.name in INLINE and all(
        child.name in INLINE or child.name == "img" for child in inner
    )


def _start(tag: Tag) -> int | None:
    """Return the first number of a list, ``None`` if an editor's number field can't hold it."""
    start = attribute(tag, "start")
    if tag.name == "ul" or not re.fullmatch(r"-?\d+", start):
        return 1
    return int(start) if len(start) < 8 else None


def _lines(entries: Sequence[TextItem]) -> list[list[TextItem]]:
    """Return each outermost entry as a paragraph, followed by the lists nested in it."""
    lines: list[list[TextItem]] = []
    for entry in entries:
        if entry.depth == 0:
            lines.append([TextItem("p", entry.runs)] if entry.runs else [])
        else:
            lines[-1].append(replace(entry, depth=entry.depth - 1))
    return lines


def list_entries(tag: Tag, numbers: Iterator[int], depth: int = 0) -> list[TextItem] | None:
    """Return the entries of a list element, ``None`` if rich text can't hold them.

    ``numbers`` gives each list element a number of its own.
    """
    if depth > MAXIMUM_LIST_DEPTH or tag.get("type") or (depth and tag.get("start")):
        return None
    number = next(numbers)
    found: list[TextItem] = []
    for child in tag.children:
        if isinstance(child, PreformattedString):
            continue
        if not isinstance(child, Tag):
            if str(child).strip():
                return None
            continue
        if child.name != "li" or child.get("value"):
            return None
        entry = _list_entry(child, tag.name, depth, number, numbers)
        if entry is None:
            return None
        found.extend(entry)
    return found


def _list_entry(
    entry: Tag, name: str, depth: int, number: int, numbers: Iterator[int]
) -> list[TextItem] | None:
    own: list[object] = []
    nested: list[TextItem] = []
    for node in entry.children:
        if isinstance(node, Tag) and node.name in ("ul", "ol"):
            below = list_entries(node, numbers, depth + 1)
            if below is None:
                return None
            nested.extend(below)
        elif isinstance(node, Tag) and node.name == "p" and not _holds_block(node):
            if nested and node.get_text(strip=True):
                return None
            if own:
                own.append(Tag(name="br"))
            own.extend(node.children)
        else:
            block = isinstance(node, Tag) and (node.name not in INLINE or _holds_block(node))
            text_after_list = nested and str(node).strip()
            if block or text_after_list:
                return None
            own.append(node)
    runs = inline_runs(own)
    if not text_of(runs).strip() and not nested:
        return []
    return [TextItem(name, tuple(runs), depth, number), *nested]
