"""What is made when a whole text is read: ids, contents, footnotes, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from isomer.kramdown.attributes import apply
from isomer.kramdown.document import Document, NoteReference
from isomer.kramdown.spans import read_spans
from isomer.kramdown.tree import Element, Node, text_of

_NOT_IN_ID = re.compile(r"[^\w\- \t]")
_BLANK = re.compile(r"[ \t]")
_KEEP_TEXT = frozenset({"code", "pre", "script", "style", "math"})


def read_waiting(waiting: list[tuple[Element, str]], document: Document) -> None:
    """Read the paragraphs that waited for all definitions to be known."""
    for element, text in waiting:
        element.children += read_spans(document, text)


def finish(document: Document, root: Element) -> None:
    """Finish a tree whose paragraphs are read."""
    _add_notes(document, root)
    for attributes, written in document.attributed:
        apply(attributes, written, document.definitions)
    _name_headings(document)
    for element, attributes in document.contents:
        if "toc" in attributes.names:
            _make_contents(document, element)
    if document.abbreviations:
        _mark_abbreviations(document, root)


def _elements(root: Element) -> Iterator[Element]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(child for child in reversed(element.children) if isinstance(child, Element))


def _add_notes(document: Document, root: Element) -> None:
    """Number the footnotes in the order in which the text refers to them, and add them."""
    if not document.notes:
        return
    references: dict[str, list[Element]] = {}
    numbers: dict[str, int] = {}
    prefix = document.options["footnote_prefix"]
    first = document.number("footnote_nr")
    names: list[str] = []
    pending: list[Element] = [root]
    while pending:
        for element in list(_elements(pending.pop(0))):
            if not isinstance(element, NoteReference):
                continue
            name = element.note
            if name not in numbers:
                numbers[name] = first + len(numbers)
                names.append(name)
                note = document.notes[name]
                read_waiting(note.waiting, document)
                pending.append(note.element)
            times = references.setdefault(name, [])
            times.append(element)
            suffix = f":{len(times) - 1}" if len(times) > 1 else ""
            element.attributes["id"] = f"fnref:{prefix}{name}{suffix}"
            link = Element("a", {"href": f"#fn:{prefix}{name}", "class": "footnote"})
            link.attributes["rel"] = "footnote"
            link.children = [str(numbers[name])]
            element.children = [link]
    if not names:
        return
    listed = Element("ol", {"start": str(first)} if first != 1 else {})
    for name in names:
        entry = document.notes[name].element
        entry.attributes = {"id": f"fn:{prefix}{name}", "role": "doc-endnote"}
        _add_backlinks(entry, document, [one.attributes["id"] for one in references[name]])
        listed.children += [entry, "\n"]
    box = Element("div", {"class": "footnotes", "role": "doc-endnotes"})
    box.children = [listed, "\n"]
    root.children += [box, "\n"]


def _add_backlinks(entry: Element, document: Document, ids: list[str]) -> None:
    sign = document.options["footnote_backlink"]
    if not sign:
        return
    blocks = [child for child in entry.children if isinstance(child, Element)]
    last = blocks[-1] if blocks else None
    is_new = last is None or last.name not in ("p", "")
    if last is None or is_new:
        last = Element("p")
        entry.children += [last, "\n"]
    for number, name in enumerate(ids):
        if number or not is_new:
            last.children.append("\u00a0")
        link = Element("a", {"href": f"#{name}", "class": "reversefootnote"})
        link.attributes["role"] = "doc-backlink"
        link.children = [sign]
        if number:
            times = Element("sup")
            times.children = [str(number + 1)]
            link.children.append(times)
        last.children.append(link)


def heading_id(text: str) -> str:
    """Return the id that GitHub's way makes of a heading's words."""
    return _BLANK.sub("-", _NOT_IN_ID.sub("", text.lower()))


def _name_headings(document: Document) -> None:
    taken: dict[str, int] = {}
    is_wanted = document.flag("auto_ids")
    offset = document.number("header_offset")
    for element in document.headings:
        if offset:
            element.name = f"h{min(6, max(1, int(element.name[1]) + offset))}"
        if not is_wanted or "id" in element.attributes:
            continue
        name = heading_id(text_of(element))
        times = taken.get(name, 0)
        taken[name] = times + 1
        if name:
            name = f"{name}-{times}" if times else name
            element.attributes["id"] = document.options["auto_id_prefix"] + name


def _make_contents(document: Document, box: Element) -> None:
    """Make a list into the list of headings."""
    box.attributes.setdefault("id", "markdown-toc")
    name = box.attributes["id"]
    box.children = []
    levels = document.levels()
    # The entries into which deeper ones may go, with their levels.
    above: list[tuple[int, Element]] = []
    for heading in document.headings:
        level = int(heading.name[1])
        classes = heading.attributes.get("class", "").split()
        if "id" not in heading.attributes or level not in levels or "no_toc" in classes:
            continue
        entry = Element("li")
        target = heading.attributes["id"]
        link = Element("a", {"href": f"#{target}", "id": f"{name}-{target}"})
        link.children = list(_without_links(heading.children))
        entry.children = [link]
        while above and above[-1][0] >= level:
            above.pop()
        into = box
        if above:
            parent = above[-1][1]
            last = parent.children[-2] if len(parent.children) > 2 else None
            if not (isinstance(last, Element) and last.name == box.name):
                last = Element(box.name)
                parent.children += [last, "\n"]
            into = last
        into.children += [entry, "\n"]
        above.append((level, entry))
    if not box.children:
        box.name = ""


def _without_links(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, NoteReference):
            continue
        if isinstance(node, Element) and node.name == "a":
            yield from _without_links(node.children)
        elif isinstance(node, Element):
            copy = Element(node.name, node.attributes)
            copy.children = list(_without_links(node.children))
            yield copy
        else:
            yield node


def _mark_abbreviations(document: Document, root: Element) -> None:
    words = sorted(document.abbreviations, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
    for element in list(_elements(root)):
        if element.name in _KEEP_TEXT:
            continue
        if not any(isinstance(child, str) and pattern.search(child) for child in element.children):
            continue
        children: list[Node] = []
        for child in element.children:
            if isinstance(child, str):
                children += _abbreviated(document, pattern, child)
            else:
                children.append(child)
        element.children = children


def _abbreviated(document: Document, pattern: re.Pattern[str], text: str) -> Iterator[Node]:
    place = 0
    for match in pattern.finditer(text):
        yield text[place : match.start()]
        abbreviation = document.abbreviations[match.group()]
        element = Element("abbr", {"title": abbreviation.title} if abbreviation.title else {})
        apply(element.attributes, abbreviation.attributes, document.definitions)
        element.children = [match.group()]
        yield element
        place = match.end()
    yield text[place:]
