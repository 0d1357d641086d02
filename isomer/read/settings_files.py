"""Settings of a repository: YAML files as data, and what they publish (format reference, 2)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Never

from isomer.messages import Message
from isomer.read.files import SourceFolder
from isomer.read.yaml_mapping import InvalidYamlError, LoadedData, load_data, load_mapping

# Halves of characters, and the null character, can be written in JSON.
_NOT_STORABLE = re.compile(r"[\0\ud800-\udfff]")
DEEPEST = 100

SETTINGS = "_config.yml"
UNPUBLISHED_BEGINNINGS = ("_", "#", "~")
# What the generator leaves out whatever the settings say.
ALWAYS_EXCLUDED = (
    "gemfiles",
    "Gemfile",
    "Gemfile.lock",
    "node_modules",
    "vendor/bundle/",
    "vendor/cache/",
    "vendor/gems/",
    "vendor/ruby/",
)


def read_settings(folder: SourceFolder, path: Path) -> dict[str, Any] | None:
    """Return a settings file as data, ``{}`` when it is absent, ``None`` when it is invalid."""
    if path not in folder.listing(path.parent).files:
        return {}
    text = folder.text(path)
    if text is None:
        return None
    try:
        loaded = load_mapping(text)
    except InvalidYamlError as error:
        _report_invalid(folder, path, error.reason, error.line, error.column)
        return None
    _report_findings(folder, path, loaded)
    data: dict[str, Any] = loaded.data
    return data


def read_data(folder: SourceFolder, path: Path) -> Any:
    """Return a YAML or JSON file of any shape as data, ``None`` when it is invalid or empty."""
    text = folder.text(path)
    if text is None:
        return None
    if path.suffix.lower() == ".json":
        return _read_json(folder, path, text)
    try:
        loaded = load_data(text)
    except InvalidYamlError as error:
        _report_invalid(folder, path, error.reason, error.line, error.column)
        return None
    _report_findings(folder, path, loaded)
    return loaded.data


def _read_json(folder: SourceFolder, path: Path, text: str) -> Any:
    try:
        loaded = json.loads(text, parse_constant=_no_constant) if text.strip() else None
        return _storable(loaded)
    except json.JSONDecodeError as error:
        reason = f"The file is not JSON: {error.msg}."
        _report_invalid(folder, path, reason, error.lineno, error.colno)
    except (ValueError, RecursionError):
        reason = "The file holds numbers or nested values that are too large to read."
        _report_invalid(folder, path, reason, 1, 1)
    return None


def _storable(value: Any, depth: int = 0) -> Any:
    """Return what a file holds without characters that no database stores.

    Raises:
        ValueError: if values stand deeper in each other than anybody writes them.
    """
    if depth > DEEPEST:
        raise ValueError("values in values")
    if isinstance(value, str):
        return _NOT_STORABLE.sub("", value)
    if isinstance(value, list):
        return [_storable(one, depth + 1) for one in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(one, depth + 1) for key, one in value.items()}
    return value


def _no_constant(name: str) -> Never:
    raise ValueError(name)


def _report_invalid(folder: SourceFolder, path: Path, reason: str, line: int, column: int) -> None:
    place = f"line {line}, column {column}"
    message = Message("settings-invalid", folder.name(path), reason, place=place)
    folder.site.messages.append(message)


def _report_findings(folder: SourceFolder, path: Path, loaded: LoadedData) -> None:
    folder.site.messages += [
        Message(finding.rule, folder.name(path), finding.text, place=f"line {finding.line}")
        for finding in loaded.findings
    ]


class Publication:
    """Says what the generator published, by ``exclude``, ``include`` and names.

    Names are paths relative to the source, with forward slashes. A pattern
    holds wildcards, or is the beginning of a path, as the generator had it.
    """

    def __init__(self, config: Mapping[str, Any]) -> None:
        self._include = _patterns(config.get("include"))
        excluded = [*_patterns(config.get("exclude")), *ALWAYS_EXCLUDED]
        self._exclude = [pattern for pattern in excluded if pattern not in self._include]

    def is_included(self, name: str, is_folder: bool = False) -> bool:
        """Say whether the settings ask for what would be left out by its name.

        The generator compared patterns with the last part of a path, or a whole
        path letter for letter.
        """
        last = name.rsplit("/", 1)[-1]
        return any(
            pattern == name or _matches(pattern, last, is_folder) for pattern in self._include
        )

    def is_excluded(self, name: str, is_folder: bool = False) -> bool:
        """Say whether the settings leave out a file or folder, or a folder above it."""
        parts = name.split("/")
        for count in range(1, len(parts) + 1):
            part = "/".join(parts[:count])
            as_folder = is_folder or count < len(parts)
            excluded = any(_matches(pattern, part, as_folder) for pattern in self._exclude)
            if excluded and not self.is_included(part, as_folder):
                return True
        return False

    def has_hidden_name(self, name: str, below: str = "") -> bool:
        """Say whether a name on the way to a file, from folder ``below`` on, keeps it hidden."""
        parts = name.split("/")
        first = len(below.split("/")) if below else 0
        for count in range(first + 1, len(parts) + 1):
            part = parts[count - 1]
            if part.startswith(UNPUBLISHED_BEGINNINGS) or part.endswith("~"):
                is_folder = count < len(parts)
                if not self.is_included("/".join(parts[:count]), is_folder):
                    return True
        return False


def _patterns(value: Any) -> list[str]:
    entries = [value] if isinstance(value, str) else value
    if not isinstance(entries, Sequence):
        return []
    patterns = [entry.removeprefix("./").lstrip("/") for entry in entries if isinstance(entry, str)]
    return [pattern for pattern in patterns if pattern]


def _matches(pattern: str, name: str, is_folder: bool) -> bool:
    return (
        fnmatchcase(name, pattern)
        or name.startswith(pattern)
        or (is_folder and pattern == f"{name}/")
    )
