"""No file has more than 400 lines, no function more than 60 (CONTRIBUTING.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

BASE = Path(settings.BASE_DIR)
LINES_OF_A_FILE, LINES_OF_A_FUNCTION = 400, 60


def too_long(file: Path) -> Iterator[str]:
    """Yield what is too long in a file, the file itself included."""
    text = file.read_text(encoding="utf-8")
    if (lines := len(text.splitlines())) > LINES_OF_A_FILE:
        yield f"{file}: {lines} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LINES_OF_A_FUNCTION:
                yield f"{file}:{node.lineno}: {node.name} has {lines} lines"


def test_nothing_wants_splitting() -> None:
    rooms = [folder for folder in BASE.iterdir() if (folder / "__init__.py").is_file()]
    files = [
        file for room in rooms for file in room.rglob("*.py") if "migrations" not in file.parts
    ]
    assert len(files) > 500
    assert [found for file in files for found in too_long(file)] == []


def test_what_is_too_long_is_found(tmp_path: Path) -> None:
    file = tmp_path / "long.py"
    file.write_text("def one():\n" + "    pass\n" * 60 + "\n" * 350)
    assert len(list(too_long(file))) == 2
