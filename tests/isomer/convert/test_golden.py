"""Small bodies and the blocks that become of them, side by side in ``golden/``.

``REWRITE_GOLDEN=1`` writes the files anew; read the difference before you keep it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from isomer.convert.values import ImportedHtml, LinkTo, PictureOf, RichText
from tests.isomer.convert.helpers import convert, without_keys

GOLDEN = Path(__file__).parent / "golden"
BODIES = sorted(path for path in GOLDEN.iterdir() if path.suffix in (".html", ".md"))


def readable(value: Any) -> Any:
    """Return converted content as JSON that a person can read: no ids, marks spelt out."""
    if isinstance(value, RichText | ImportedHtml):
        return without_keys(value.html)
    if isinstance(value, LinkTo):
        return value.address
    if isinstance(value, PictureOf):
        return value.path
    if isinstance(value, list):
        return [readable(item) for item in value]
    if isinstance(value, dict) and value.get("type") == "item" and "id" in value:
        return readable(value["value"])
    if isinstance(value, dict) and {"type", "value", "id"} <= value.keys():
        return {value["type"]: readable(value["value"])}
    if isinstance(value, dict):
        return {name: readable(item) for name, item in value.items()}
    return value


@pytest.mark.parametrize("path", BODIES, ids=lambda path: path.name)
def test_golden(path: Path) -> None:
    variant = "tiptap" if path.suffix == ".html" else "markdown"
    converted = convert(path.read_text(encoding="utf-8"), variant)
    found = {
        "blocks": readable(converted.stream),
        "messages": [f"{message.rule}: {message.text}" for message in converted.messages],
    }
    golden = path.with_suffix(".json")
    if os.environ.get("REWRITE_GOLDEN"):
        golden.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    assert json.loads(golden.read_text(encoding="utf-8")) == found
