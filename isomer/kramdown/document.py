"""What the parts of one text share: options, definitions, attributes, and what waits to be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from isomer.kramdown.scan import BRACE_END, NAME, REST_OF_LINE, Finder
from isomer.kramdown.tree import Comment, Element, Markup, Node, decoded

_OPTION = re.compile(r"""([\w]+)=(["'])(.*?)\2""", re.DOTALL | re.ASCII)
_LEVELS = re.compile(r"(\d)\.\.(\d)")
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_ITEM = re.compile(
    rf"""(?:\A|(?<=\s))
    (?: (?P<key>\w[\w-]*)=(?P<quote>["'])
        (?P<value>(?:\\\}}|\\(?P=quote)|(?!(?P=quote))[^}}])*)(?P=quote)
      | (?P<short>(?:\.[^\s.\#]+|\#[A-Za-z][\w:-]*)+)
      | (?P<name>{NAME})
    )(?=\s|\Z)""",
    re.VERBOSE | re.ASCII,
)
MOST_NAMES = 100
_SHORT = re.compile(r"([.#])([^\s.#]+)", re.ASCII)
_ESCAPED = re.compile(r"\\([}\"'])")
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


@dataclass(slots=True)
class AttributeList:
    """What one pair of braces says: own attributes, and names of lists defined elsewhere."""

    own: dict[str, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)


@dataclass(slots=True)
class LinkDefinition:
    """``[name]: address "title"``, or what a link says itself; ``*[name]: title`` has no
    address."""

    address: str
    title: str | None
    attributes: AttributeList = field(default_factory=AttributeList)


@dataclass(slots=True)
class Note:
    """A footnote, the paragraphs of it that wait to be read, and what refers to it."""

    name: str
    element: Element = field(default_factory=lambda: Element("li"))
    waiting: list[Waiting] = field(default_factory=list)
    references: list[Element] = field(default_factory=list)
    number: int = 0


class NoteReference(Element):
    """A reference to a footnote; its number is known when the whole text is read."""

    __slots__ = ("note",)

    def __init__(self, note: Note) -> None:
        super().__init__("sup", {"role": "doc-noteref"})
        self.note = note


class Cell(Element):
    """A cell of a table; an empty one holds a blank that does not break."""

    __slots__ = ()


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
        self.abbreviations: dict[str, LinkDefinition] = {}
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

    def extension(
        self, finder: Finder, match: re.Match[str], is_block: bool
    ) -> tuple[Comment | Markup | None, int] | None:
        """Return what an extension shows that begins with a match, and where it ends; a block
        takes whole lines. All ends are looked for first, so that no text is read again for
        each beginning without one."""
        text, name = finder.text, match[1]
        brace = finder.next(BRACE_END, match.end())
        rest = REST_OF_LINE.match(text, brace.end()) if brace and is_block else brace
        if brace is None or rest is None:
            return None
        body, end = "", rest.end()
        if text[brace.start() - 1] != "/":
            closing = finder.next(_closing(name, is_block), end)
            if closing is None:
                return None
            body, end = text[end : closing.start()], closing.end()
        written = text[match.end() : brace.start()]
        if name == "options":
            self.set_options(written)
        elif name == "comment" and body:
            return Comment(f" {body.removesuffix(chr(10)) if is_block else body} "), end
        elif body:
            kinds = {key: value for key, _, value in _OPTION.findall(written)}
            if "html" in kinds.get("type", "html"):
                return Markup(body), end
        return None, end


@cache
def _closing(name: str, is_block: bool) -> re.Pattern[str]:
    mark = rf"\{{:/(?:{name})?\}}"
    return re.compile(rf"^ {{0,3}}{mark}[ \t\r\f\v]*\n" if is_block else mark, re.MULTILINE)


def link_name(text: str) -> str:
    """Return the name of a definition in the form in which names are compared."""
    return _SPACES.sub(" ", text).lower()


def read_attributes(text: str, into: AttributeList | None = None) -> AttributeList:
    """Read what stands between the braces; whatever is no attribute is passed over."""
    found = into or AttributeList()
    for match in _ITEM.finditer(text):
        if match["key"]:
            found.own[match["key"]] = decoded(_ESCAPED.sub(r"\1", match["value"]))
        elif match["short"]:
            for sign, word in _SHORT.findall(match["short"]):
                merge(found.own, {"id" if sign == "#" else "class": word})
        else:
            found.names.append(match["name"])
    return found


def merge(attributes: dict[str, str], more: dict[str, str]) -> None:
    """Add attributes to those of an element; classes come together, others are replaced."""
    for key, value in more.items():
        if key == "class" and attributes.get("class"):
            attributes["class"] += f" {value}"
        else:
            attributes[key] = value


def apply(
    attributes: dict[str, str], written: AttributeList, definitions: dict[str, AttributeList]
) -> None:
    """Give an element the attributes of a list, those of the lists that it names first.

    A list that is named again has been given already; of lists that name each other without an
    end, the first hundred count.
    """
    seen: set[str] = set()
    waiting = [(written, False)]
    while waiting:
        one, is_ready = waiting.pop()
        if is_ready:
            merge(attributes, one.own)
            continue
        waiting.append((one, True))
        for name in reversed(one.names):
            if name in definitions and name not in seen and len(seen) < MOST_NAMES:
                seen.add(name)
                waiting.append((definitions[name], False))
