"""From a normalised tree to items: text items, and blocks for everything else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count

from bs4.element import NavigableString, PageElement, Tag

from content.counting import counted
from content.markup.html_tree import MEANING_BOXES, attribute, line_attribute, tags_in
from content.markup.links import is_elsewhere, is_safe_address
from content.markup.sanitise import EMBEDS, sanitise
from isomer.convert.pictures import width_in_per_cent, width_in_pixels
from isomer.convert.text.list_blocks import finished_lists
from isomer.convert.text.lists import holds_block, holds_id
from isomer.convert.text.richtext import TextItem
from isomer.convert.text.runs import (
    APART,
    INLINE,
    STYLE_OF_TAG,
    Anchor,
    Run,
    inline_runs,
    link_address,
    text_of,
)
from isomer.convert.text.streams import Item, merge_text_items
from isomer.convert.text.values import Block, ImportedHtml, LinkTo, PictureOf
from isomer.convert.tree.nesting import moved_into_text

Note = Callable[[str, str], None]
# What becomes of an element: its items, or ``None`` if the rule is not about it.
Rule = Callable[["BodyReader", Tag], "list[Item] | None"]

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Boxes that only held other things together on the old site. Second row: elements that are found
# without their usual parent, such as an entry without a list.
OPENED_BOXES = MEANING_BOXES | {
    "div", "figure", "marquee", "section",
    "dd", "dt", "figcaption", "legend", "li", "picture",
}  # fmt: skip
# Classes that say nothing about how a box looked, or whose look the blocks in it have.
KNOWN_CLASSES = frozenset({"footnote", "footnotes", "isomer-image-wrapper"})
PICTURE_TAGS = frozenset({"img", "picture"})
# The usual reason why markup is kept. The message leaves it out, since its title says it.
NO_BLOCK = "no block for it"


class BodyReader:
    """Turns the nodes of one body into items.

    ``note(rule, text)`` is called for each thing worth a message. ``anchors`` are the ids
    that links on the page lead to; each is kept, by its heading or by an anchor block.
    ``rules`` are asked in turn what becomes of an element, before anything else is.
    """

    def __init__(
        self, note: Note, anchors: frozenset[str] = frozenset(), rules: Sequence[Rule] = ()
    ) -> None:
        self.note = note
        self.anchors = anchors
        self.rules = rules
        self.items: list[Item] = []
        self.numbers: Iterator[int] = count(1)
        # Counts the films and frames of the page that become links.
        self.embeds: Iterator[int] = count(1)
        self._placed: set[str] = set()
        self._opened: set[str] = set()
        self._inline: list[PageElement] = []
        self._text_name = "p"

    def read(self, nodes: Iterable[PageElement]) -> list[Item]:
        """Return the items of sibling nodes, in order."""
        for node in nodes:
            self._node(node)
        self._end_paragraph()
        return finished_lists(self.items)

    def inner(self, nodes: Iterable[PageElement]) -> list[Item]:
        """Return the items of nodes that stand within a block, such as an accordion's."""
        reader = BodyReader(self.note, self.anchors, self.rules)
        reader.numbers, reader._placed = self.numbers, self._placed
        reader.embeds = self.embeds
        reader._opened = self._opened
        return reader.read(nodes)

    def _node(self, node: PageElement) -> None:
        if isinstance(node, NavigableString):
            self._inline.append(node)
        elif isinstance(node, Tag):
            if node.name in INLINE and not holds_block(node):
                self._inline.append(node)
                return
            # Content of ``<b>``, ``<i>`` and the like belongs to the paragraph of its neighbours.
            is_mark = node.name in INLINE - APART and not link_address(node)
            if not is_mark:
                self._end_paragraph()
            before = len(self.items)
            if is_mark:
                held = node.name in STYLE_OF_TAG
                for child in moved_into_text(node) if held else node.children:
                    self._node(child)
            else:
                self._element(node)
            self._place_anchors([node], before)

    def _element(self, tag: Tag) -> None:
        for rule in self.rules:
            found = rule(self, tag)
            if found is not None:
                self.items.extend(found)
                return
        if tag.name == "p" or tag.name in HEADINGS:
            self._paragraph_or_heading(tag)
        elif tag.name == "img":
            self._picture(tag, "")
        elif tag.name == "a":
            self._linked_block(tag)
        elif tag.name == "hr":
            self.items.append(Block("divider", None))
        elif tag.name == "blockquote":
            self._quote(tag)
        elif tag.name in OPENED_BOXES and not _is_frame_of_embed(tag):
            self._box(tag)
        else:
            self._keep_html(tag, NO_BLOCK)

    def _box(self, tag: Tag) -> None:
        """Open a box; say so if its class may have meant something for the eye."""
        if tag.name == "li":
            # Outside a list browsers show it as an entry of one.
            self._element(tag.wrap(Tag(name="ul")))
            return
        name = _name(tag)
        if set(tag.get("class") or ()) - KNOWN_CLASSES and name not in self._opened:
            self._opened.add(name)
            self.note("layout-left-out", name)
        self._children(tag)

    def _children(self, tag: Tag) -> None:
        for child in tag.children:
            self._node(child)
        self._end_paragraph()

    def _end_paragraph(self) -> None:
        nodes, self._inline = self._inline, []
        before = len(self.items)
        self._text(self._text_name, nodes)
        self._place_anchors(nodes, before)

    def _place_anchors(self, nodes: Iterable[PageElement], index: int) -> None:
        """Put an anchor block before the items of nodes for each linked id that none holds."""
        if not self.anchors:
            return
        tags = (tag for node in nodes if isinstance(node, Tag) for tag in tags_in(node))
        self.items[index:index] = self.anchors_of(*tags)

    def anchors_in(self, tag: Tag) -> bool:
        """Tell whether links on the page lead into an element."""
        return holds_id([tag], self.anchors)

    def anchors_of(self, *tags: Tag) -> list[Item]:
        """Return an anchor block for each linked id of elements that none holds yet."""
        found: list[Item] = []
        for tag in tags:
            name = attribute(tag, "id")
            if name in self.anchors and name not in self._placed:
                self._placed.add(name)
                found.append(Block("anchor", {"name": name}))
        return found

    def _text(self, name: str, nodes: Iterable[object]) -> None:
        runs = self.safe(inline_runs(nodes))
        if text_of(runs).strip():
            self.items.append(TextItem(name, tuple(runs)))

    def _paragraph_or_heading(self, tag: Tag) -> None:
        # A paragraph in a heading is text of the heading.
        name = {"h1": "h2", "p": self._text_name}.get(tag.name, tag.name)
        if holds_block(tag):
            outer, self._text_name = self._text_name, name
            self._children(tag)
            self._text_name = outer
            return
        if name in HEADINGS and (heading := self._anchored_heading(tag, name)):
            self.items.append(heading)
            return
        # The heading block holds plain text; marks and links need rich text.
        self._text(name, tag.children)

    def _anchored_heading(self, tag: Tag, name: str) -> Block | None:
        """Return a heading without marks that links lead to as a block of its own."""
        ids = [attribute(inner, "id") for inner in tags_in(tag)]
        anchor = next((found for found in ids if found in self.anchors), "")
        runs = inline_runs(tag.children) if anchor else []
        text = text_of(runs).strip()
        if not text or any(run.styles or run.link or "\n" in run.text for run in runs):
            return None
        self._placed.add(anchor)
        return Block("heading", {"text": text, "level": name[1], "anchor": anchor})

    def _picture(self, tag: Tag, link: str) -> None:
        source = attribute(tag, "src")
        words = line_attribute(tag, "alt")
        if source and not is_safe_address(source):
            self.note("picture-missing", f"{source[:80]} (written into the text)")
            source = ""
        if not source:
            # What browsers show in place of a picture without an address.
            self._words(words, None)
            return
        if is_elsewhere(source):
            self.note("picture-elsewhere", source)
            self._words(words, link or source)
            return
        value = {
            "image": PictureOf(source, "body"),
            "alt": words,
            "caption": "",
            "width": width_in_per_cent(tag),
            "pixels": width_in_pixels(tag),
            "link": LinkTo(link, "body"),
        }
        self.items.append(Block("picture", value))

    def _words(self, words: str, link: str | None) -> None:
        if words:
            run = Run(words, link=Anchor(link) if link else None)
            self.items.append(TextItem("p", (run,)))

    def _linked_block(self, tag: Tag) -> None:
        pictures = tag.find_all("img")
        if len(pictures) == 1 and not tag.get_text(strip=True) and _only_pictures(tag):
            link = link_address(tag)
            if link and not is_safe_address(link):
                self.note("link-unsafe", f"a picture ({link[:80]})")
                link = ""
            self._picture(pictures[0], link)
        else:
            for node in moved_into_text(tag):
                self._node(node)
            self._end_paragraph()

    def _quote(self, tag: Tag) -> None:
        """Turn text of a quote into quotes; what else stands in it comes between them."""
        for block in merge_text_items(self.inner(tag.children)):
            is_text = block.type == "text"
            self.items.append(Block("quote", {"text": block.value}) if is_text else block)

    def _keep_html(self, tag: Tag, reason: str) -> None:
        """Keep markup without a rule, made safe; say what it was and what became of it."""
        pattern = f"{_path(tag)}: {'an embed' if tag.name in EMBEDS else reason}"
        kept = sanitise(tag)
        for host in kept.embeds:
            self.note("embed-waits", host or "this site")
        for source in kept.pictures:
            self.note("picture-elsewhere", source)
        for address in kept.unsafe:
            self.note("link-unsafe", f"{pattern} ({address[:80]})")
        if kept.form_fields:
            self.note(
                "markup-left-out", f"{counted(kept.form_fields, 'form field')} in {_path(tag)}"
            )
        if not kept.has_content:
            self.note("markup-left-out", f"{_path(tag)} without any content")
            return
        self._placed.update(kept.ids)
        self.note("markup-kept-as-html", pattern.removesuffix(f": {NO_BLOCK}"))
        value = {"html": ImportedHtml(kept.html), "pattern": pattern}
        self.items.append(Block("imported_html", value))

    def safe(self, runs: Iterable[Run]) -> list[Run]:
        """Turn links that no browser may follow into text, and say so."""
        safe: list[Run] = []
        for run in runs:
            if run.link is not None and not is_safe_address(run.link.address):
                self.note("link-unsafe", f"{run.text} ({run.link.address[:80]})")
                safe.append(Run(run.text, run.styles))
            else:
                safe.append(run)
        return safe


def _only_pictures(tag: Tag) -> bool:
    around = INLINE | PICTURE_TAGS | OPENED_BOXES | {"figure", "p"}
    return all(inner.name in around for inner in tag.descendants if isinstance(inner, Tag))


def _is_frame_of_embed(tag: Tag) -> bool:
    """Tell whether a box with a class holds an embed and nothing else."""
    inner = [node.name for node in tag.descendants if isinstance(node, Tag)]
    return bool(
        tag.get("class")
        and inner
        and inner[-1] in EMBEDS
        and set(inner[:-1]) <= {"div"}
        and not tag.get_text(strip=True)
    )


def _name(tag: Tag) -> str:
    return ".".join([tag.name, *(tag.get("class") or ())])[:60]


def _path(tag: Tag) -> str:
    """Return an element and the only ones in it, for example ``div.bp-youtube > iframe``."""
    steps: list[str] = []
    while len(steps) < 3:
        steps.append(_name(tag))
        inner = [child for child in tag.children if isinstance(child, Tag)]
        words = any(isinstance(child, NavigableString) and child.strip() for child in tag.children)
        if len(inner) != 1 or words:
            break
        tag = inner[0]
    return " > ".join(steps)
