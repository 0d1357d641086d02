"""What is made when a whole text is read: ids, contents, footnotes, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from unicodedata import category

from isomer.kramdown.document import Cell, Document, NoteReference, Waiting, apply
from isomer.kramdown.spans import read_spans
from isomer.kramdown.tree import Element, Node, RawText, text_of

# Categories of Unicode that are parts of words beside letters and their marks.
_WORD = frozenset({"Nd", "Pc"})
_BLANK = re.compile(r"[ \t]")
_LANGUAGE = re.compile(r"\blanguage-\S+")


def read_waiting(waiting: list[Waiting], document: Document) -> None:
    """Read the paragraphs that waited for all definitions to be known."""
    for element, text, in_html in waiting:
        element.children += read_spans(document, text, in_html)
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
    has_contents = has_notes = False
    for element, marked in document.contents:
        if "toc" in marked.names and not has_contents:
            has_contents = True
            _make_contents(document, root, element)
        elif "footnotes" in marked.names and not has_notes:
            has_notes = True
            element.name = ""
            element.children, box = [box] if box else [], None
    if box is not None:
        root.children += [box, "\n"]
    own = [attributes for attributes, _ in document.attributed]
    for attributes in [*own, *(heading.attributes for heading, _ in document.headings)]:
        if not attributes.get("id", "-"):
            del attributes["id"]
    if document.abbreviations:
        _mark_abbreviations(document, root)


def _elements(root: Element) -> Iterator[Element]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(child for child in reversed(element.children) if isinstance(child, Element))


def _notes_of(document: Document, root: Element) -> Element | None:
    """Number the footnotes in the order in which the text refers to them, and return them."""
    if not document.notes:
        return None
    references: dict[str, list[Element]] = {}
    numbers: dict[str, int] = {}
    prefix = document.options["footnote_prefix"]
    first = document.number("footnote_nr")
    names: list[str] = []

    def number(within: Element) -> None:
        for element in list(_elements(within)):
            if not isinstance(element, NoteReference):
                continue
            name = element.note
            if name not in numbers:
                numbers[name] = first + len(numbers)
                names.append(name)
                read_waiting(document.notes[name].waiting, document)
            times = references.setdefault(name, [])
            times.append(element)
            suffix = f":{len(times) - 1}" if len(times) > 1 else ""
            element.attributes["id"] = f"fnref:{prefix}{name}{suffix}"
            link = Element("a", {"href": f"#fn:{prefix}{name}", "class": "footnote"})
            link.attributes["rel"] = "footnote"
            link.children = [str(numbers[name])]
            element.children = [link]

    number(root)
    if not names:
        return None
    listed = Element("ol", {"start": str(first)} if first != 1 else {})
    # References in a note may name further ones; they are known only after links back to it.
    for name in names:
        entry = document.notes[name].element
        ids = [one.attributes["id"] for one in references[name]]
        number(entry)
        entry.attributes = {"id": f"fn:{prefix}{name}", "role": "doc-endnote"}
        _add_backlinks(entry, document, ids)
        listed.children += [entry, "\n"]
    box = Element("div", {"class": "footnotes", "role": "doc-endnotes"})
    box.children = [listed, "\n"]
    return box


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
    kept = (
        character
        for character in text.lower()
        if character in "- \t" or category(character) in _WORD or category(character)[0] in "LM"
    )
    return _BLANK.sub("-", "".join(kept))


def _plain_id(text: str) -> str:
    """Return the id that kramdown's own way makes of the words of a heading in HTML."""
    letters = re.sub(r"\A[^a-zA-Z]+", "", text)
    return re.sub(r"[^a-zA-Z0-9 -]", "", letters).replace(" ", "-").lower() or "section"


def _name_headings(document: Document) -> None:
    taken: dict[tuple[bool, str], int] = {}
    is_wanted = document.flag("auto_ids")
    offset = document.number("header_offset")
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
            rest = element.attributes["class"].replace(language.group(), "", 1).split()
            element.attributes["class"] = " ".join(rest)
            if not rest:
                del element.attributes["class"]


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
        caption = Element("figcaption")
        caption.children = [picture.attributes.get("alt", "")]
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
    # The entries into which deeper ones may go, with their levels.
    above: list[tuple[int, Element]] = []
    headings = {id(heading) for heading, _ in document.headings}
    for heading in _elements(root):
        if id(heading) not in headings:
            continue
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
        if element.name == "code":
            continue
        # Neither tags that are shown as text nor text of HTML hold any.
        if not any(type(child) is str for child in element.children):
            continue
        children: list[Node] = []
        # A mark within a word has parted the text.
        for is_text, group in groupby(element.children, lambda child: type(child) is str):
            if is_text:
                text = "".join(str(part) for part in group)
                children += _abbreviated(document, pattern, text)
            else:
                children += group
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
