"""Small documents beside the blocks that become of them, to be read like documentation.

``golden/<name>.md`` or ``.html`` is a body, ``golden/<name>.json`` what it becomes: the
blocks without ids, rich text as its markup, links and pictures as written, and the
messages. ``REWRITE_GOLDEN=1 pytest …`` writes the JSON files anew; read the difference.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from isomer.convert import convert_document
from isomer.convert.values import ImportedHtml, LinkTo, PictureOf, RichText
from isomer.source import DocumentKind, SourceDocument
from tests.isomer.convert.helpers import without_keys

FOLDER = Path(__file__).parent / "golden"
SOURCES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".md", ".html"))


def readable(value: Any) -> Any:
    """Return converted content without what only machines need."""
    if isinstance(value, RichText | ImportedHtml):
        return without_keys(value.html)
    if isinstance(value, LinkTo):
        return value.address
    if isinstance(value, PictureOf):
        return value.path
    if isinstance(value, list):
        return [readable(item) for item in value]
    if isinstance(value, dict) and value.keys() == {"type", "value", "id"}:
        inner = readable(value["value"])
        return inner if value["type"] == "item" else {value["type"]: inner}
    if isinstance(value, dict):
        return {key: readable(item) for key, item in value.items()}
    return value


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_golden(source: Path) -> None:
    document = SourceDocument(source.name, DocumentKind.PAGE, {}, source.read_text())
    converted = convert_document(document)
    found = {
        "blocks": readable(converted.stream),
        "messages": [f"{message.rule}: {message.text}" for message in converted.messages],
    }
    golden = source.with_suffix(".json")
    if os.environ.get("REWRITE_GOLDEN"):
        golden.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    assert found == json.loads(golden.read_text())


def test_every_golden_file_has_its_source() -> None:
    assert {source.stem for source in SOURCES} == {path.stem for path in FOLDER.glob("*.json")}
