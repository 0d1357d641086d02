"""YAML text to JSON-like data, for front matter and for settings files.

YAML 1.1 as libyaml reads it, which is what Jekyll used (format reference,
8.1). A repository is input from strangers, so the text is measured before any
data is built from it: size, nesting, and how far its aliases expand. Values
that only look like a date or a number stay text instead of ending the import.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml

from isomer.read.yaml_errors import explain

# The C parser accepts what Ruby's accepts, for example a tab after a plain value.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_CHARACTERS = 500_000
MAX_NODES = 50_000
MAX_NODES_FROM_ALIASES = 10_000
MAX_DEPTH = 100
MAX_NUMBER_LENGTH = 100
MAX_FINDINGS = 20

# YAML 1.1, 5.1: the characters that may stand in a document.
FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]",
)
# Escapes such as "\0" can smuggle these into a value; no database takes them all.
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")

CORE = "tag:yaml.org,2002:"
MERGE = CORE + "merge"
TEXT_TAGS = frozenset({CORE + "str", CORE + "value", MERGE})
TYPED_TAGS = frozenset(CORE + name for name in ("null", "bool", "int", "float", "timestamp"))
STRUCTURE_TAGS = frozenset({CORE + "seq", CORE + "map"})
# What Ruby's YAML takes for a number, and ours for text.
WITH_COMMAS = re.compile(r"[-+]?[1-9](?=[0-9_,.]{,98}$)(?:[0-9]|,[0-9]|_[0-9])*(?:\.[0-9]*)?")
TRUE_WORDS = frozenset({"yes", "true", "on"})


class InvalidYamlError(Exception):
    """The text is not YAML, or not a mapping, or not safe to read.

    ``reason`` is a sentence in plain words; ``line`` and ``column`` count from 1.
    """

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column


@dataclass(frozen=True)
class YamlProblem:
    """Something odd in otherwise good YAML: the rule it falls under, and where."""

    rule: str
    text: str
    line: int


@dataclass(frozen=True)
class LoadedData:
    """Data of any shape, the same kinds of value; ``None`` for text that says nothing."""

    data: Any
    findings: tuple[YamlProblem, ...]


def load_data(text: str) -> LoadedData:
    """Read YAML ``text`` that may be a mapping, a list or a single value.

    Otherwise like :func:`load_mapping`; raises the same.
    """
    return _load(_Source(text, 1), _Builder.any_shape)


def load_mapping(text: str, first_line: int = 1) -> LoadedData:
    """Read YAML ``text``, a mapping, whose first line is line ``first_line`` of its file.

    Empty text gives an empty mapping. Of a repeated key the last value wins
    (finding ``front-matter-key-repeated``); a value that cannot be what it
    looks like is kept as text (finding ``front-matter-value-invalid``).

    Raises :class:`InvalidYamlError`, and nothing else.
    """
    return _load(_Source(text, first_line), _Builder.root)


def _load(source: _Source, build: Callable[[_Builder, yaml.Node | None], LoadedData]) -> LoadedData:
    _measure(source)
    loader = Loader(source.text)
    try:
        return build(_Builder(source, loader), loader.get_single_node())
    except yaml.YAMLError as error:
        source.refuse(*explain(error, source.text))
    finally:
        loader.dispose()


@dataclass(frozen=True)
class _Source:
    """The text, and how to name a place in it."""

    text: str
    first_line: int

    def line(self, position: int) -> int:
        return self.first_line + self.text.count("\n", 0, position)

    def refuse(self, reason: str, position: int) -> NoReturn:
        position = min(position, len(self.text))
        column = position - self.text.rfind("\n", 0, position)
        raise InvalidYamlError(reason, self.line(position), column) from None


def _measure(source: _Source) -> None:
    """Refuse text that is unsafe to build data from, without building any."""
    if len(source.text) > MAX_CHARACTERS:
        source.refuse(f"The block is longer than {MAX_CHARACTERS:,} characters.", 0)
    forbidden = FORBIDDEN.search(source.text)
    if forbidden:
        source.refuse(
            f"An invisible control character (U+{ord(forbidden.group()):04X}) stands here;"
            " delete it and type the text anew.",
            forbidden.start(),
        )
    measure = _Measure(source)
    try:
        for event in yaml.parse(source.text, Loader):
            measure.add(event)
    except yaml.YAMLError as error:
        source.refuse(*explain(error, source.text))


class _Measure:
    """Counts nodes while the YAML is read, so that nothing deep or huge is ever built.

    Aliases are counted by what they stand for: nine lines of aliases to
    aliases can otherwise grow to billions of values.
    """

    def __init__(self, source: _Source) -> None:
        self.source = source
        self.nodes = 0
        self.from_aliases = 0
        self.open: list[_OpenNode] = []
        self.known: dict[str, tuple[int, int]] = {}

    def add(self, event: yaml.Event) -> None:
        position = event.start_mark.index if event.start_mark else 0
        if isinstance(event, yaml.CollectionStartEvent):
            self.open.append(_OpenNode(event.anchor))
            self._check(position, height=0)
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = self.open.pop()
            self._finish(closed.anchor, closed.size, closed.height)
        elif isinstance(event, yaml.ScalarEvent):
            self._check(position, height=0)
            self._finish(event.anchor, size=1, height=0)
        elif isinstance(event, yaml.AliasEvent):
            if any(node.anchor == event.anchor for node in self.open):
                self.source.refuse("A value refers to itself with an asterisk (*).", position)
            size, height = self.known.get(event.anchor or "", (1, 0))
            self.from_aliases += size
            self._check(position, height)
            self._finish(None, size, height)

    def _check(self, position: int, height: int) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.source.refuse(f"The block has more than {MAX_NODES:,} values.", position)
        if len(self.open) + height > MAX_DEPTH:
            self.source.refuse(f"Values are nested more than {MAX_DEPTH} deep.", position)
        if self.from_aliases > MAX_NODES_FROM_ALIASES:
            self.source.refuse(
                "References with an asterisk (*) repeat values more than"
                f" {MAX_NODES_FROM_ALIASES:,} times.",
                position,
            )

    def _finish(self, anchor: str | None, size: int, height: int) -> None:
        if anchor is not None:
            self.known[anchor] = (size, height)
        if self.open:
            parent = self.open[-1]
            parent.size += size
            parent.height = max(parent.height, height + 1)


@dataclass
class _OpenNode:
    anchor: str | None
    size: int = 1
    height: int = 0


class _Builder:
    """Builds data from nodes that have been measured, so recursion is shallow here."""

    def __init__(self, source: _Source, loader: Any) -> None:
        self.source = source
        self.loader = loader
        self.findings: dict[tuple[str, int], YamlProblem] = {}
        self.readers: dict[str, Callable[[Any], Any]] = {
            CORE + "null": lambda node: None,
            CORE + "bool": lambda node: node.value.lower() in TRUE_WORDS,
            CORE + "int": lambda node: (
                _in_sixties(node.value) if ":" in node.value else loader.construct_yaml_int(node)
            ),
            CORE + "float": loader.construct_yaml_float,
            CORE + "timestamp": loader.construct_yaml_timestamp,
        }

    def any_shape(self, node: yaml.Node | None) -> LoadedData:
        data = None if node is None else self._value(node)
        return LoadedData(data, tuple(self.findings.values()))

    def root(self, node: yaml.Node | None) -> LoadedData:
        if node is None or (isinstance(node, yaml.ScalarNode) and node.tag == CORE + "null"):
            return LoadedData({}, ())
        if not isinstance(node, yaml.MappingNode) or not _has_plain_keys(node):
            shape = "a list" if isinstance(node, yaml.SequenceNode) else "text without keys"
            if isinstance(node, yaml.MappingNode):
                shape = "a mapping whose keys are not plain words"
            self.source.refuse(
                f"The block is {shape}; it must be made of lines such as “title: My page”.",
                node.start_mark.index,
            )
        data = self._mapping(node)
        return LoadedData(data, tuple(self.findings.values()))

    def _value(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if node.tag not in STRUCTURE_TAGS:
            self._note_tag(node)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item) for item in node.value]
        if not _has_plain_keys(node):
            return self._as_written(node)
        return self._mapping(node)

    def _mapping(self, node: yaml.Node) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        own: dict[str, Any] = {}
        first_position: dict[str, int] = {}
        for key_node, value_node in node.value:
            value = self._value(value_node)
            sources = value if isinstance(value, list) else [value]
            if key_node.tag == MERGE and all(isinstance(item, dict) for item in sources):
                for item in sources:
                    merged = {**item, **merged}
                continue
            key = self._visible(key_node)
            position = key_node.start_mark.index
            if key in own:
                self._note_repeated(key, first_position[key], position)
            first_position.setdefault(key, position)
            own[key] = value
        return {**merged, **own}

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        if node.tag in TEXT_TAGS:
            if not node.style and node.tag == CORE + "str" and WITH_COMMAS.fullmatch(node.value):
                digits = node.value.replace(",", "").replace("_", "")
                return float(digits) if "." in digits else int(digits)
            return self._visible(node)
        plain_tag = self.loader.resolve(yaml.ScalarNode, node.value, (True, False))
        if node.tag not in TYPED_TAGS or plain_tag != node.tag:
            self._note_tag(node)
            return self._visible(node)
        value: Any = None
        if node.tag not in {CORE + "int", CORE + "float"} or len(node.value) <= MAX_NUMBER_LENGTH:
            try:
                value = self.readers[node.tag](node)
            except (ValueError, OverflowError):
                value = math.nan
        else:
            value = math.nan
        if isinstance(value, float) and not math.isfinite(value):
            kind = "date" if node.tag == CORE + "timestamp" else "number"
            self._note_value(node, f"“{_shortened(node.value)}” is not a {kind} that exists")
            return self._visible(node)
        return value

    def _visible(self, node: yaml.ScalarNode) -> str:
        text: str = INVISIBLE.sub("", node.value)
        if text != node.value:
            self._note_value(node, "An invisible control character was taken out of a value")
        return text

    def _as_written(self, node: yaml.Node) -> str:
        text = self.source.text[node.start_mark.index : node.end_mark.index]
        self._note_value(
            node, f"“{_shortened(text)}” has brackets or braces where a key is expected"
        )
        return text

    def _note_tag(self, node: yaml.Node) -> None:
        tag = _shortened(node.tag.removeprefix(CORE)).lstrip("!")
        self._note_value(
            node,
            f"“!{tag}” before a value is an instruction to a program and was left out. Delete it,"
            " or put the whole value between quotation marks if it belongs to the text",
        )

    def _note_value(self, node: yaml.Node, text: str) -> None:
        self._note("front-matter-value-invalid", f"{text}.", node.start_mark.index)

    def _note_repeated(self, key: str, first: int, again: int) -> None:
        lines = f"line {self.source.line(first)} and again on line {self.source.line(again)}"
        text = f"The key “{_shortened(key)}” stands on {lines}."
        self._note("front-matter-key-repeated", text, again)

    def _note(self, rule: str, text: str, position: int) -> None:
        # An alias shows the same place again; one finding for it is enough.
        if (rule, position) in self.findings or len(self.findings) > MAX_FINDINGS:
            return
        if len(self.findings) == MAX_FINDINGS:
            text = "From here on there are more findings, which are not listed."
        self.findings[rule, position] = YamlProblem(rule, text, self.source.line(position))


def _in_sixties(written: str) -> int:
    """Return a number with colons as Ruby's YAML reads it: hours, minutes, seconds, in seconds
    if all three are there. Of two parts the first counts 60 times what it should."""
    sign = -1 if written.startswith("-") else 1
    parts = [int(part.replace("_", "")) for part in written.lstrip("+-").split(":")]
    return sign * sum(part * 60 ** abs(place - 2) for place, part in enumerate(parts))


def _has_plain_keys(node: yaml.Node) -> bool:
    return all(isinstance(key, yaml.ScalarNode) for key, _ in node.value)


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"
