"""The extension that makes Python-Markdown read headings, attributes and marks as kramdown."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, HashHeaderProcessor
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.footnotes import FN_BACKLINK_TEXT
from markdown.extensions.sane_lists import SaneOListProcessor
from markdown.extensions.smarty import SmartyExtension, SubstituteTextPattern
from markdown.inlinepatterns import (
    InlineProcessor,
    SimpleTagInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from isomer.convert.kramdown.emphasis import Emphasis
from isomer.convert.kramdown.inline import InlineMarks
from isomer.convert.kramdown.lists import ListLines
from isomer.convert.kramdown.marks import Marks
from isomer.convert.kramdown.tables import KramdownTable

# A line of hyphens or equals signs below makes a heading of any line.
_ATTRIBUTE_LINE = re.compile(
    r"[ ]{0,3}\{:(?![:/])([^}\n]+)\}[ \t]*(?:\n(?!(?:-+|=+)[ \t]*(?:\n|$))|$)"
)
_START = re.compile(r"""(?:^|\s)start=["']?(-?\d{1,9})\b""")
_ID = re.compile(r"""(?:^|\s)(?:#([\w:-]+)|id=["']([^"']+)["'])""")
# Right after an element, or on a line of their own, attributes belong to something;
# anywhere else kramdown shows them as the text that they are.
_AFTER_ELEMENT = re.compile(r"(?:\{:(?![:/])[^}]+\})+")
_OWN_LINE = re.compile(r"\n[ ]{0,3}\{:(?![:/])[^}\n]+\}[ ]*(?=\n|$)")
# The end of an element written as HTML, or one without content, and attributes after it.
_AFTER_HTML = (
    r"(</[a-zA-Z][^<>]*>|<(?:area|br|embed|hr|img|input|source|wbr)\b[^<>]*>)"
    r"(?:\{:(?![:/])[^}]+\})+"
)
_VERBATIM = frozenset({"code", "pre", "script", "style"})
# At the beginning of a paragraph kramdown reads all but its own inline elements as blocks,
# whose content stays as it is written. Python-Markdown does not count these among blocks.
_BLOCKS_OF_KRAMDOWN = (
    "audio", "center", "embed", "font", "iframe", "map", "marquee", "nobr", "object", "s",
    "strike", "svg", "video",
)  # fmt: skip


class Heading(HashHeaderProcessor):
    """A heading needs a blank after its hash signs; ``#Title`` is text."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})[ ]+(?P<header>(?:\\.|[^\\])*?)#*(?:\n|$)")


class AttributeLine(BlockProcessor):
    """A line of attributes before a block belongs to that block: ``{:start="7"}``."""

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        """Tell whether a block begins with a line of attributes."""
        return bool(_ATTRIBUTE_LINE.match(block))

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        """Parse what follows the line, and give the first element of it the attributes."""
        written = ""
        while blocks and (match := _ATTRIBUTE_LINE.match(blocks[0])):
            written += f" {match[1]}"
            blocks[0] = blocks[0][match.end() :]
            if not blocks[0].strip():
                blocks.pop(0)
        if not blocks:
            return
        # In a box of its own, so that a list does not go on counting from the one before.
        box = ElementTree.Element("div")
        self.parser.parseBlocks(box, [blocks.pop(0)])
        if len(box):
            start, name = _START.search(written), _ID.search(written)
            if start and box[0].tag == "ol":
                box[0].set("start", start[1])
            if name:
                box[0].set("id", name[1] or name[2])
        parent.extend(box)


class Attributes(AttrListTreeprocessor):
    """Attributes in braces begin with a colon; a heading's id may do without one."""

    # Its typing stubs call these final; the class itself says nothing of the kind.
    BASE_RE = r"\{:[ ]*([^\}\n ][^\}\n]*)\}"  # type: ignore[misc]
    HEADER_RE = re.compile(  # type: ignore[misc]
        r"[ ]+\{(?::[ ]*|(?=\#[A-Za-z]))([^\}\n ][^\}\n]*)\}[ ]*$"
    )
    BLOCK_RE = re.compile(rf"\n[ ]*{BASE_RE}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{BASE_RE}")  # type: ignore[misc]


class LeftOverAttributes(Treeprocessor):
    """Attributes that nobody can read were never shown where they belong to something."""

    def run(self, root: ElementTree.Element) -> None:
        """Take such attributes out of the text; code keeps them."""
        waiting = [root]
        while waiting:
            element = waiting.pop()
            if element.tag in _VERBATIM or isinstance(element.text, AtomicString):
                continue
            element.text = _OWN_LINE.sub("", element.text or "") or None
            for child in element:
                if child.tail:
                    after = _AFTER_ELEMENT.match(child.tail)
                    tail = child.tail[after.end() :] if after else child.tail
                    child.tail = _OWN_LINE.sub("", tail)
            waiting.extend(element)


class NumberedList(SaneOListProcessor):
    """A numbered list of its own kind only, whose first number is not read."""

    LAZY_OL = True


class FootnoteRule(Treeprocessor):
    """kramdown draws no line above its notes."""

    def run(self, root: ElementTree.Element) -> None:
        """Take the line out that Python-Markdown puts there."""
        for box in root.iter("div"):
            rule = box.find("hr")
            if box.get("class") == "footnote" and rule is not None:
                box.remove(rule)


class UnusedNotes(Treeprocessor):
    """kramdown shows no note that nothing refers to. ``dropped`` is filled with their words."""

    def __init__(self, md: Markdown, dropped: list[str]) -> None:
        super().__init__(md)
        self.dropped = dropped

    def run(self, root: ElementTree.Element) -> None:
        """Take such notes out, and the box when none is left."""
        for parent in list(root.iter()):
            for box in [one for one in parent if one.get("class") == "footnote"]:
                notes = box.find("ol")
                if notes is not None and not self._used(root, notes):
                    parent.remove(box)

    def _used(self, root: ElementTree.Element, notes: ElementTree.Element) -> int:
        """Take the notes out that nothing refers to, and return how many are left."""
        references = {one.get("id") for one in root.iter("sup")}
        for note in list(notes):
            if (note.get("id") or "").replace("fn:", "fnref:", 1) not in references:
                words = " ".join("".join(note.itertext()).split())
                self.dropped.append(words.replace(FN_BACKLINK_TEXT, ""))
                notes.remove(note)
        return len(notes)


class AttributesAfterHtml(InlineProcessor):
    """``<a href="/x/">there</a>{:target="_blank"}``: the list belongs to the element before it.

    What such lists say, above all that a link opens a new window, has no place in the
    new site.
    """

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[str | None, int | None, int | None]:
        """Keep the element, drop the list; Python-Markdown calls this."""
        return self.md.htmlStash.store(m.group(1)), m.start(0), m.end(0)


class Typography(SmartyExtension):
    """Quotes, dashes and dots; of four dots the first three become one sign."""

    def __init__(self) -> None:
        super().__init__(smart_angled_quotes=True)

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the patterns; Python-Markdown calls this."""
        super().extendMarkdown(md)
        md.treeprocessors.register(InlineMarks(md, self.inlinePatterns), "smarty", 6)

    def educateEllipses(self, md: Markdown) -> None:
        """Register the pattern for three dots; Python-Markdown calls this."""
        pattern = SubstituteTextPattern(r"\.{3}", (self.substitutions["ellipsis"],), md)
        self.inlinePatterns.register(pattern, "smarty-ellipses", 10)


class KramdownExtension(Extension):
    """Everything that brings Python-Markdown nearer to kramdown; comes after ``extra``.

    After a conversion ``dropped_notes`` holds the words of footnotes that nothing refers to.
    """

    def __init__(self) -> None:
        super().__init__()
        self.dropped_notes: list[str] = []

    def reset(self) -> None:
        """Forget the body before; ``Markdown.reset`` calls this."""
        self.dropped_notes.clear()

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the processors; Python-Markdown calls this."""
        md.registerExtension(self)
        md.block_level_elements = [*md.block_level_elements, *_BLOCKS_OF_KRAMDOWN]
        # After fenced code was put aside, and before raw HTML is (priorities 25 and 20).
        md.preprocessors.register(Marks(md), "kramdown-marks", 23)
        # After raw HTML and fenced code were put aside (priorities 20 and 25).
        md.preprocessors.register(ListLines(md), "kramdown-lists", 15)
        blocks = md.parser.blockprocessors
        blocks.register(Heading(md.parser), "hashheader", 70)
        blocks.register(KramdownTable(md.parser, {}), "table", 75)
        blocks.register(AttributeLine(md.parser), "kramdown-attributes", 72)
        # Only attributes give a list another first number: ``3. text`` begins at 1.
        blocks.register(NumberedList(md.parser), "olist", 40)
        # After the notes were made (priority 50).
        md.treeprocessors.register(FootnoteRule(md), "kramdown-notes", 45)
        md.treeprocessors.register(Attributes(md), "attr_list", 8)
        # After code, just before inline HTML is put aside (priorities 190 and 90).
        md.inlinePatterns.register(AttributesAfterHtml(_AFTER_HTML, md), "kramdown-html", 91)
        md.treeprocessors.register(LeftOverAttributes(md), "kramdown-left-over", 7)
        md.treeprocessors.register(UnusedNotes(md, self.dropped_notes), "kramdown-unused", 6)
        emphasis = Emphasis("*", "strong,em", md)
        emphasis.add("_", "strong,em", smart=True)
        md.inlinePatterns.register(emphasis, "em_strong", 60)
        deleted = SimpleTagInlineProcessor(r"()~~(?=\S)([^~]+)(?<=\S)~~", "del")
        md.inlinePatterns.register(deleted, "kramdown-deleted", 65)
        line_break = SubstituteTagInlineProcessor(r"\\\n", "br")
        md.inlinePatterns.register(line_break, "kramdown-break", 181)
        md.treeprocessors.register(InlineMarks(md, md.inlinePatterns), "inline", 20)
