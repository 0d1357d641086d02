"""What the parts of one text share: options, definitions, and what waits to be read."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from isomer.kramdown.attributes import AttributeList
from isomer.kramdown.tree import Element, Node

if TYPE_CHECKING:
    from isomer.kramdown.links import LinkDefinition

_OPTION = re.compile(r"""([\w]+)=(["'])(.*?)\2""", re.DOTALL)
_LEVELS = re.compile(r"(\d)\.\.(\d)")
OPTIONS = {
    "auto_ids": "true",
    "auto_id_prefix": "",
    "header_offset": "0",
    "toc_levels": "1..6",
    "parse_block_html": "false",
    "parse_span_html": "true",
    "footnote_nr": "1",
    "footnote_prefix": "",
    "footnote_backlink": "\u21a9",
}


# The element, the text, and whether it stands in an element of HTML.
Waiting: TypeAlias = tuple[Element, str, bool]


class NoteReference(Element):
    """A reference to a footnote; its number is known when the whole text is read."""

    __slots__ = ("note",)

    def __init__(self, note: str) -> None:
        super().__init__("sup", {"role": "doc-noteref"})
        self.note = note


class Cell(Element):
    """A cell of a table; an empty one holds a blank that does not break."""

    __slots__ = ()


class Abbreviation:
    """``*[HTML]: title``."""

    __slots__ = ("attributes", "title")

    def __init__(self, title: str) -> None:
        self.title = title
        self.attributes = AttributeList()


class Note:
    """A footnote and the paragraphs of it that wait to be read."""

    __slots__ = ("attributes", "element", "waiting")

    def __init__(self) -> None:
        self.element = Element("li")
        self.attributes = AttributeList()
        self.waiting: list[Waiting] = []


class Block:
    """A block that was read. ``kind`` is the name of what it is; ``blank`` is a run of blank
    lines, ``end`` a mark that ends a block, ``gap`` what ends one without a mark,
    ``definition`` what shows nothing."""

    __slots__ = ("element", "kind", "node", "own", "text")

    def __init__(self, kind: str, node: Node | None = None) -> None:
        self.kind = kind
        self.node = node
        self.element = node if isinstance(node, Element) else None
        # Attributes in braces, if there are any.
        self.own: AttributeList | None = None
        # Of a paragraph, line by line; it may go on after a line that began no other block.
        self.text: list[str] = []


class Document:
    """What the parts of a text share while it is read."""

    def __init__(self) -> None:
        self.options = dict(OPTIONS)
        self.links: dict[str, LinkDefinition] = {}
        self.notes: dict[str, Note] = {}
        self.abbreviations: dict[str, Abbreviation] = {}
        self.definitions: dict[str, AttributeList] = {}
        self.attributed: list[tuple[dict[str, str], AttributeList]] = []
        self.contents: list[tuple[Element, AttributeList]] = []
        # Headings, and whether they stand in HTML, where ids are made in another way.
        self.headings: list[tuple[Element, bool]] = []
        # Blocks of code and of mathematics, and pictures that are to stand as figures.
        self.code: list[Element] = []
        self.math: list[Element] = []
        self.standalone: list[Element] = []
        # Paragraphs: links may be defined further down.
        self.waiting: list[Waiting] = []

    def wait(self, element: Element, text: str, in_html: bool = False) -> None:
        """Put off a paragraph; ``in_html`` says that it stands in an element of HTML."""
        self.waiting.append((element, text, in_html))

    def flag(self, name: str) -> bool:
        """Return an option that is on or off."""
        return self.options[name] not in ("false", "")

    def number(self, name: str) -> int:
        """Return an option that is a number."""
        return int(self.options[name])

    def levels(self) -> frozenset[int]:
        """Return the levels of headings that the list of contents shows."""
        written = self.options["toc_levels"]
        span = _LEVELS.match(written)
        if span:
            return frozenset(range(int(span[1]), int(span[2]) + 1))
        return frozenset(int(word) for word in re.findall(r"\d", written))

    def set_options(self, written: str) -> None:
        """Set options, ``name="value"``; those that change nothing here are passed over."""
        for name, _, value in _OPTION.findall(written):
            is_number = name in ("header_offset", "footnote_nr")
            if name in self.options and not (is_number and not re.fullmatch(r"-?\d{1,9}", value)):
                self.options[name] = value

    def closing(self, name: str) -> re.Pattern[str]:
        """Return the pattern of what ends an extension."""
        return _closing(name)

    def is_for_html(self, written: str) -> bool:
        """Tell whether ``{::nomarkdown type="…"}`` is for HTML."""
        kinds = {key: value for key, _, value in _OPTION.findall(written)}
        return "html" in kinds.get("type", "html")


@cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"\{{:/(?:{name})?\}}")
