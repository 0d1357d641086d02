"""Constructs of old sites beside the blocks that they become, as files that can be read.

``golden/NAME.md`` or ``golden/NAME.html`` is a body, ``golden/NAME.json`` what becomes of it.
With ``REWRITE_GOLDEN=1`` the JSON files are written anew; then read the difference.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from isomer.convert import Converted, ImportedHtml, LinkTo, PictureOf, RichText, convert_document
from isomer.messages import Message
from isomer.read import read_source
from isomer.source import DocumentKind, SourceDocument
from tests.isomer.convert.helpers import without_keys
from tests.isomer.read.sources import write

FOLDER = Path(__file__).parent / "golden"
BODIES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".md", ".html"))


def readable(value: Any) -> Any:
    """Return converted content as plain data without ids, marks as what they stand for."""
    if isinstance(value, RichText):
        return without_keys(value.html)
    if isinstance(value, ImportedHtml):
        return {"kept": value.html}
    if isinstance(value, LinkTo):
        return {"link to": value.address}
    if isinstance(value, PictureOf):
        return {"picture": value.path}
    if isinstance(value, list):
        return [readable(item) for item in value]
    if isinstance(value, dict):
        if value.keys() == {"type", "value", "id"}:
            inner = readable(value["value"])
            return inner if value["type"] == "item" else {value["type"]: inner}
        return {key: readable(item) for key, item in value.items()}
    return value


def golden(converted: Converted, of_reading: list[Message]) -> str:
    data = {
        "blocks": readable(converted.stream),
        "messages": [f"{one.rule}: {one.text}" for one in [*of_reading, *converted.messages]],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("path", BODIES, ids=lambda path: path.stem)
def test_a_body_becomes_these_blocks(path: Path, tmp_path: Path) -> None:
    body = path.read_text(encoding="utf-8")
    # Reading fills in the template of a body.
    source = read_source(write(tmp_path, {path.name: f"---\ntitle: A\n---\n{body}"}))
    document = SourceDocument(path.name, DocumentKind.PAGE, {}, source.documents[0].body)
    found = golden(convert_document(document), source.messages)
    expected = path.with_suffix(".json")
    if os.environ.get("REWRITE_GOLDEN") == "1":
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


def test_no_file_is_left_behind() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == {path.stem for path in BODIES}
