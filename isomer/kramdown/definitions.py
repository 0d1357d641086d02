"""Definitions of links, footnotes, abbreviations and attributes, and extensions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isomer.kramdown.attributes import LINES_INSIDE, NAME, read_attributes
from isomer.kramdown.code import code_lines
from isomer.kramdown.document import Abbreviation, Block, Note
from isomer.kramdown.links import LinkDefinition, link_name
from isomer.kramdown.scan import extension_ends
from isomer.kramdown.tree import Comment, Markup

if TYPE_CHECKING:
    from isomer.kramdown.blocks import BlockReader

_ATTRIBUTES = re.compile(rf" {{0,3}}\{{:({NAME}):({LINES_INSIDE})\}}[ \t\r\f\v]*\n")
_LINK = re.compile(
    r"""[ ]{0,3}\[(?P<name>[^\n\]]+)\]:[ \t]*
    (?:<(?P<angle>[^\n>]*)>|(?P<address>[^\s](?:[^\n \t]|[ \t]++(?!["'\n]))*+))
    (?:(?:[ \t]*+\n[ \t]*+|[ \t]++)(?P<quote>["'])(?P<title>[^\n]+?)(?P=quote))?[ \t]*+\n""",
    re.VERBOSE,
)
_ABBREVIATION = re.compile(r" {0,3}\*\[([^\n]+?)\]:([^\n]*)\n")
_NOTE = re.compile(rf" {{0,3}}\[\^({NAME})\]:")
_INDENT = re.compile(r"^(?:\t| {4})", re.MULTILINE)
_EXTENSION = re.compile(
    r" {0,3}\{::(comment|nomarkdown|options)(?:\s([^}]*?))?(/)?\}[ \t\r\f\v]*\n"
)


def _define(reader: BlockReader, end: int) -> Block:
    reader.place = end
    return reader.add(Block("definition"))


def read_attribute_definition(reader: BlockReader) -> bool:
    """Read ``{:name: attributes}``."""
    match = _ATTRIBUTES.match(reader.text, reader.place)
    if match is None:
        return False
    definitions = reader.document.definitions
    definitions[match[1]] = read_attributes(match[2], definitions.get(match[1]))
    _define(reader, match.end()).kind = "gap"
    return True


def read_link_definition(reader: BlockReader) -> bool:
    """Read ``[name]: address "title"``."""
    match = _LINK.match(reader.text, reader.place)
    if match is None:
        return False
    address = match["angle"] if match["angle"] is not None else match["address"].strip()
    definition = LinkDefinition(address, match["title"])
    reader.document.links[link_name(match["name"])] = definition
    definition.attributes = reader.attributes(_define(reader, match.end()))
    return True


def read_abbreviation(reader: BlockReader) -> bool:
    """Read ``*[word]: title``."""
    match = _ABBREVIATION.match(reader.text, reader.place)
    if match is None:
        return False
    abbreviation = Abbreviation(match[2].strip())
    reader.document.abbreviations[match[1]] = abbreviation
    abbreviation.attributes = reader.attributes(_define(reader, match.end()))
    return True


def read_note(reader: BlockReader) -> bool:
    """Read ``[^name]: text`` and the indented lines that follow it."""
    match = _NOTE.match(reader.text, reader.place)
    if match is None:
        return False
    end = code_lines(reader, reader.line_end(match.end()))
    text = _INDENT.sub("", reader.text[match.end() : end])
    note = Note()
    document = reader.document
    document.notes[match[1]] = note
    note.attributes = reader.attributes(_define(reader, end))
    saved = document.waiting
    document.waiting = note.waiting
    reader.inner(text).read(note.element)
    document.waiting = saved
    return True


def read_extension(reader: BlockReader) -> bool:
    """Read ``{::comment}``, ``{::nomarkdown}`` and ``{::options}`` on lines of their own."""
    if not extension_ends(reader.finder, reader.place, _closing):
        return False
    match = _EXTENSION.match(reader.text, reader.place)
    if match is None:
        return False
    name, body, end = match[1], "", match.end()
    if not match[3]:
        closing = reader.finder.next(_closing(name), end)
        if closing is None:
            return False
        body, end = reader.text[end : closing.start()], closing.end()
    document = reader.document
    reader.place = end
    if name == "options":
        document.set_options(match[2] or "")
        reader.add(Block("gap"))
    elif name == "comment":
        if not match[3]:
            reader.add(Block("comment", Comment(f" {body.removesuffix(chr(10))} ")))
    elif not match[3]:
        is_shown = document.is_for_html(match[2] or "")
        reader.add(Block("raw", Markup(body if is_shown else "")))
    return True


def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"^ {{0,3}}\{{:/(?:{name})?\}}[ \t\r\f\v]*\n", re.MULTILINE)
