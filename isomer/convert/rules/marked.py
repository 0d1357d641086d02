"""Marked blocks: a box that says which block it is and where its parts stand.

The export writes one where the old format has no markup that means the same
(:mod:`isomer.write.marked`); Jekyll shows its words, links and pictures one below the
other. A box whose parts are not those of its block is read as any other box, so that no
word of it is lost.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bs4.element import NavigableString, PreformattedString, Tag

from content.html_tree import INVISIBLE, attribute, tags_in
from content.links import clean_address, is_link_address, is_safe_address
from content.sanitise import sanitise
from isomer.convert.body import BodyReader, Item, Rule
from isomer.convert.exact_text import exact_text, with_keys
from isomer.convert.rules.tables import table_markup
from isomer.convert.shapes import (
    BLOCK,
    BODY_SHAPES,
    ENTRY,
    IN_ATTRIBUTES,
    PART,
    RECIPE_SHAPES,
    Choice,
    Kind,
    Many,
    Shape,
    Stream,
    Struct,
    nests_too_deep,
)
from isomer.convert.streams import gather
from isomer.convert.values import Block, Content, ImportedHtml, LinkTo, PictureOf, RichText

# Where kept markup waits while the rest of a body is settled.
_ASIDE = "data-aside"
_NUMBER = re.compile(r"-?\d{1,9}")
_NAME = re.compile(r"[^\s#]+")


class _MisfitError(Exception):
    """The parts of a box are not those of its block."""


def marked_block_rule(recipes: Collection[str] = ()) -> Rule:
    """Return the rule that reads marked blocks.

    ``recipes`` names the blocks of particular page types that may stand on the page.
    """
    shapes = BODY_SHAPES | {name: RECIPE_SHAPES[name] for name in recipes}

    def marked_block(reader: BodyReader, tag: Tag) -> list[Item] | None:
        name = attribute(tag, BLOCK)
        if tag.name != "div" or name not in shapes:
            return None
        try:
            block = Block(name, _value(reader, tag, shapes[name]))
        except _MisfitError:
            return None
        if nests_too_deep([block]):
            return None
        reader.place_ids(tag)
        return [block]

    return marked_block


def set_markup_aside(tree: Tag) -> None:
    """Take the kept markup of marked blocks out of a tree, so that no pass over it reads it.

    The markup is made safe. A box that holds anything else beside it is left as it is.
    """
    for tag in tags_in(tree):
        del tag[_ASIDE]
    for tag in tree.find_all("div", attrs={BLOCK: "imported_html"}):
        parts = [node for node in tag.children if isinstance(node, Tag) or str(node).strip()]
        if len(parts) == 1 and isinstance(parts[0], Tag) and parts[0].get(PART) == "html":
            parts[0][_ASIDE] = sanitise(parts[0].decode_contents()).html
            parts[0].clear()
        else:
            del tag[BLOCK]


def _value(reader: BodyReader, tag: Tag, shape: Shape) -> Content:
    if isinstance(shape, Struct):
        return _struct(reader, tag, shape)
    if isinstance(shape, Many):
        entries = _boxes(tag, ENTRY)
        return [_value(reader, entry, shape.of) for entry in entries]
    if isinstance(shape, Stream):
        blocks = gather(reader.inner(list(tag.children)))
        if any(block.type not in shape.of for block in blocks):
            raise _MisfitError
        return blocks
    if isinstance(shape, Choice):
        raise _MisfitError
    return _part(reader, tag, shape)


def _struct(reader: BodyReader, tag: Tag, shape: Struct) -> dict[str, Content]:
    boxes = {attribute(box, PART): box for box in _boxes(tag, PART)}
    if not boxes.keys() <= shape.parts.keys():
        raise _MisfitError
    value: dict[str, Content] = {}
    for name, part in shape.parts.items():
        if part is Kind.CHOICE_MADE:
            # Decoration has no words, or nobody could save the page.
            if tag.has_attr(_key(name)) and not value.get("alt"):
                value[name] = True
        elif isinstance(part, Choice) or part in IN_ATTRIBUTES:
            value[name] = _attribute(tag, name, part)
        elif name in boxes:
            value[name] = _value(reader, boxes[name], part)
        else:
            value[name] = _absent(part)
    return value


def _boxes(tag: Tag, mark: str) -> list[Tag]:
    """Return the elements with a mark in a box that may hold nothing else."""
    found: list[Tag] = []
    for node in tag.children:
        if isinstance(node, Tag):
            if not node.has_attr(mark):
                raise _MisfitError
            found.append(node)
        elif not isinstance(node, PreformattedString) and str(node).strip():
            raise _MisfitError
    return found


def _attribute(tag: Tag, name: str, shape: Choice | Kind | Shape) -> Content:
    key = "id" if shape is Kind.NAME else _key(name)
    given = tag.get(key)
    written = given if isinstance(given, str) else ""
    if isinstance(shape, Choice):
        if written and written not in shape.of:
            raise _MisfitError
        return written or shape.of[0]
    if shape is Kind.NAME and not _NAME.fullmatch(written):
        raise _MisfitError
    if shape is Kind.NUMBER:
        if written and not _NUMBER.fullmatch(written):
            raise _MisfitError
        return int(written) if written else None
    return given is not None if shape is Kind.FLAG else written


def _key(name: str) -> str:
    return f"data-{name.replace('_', '-')}"


def _absent(shape: Shape) -> Content:
    if isinstance(shape, Many | Stream):
        return []
    if shape is Kind.LINK:
        return LinkTo("", "body")
    if shape is Kind.PICTURE:
        return PictureOf("", "body")
    return RichText("") if shape in (Kind.RICH, Kind.TABLE) else ""


def _part(reader: BodyReader, tag: Tag, kind: Kind) -> Content:
    if kind is Kind.RICH:
        return _rich_text(reader, tag)
    if kind is Kind.TABLE:
        tables = tag.find_all("table", recursive=False)
        if len(tables) != 1:
            raise _MisfitError
        return RichText(table_markup(reader, tables[0]))
    if kind is Kind.MARKUP:
        return ImportedHtml(str(tag.get(_ASIDE, "")))
    if kind is Kind.NOTHING:
        _boxes(tag, PART)
        return None
    if kind is Kind.LINK:
        return _link(tag)
    if kind is Kind.PICTURE:
        return PictureOf(attribute(tag, "src"), "body")
    if any(isinstance(node, Tag) for node in tag.children):
        raise _MisfitError
    words = "".join(str(node) for node in tag.children if isinstance(node, NavigableString))
    if kind is Kind.WORDS and "\n" in words:
        raise _MisfitError
    return INVISIBLE.sub("", words)


def _rich_text(reader: BodyReader, tag: Tag) -> Content:
    found = exact_text(tag.children)
    if found is not None:
        return RichText(with_keys(found))
    blocks = gather(reader.inner(list(tag.children)))
    if len(blocks) != 1 or blocks[0].type != "text":
        raise _MisfitError
    return blocks[0].value


def _link(tag: Tag) -> LinkTo:
    links = tag.find_all("a")
    address = clean_address(attribute(links[0], "href")) if len(links) == 1 else ""
    if not is_link_address(address) or not is_safe_address(address):
        raise _MisfitError
    return LinkTo(address, "body")
