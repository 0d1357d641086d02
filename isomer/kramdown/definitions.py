"""Definitions of links, footnotes, abbreviations and attributes, and extensions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isomer.kramdown.document import Block, LinkDefinition, Note, link_name, read_attributes
from isomer.kramdown.scan import LINES_INSIDE, NAME, SPACES

if TYPE_CHECKING:
    from isomer.kramdown.blocks import BlockReader

_INDENT = re.compile(r"^(?:\t| {4})", re.MULTILINE)
ATTRIBUTES = re.compile(rf" {{0,3}}\{{:({NAME}):({LINES_INSIDE})\}}[ \t\r\f\v]*\n")
LINK = re.compile(
    r"""[ ]{0,3}\[(?P<name>[^\n\]]+)\]:[ \t]*
    (?:<(?P<angle>[^\n>]*)>|(?P<address>\S(?:[^\n \t]|[ \t]++(?!["'\n]))*+))
    (?:(?:[ \t]*+\n[ \t]*+|[ \t]++)(?P<quote>["'])(?P<title>[^\n]+?)(?P=quote))?[ \t]*+\n""",
    re.VERBOSE | re.ASCII,
)
ABBREVIATION = re.compile(r" {0,3}\*\[([^\n]+?)\]:([^\n]*)\n")
NOTE = re.compile(rf" {{0,3}}\[\^({NAME})\]:")


def read_attribute_definition(reader: BlockReader, match: re.Match[str]) -> None:
    """Read ``{:name: attributes}``."""
    known = reader.document.definitions
    known[match[1]] = read_attributes(match[2], known.get(match[1]))
    reader.place = match.end()
    reader.add(Block("gap"))


def read_link_definition(reader: BlockReader, match: re.Match[str]) -> None:
    """Read ``[name]: address "title"``."""
    address = match["angle"] if match["angle"] is not None else match["address"].strip(SPACES)
    definition = LinkDefinition(address, match["title"], reader.define(match.end()))
    reader.document.links[link_name(match["name"])] = definition


def read_abbreviation(reader: BlockReader, match: re.Match[str]) -> None:
    """Read ``*[word]: title``."""
    definition = LinkDefinition("", match[2].strip(SPACES), reader.define(match.end()))
    reader.document.abbreviations[match[1]] = definition


def read_note(reader: BlockReader, match: re.Match[str]) -> None:
    """Read ``[^name]: text`` and the indented lines that follow it."""
    end = reader.code_lines(reader.line_end(match.end()))
    text = _INDENT.sub("", reader.text[match.end() : end])
    reader.define(end)
    document = reader.document
    note = document.notes[match[1]] = Note(match[1])
    saved, document.waiting = document.waiting, note.waiting
    reader.inner(text).read(note.element)
    document.waiting = saved


def read_extension(reader: BlockReader, match: re.Match[str]) -> None:
    """Read ``{::comment}``, ``{::nomarkdown}`` and ``{::options}`` on lines of their own."""
    found = reader.document.extension(reader.finder, match, is_block=True)
    if found:
        node, reader.place = found
        if node or match[1] != "comment":
            reader.add(Block("html" if node else "gap", node))
