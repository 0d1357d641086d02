"""What is made when a whole text is read: ids, contents, footnotes, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import cast
from unicodedata import category

from isomer.kramdown.document import Cell, Document, Note, NoteReference, Waiting, apply
from isomer.kramdown.spans import read_spans
from isomer.kramdown.tree import Element, Node, RawText, decoded, text_of

_LANGUAGE = re.compile(r"\blanguage-\S+", re.ASCII)


def read_waiting(waiting: list[Waiting], document: Document) -> None:
    """Read the paragraphs that waited for all definitions to be known."""
    for element, text, in_html in waiting:
        read_spans(document, element, text, in_html)
        if isinstance(element, Cell) and not element.children:
            element.children = ["\u00a0"]


def finish(document: Document, root: Element) -> None:
    """Finish a tree whose paragraphs are read."""
    box = _notes_of(document, root)
    for attributes, written in document.attributed:
        apply(attributes, written, document.definitions)
    _name_headings(document)
    _name_languages(document)
    _make_figures(document)
    _finish_mathematics(document)
    marked = {name: element for element, own in reversed(document.contents) for name in own.names}
    if "toc" in marked:
        _make_contents(document, root, marked["toc"])
    if "footnotes" in marked:
        marked["footnotes"].name = ""
        marked["footnotes"].children, box = [box] if box else [], None
    if box is not None:
        root.children += [box, "\n"]
    headings = [heading.attributes for heading, _ in document.headings]
    for attributes in [*headings, *(attributes for attributes, _ in document.attributed)]:
        if not attributes.get("id", "-"):
            del attributes["id"]
    if document.abbreviations:
        _mark_abbreviations(document, root)


def _elements(root: Element) -> Iterator[Element]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [child for child in reversed(element.children) if isinstance(child, Element)]


def _notes_of(document: Document, root: Element) -> Element | None:
    """Number the footnotes in the order in which the text refers to them, and return them."""
    prefix, first = document.options["footnote_prefix"], int(document.options["footnote_nr"])
    used: list[Note] = []

    def number(within: Element) -> None:
        for element in list(_elements(within)):
            if not isinstance(element, NoteReference):
                continue
            note = element.note
            if not note.references:
                note.number = first + len(used)
                used.append(note)
                read_waiting(note.waiting, document)
            suffix = f":{len(note.references)}" if note.references else ""
            note.references.append(element)
            element.attributes["id"] = f"fnref:{prefix}{note.name}{suffix}"
            link = {"href": f"#fn:{prefix}{note.name}", "class": "footnote", "rel": "footnote"}
            element.children = [Element("a", link, [str(note.number)])]

    if document.notes:
        number(root)
    if not used:
        return None
    listed = Element("ol", {"start": str(first)} if first != 1 else {})
    # References in a note may name further ones; they are known only after links back to it.
    for note in used:
        entry = note.element
        ids = [one.attributes["id"] for one in note.references]
        number(entry)
        entry.attributes = {"id": f"fn:{prefix}{note.name}", "role": "doc-endnote"}
        _add_backlinks(entry, document.options["footnote_backlink"], ids)
        listed.children += [entry, "\n"]
    return Element("div", {"class": "footnotes", "role": "doc-endnotes"}, [listed, "\n"])


def _add_backlinks(entry: Element, sign: str, ids: list[str]) -> None:
    blocks = [child for child in entry.children if isinstance(child, Element)]
    is_new = not blocks or blocks[-1].name not in ("p", "")
    if is_new:
        blocks = [Element("p")]
    for number, name in enumerate(ids if sign else ()):
        if number or not is_new:
            blocks[-1].children.append("\u00a0")
        link = Element("a", {"href": f"#{name}", "class": "reversefootnote"}, [sign])
        link.attributes["role"] = "doc-backlink"
        if number:
            link.children.append(Element("sup", children=[str(number + 1)]))
        blocks[-1].children.append(link)
    if is_new and sign:
        entry.children += [blocks[-1], "\n"]


def heading_id(text: str) -> str:
    """Return the id that GitHub's way makes of a heading's words."""
    kept = (
        character
        for character in text.lower()
        if character in "- \t"
        or category(character) in ("Nd", "Pc")
        or category(character)[0] in "LM"
    )
    return "".join(kept).replace(" ", "-").replace("\t", "-")


def _plain_id(text: str) -> str:
    """Return the id that kramdown's own way makes of the words of a heading in HTML."""
    letters = re.sub(r"\A[^a-zA-Z]+", "", text)
    return re.sub(r"[^a-zA-Z0-9 -]", "", letters).replace(" ", "-").lower() or "section"


def _name_headings(document: Document) -> None:
    taken: dict[tuple[bool, str], int] = {}
    is_wanted = document.flag("auto_ids")
    offset = int(document.options["header_offset"])
    for element, in_html in document.headings:
        if offset:
            element.name = f"h{min(6, max(1, int(element.name[1]) + offset))}"
        if not is_wanted or "id" in element.attributes:
            continue
        name = (_plain_id if in_html else heading_id)(text_of(element))
        times = taken.get((in_html, name), 0)
        taken[in_html, name] = times + 1
        name = f"{name}-{times}" if times else name
        element.attributes["id"] = document.options["auto_id_prefix"] + name


def _name_languages(document: Document) -> None:
    """A block of code names its language on the inner element."""
    for element in document.code:
        inner = element.children[0]
        language = _LANGUAGE.search(element.attributes.get("class", ""))
        if language and isinstance(inner, Element) and not inner.attributes:
            inner.attributes["class"] = language.group()
            rest = element.attributes.pop("class").replace(language.group(), "", 1).split()
            if rest:
                element.attributes["class"] = " ".join(rest)


def _finish_mathematics(document: Document) -> None:
    """Only mathematics with attributes stands in an element, where other marks are around it."""
    for element in document.math:
        words = element.children[0]
        if not element.attributes:
            element.name = ""
        elif element.name == "span" and isinstance(words, str):
            element.children = [RawText(f"${words[2:-2]}$")]


def _make_figures(document: Document) -> None:
    """A picture marked so that stands alone in a paragraph is a figure."""
    pictures = {id(picture) for picture in document.standalone}
    if not pictures:
        return
    for element, _, _ in document.waiting:
        picture = element.children[0] if len(element.children) == 1 else None
        if element.name != "p" or not isinstance(picture, Element) or id(picture) not in pictures:
            continue
        caption = Element("figcaption", children=[picture.attributes.get("alt", "")])
        element.name = "figure"
        element.children += ["\n", caption, "\n"]
        for key in {"class", "id"} & (picture.attributes.keys() - element.attributes.keys()):
            element.attributes[key] = picture.attributes.pop(key)


def _make_contents(document: Document, root: Element, box: Element) -> None:
    """Make a list into the list of headings."""
    box.attributes.setdefault("id", "markdown-toc")
    name = box.attributes["id"]
    box.children = []
    levels = document.levels()
    headings = {id(heading) for heading, _ in document.headings}
    # The entries into which deeper ones may go, with their levels.
    above = [(0, box)]
    for heading in _elements(root):
        if id(heading) not in headings:
            continue
        level = int(heading.name[1])
        classes = heading.attributes.get("class", "").split()
        if "id" not in heading.attributes or level not in levels or "no_toc" in classes:
            continue
        while above[-1][0] >= level:
            above.pop()
        into = above[-1][1]
        if into is not box:
            if len(into.children) == 1:
                into.children += [Element(box.name), "\n"]
            into = cast("Element", into.children[1])
        target = heading.attributes["id"]
        link = {"href": f"#{target}", "id": f"{name}-{target}"}
        entry = Element("li", children=[Element("a", link, _without_links(heading.children))])
        into.children += [entry, "\n"]
        above.append((level, entry))
    if not box.children:
        box.name = ""


def _without_links(nodes: list[Node]) -> list[Node]:
    found: list[Node] = []
    for node in nodes:
        if isinstance(node, Element) and not isinstance(node, NoteReference):
            inner = _without_links(node.children)
            found += inner if node.name == "a" else [Element(node.name, node.attributes, inner)]
        elif not isinstance(node, Element):
            found.append(node)
    return found


def _mark_abbreviations(document: Document, root: Element) -> None:
    words = sorted(document.abbreviations, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
    for element in list(_elements(root)):
        # Most hold none: a look at the whole text is cheaper than one at each of its parts.
        written = "".join([one if type(one) is str else "\0" for one in element.children])
        if element.name == "code" or not pattern.search(written):
            continue
        # Neither tags that are shown as text nor text of HTML hold any.
        children: list[Node] = []
        # A mark within a word has parted the text.
        for is_text, group in groupby(element.children, lambda child: type(child) is str):
            if is_text:
                text = "".join(map(str, group))
                children += _abbreviated(document, pattern, text)
            else:
                children += group
        element.children = children


def _abbreviated(document: Document, pattern: re.Pattern[str], text: str) -> Iterator[Node]:
    place = 0
    for match in pattern.finditer(text):
        yield text[place : match.start()]
        definition = document.abbreviations[match.group()]
        title = {"title": decoded(definition.title)} if definition.title else {}
        apply(title, definition.attributes, document.definitions)
        yield Element("abbr", title, [match.group()])
        place = match.end()
    yield text[place:]
