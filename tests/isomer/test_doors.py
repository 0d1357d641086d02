"""Each stage of an import has one door: what ``__init__.py`` of its folder exports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import isomer

FOLDER = Path(isomer.__file__).parent
STAGES = frozenset(
    {
        "apply", "convert", "fetch", "kramdown", "liquid", "messages", "plan", "present", "read",
        "report", "review", "runs", "verify",
    }
)  # fmt: skip


def passed_by(folder: Path) -> Iterator[str]:
    """Yield each import of an inner module of a stage from outside of that stage."""
    for file in folder.parent.rglob("*.py"):
        if {"tests", ".venv", "node_modules"} & set(file.relative_to(folder.parent).parts):
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            room, _, inner = module.partition(".")
            stage, _, deeper = inner.partition(".")
            if room != folder.name or stage not in STAGES or not deeper:
                continue
            if not file.is_relative_to(folder / stage):
                yield f"{file.relative_to(folder.parent)}: {module}"


def test_stages_are_entered_by_their_door() -> None:
    assert sorted(passed_by(FOLDER)) == []


def test_a_way_around_is_found(tmp_path: Path) -> None:
    for name, line in (
        ("isomer/plan/one.py", "from isomer.plan.two import x\nfrom isomer.convert import y\n"),
        ("isomer/apply/one.py", "from isomer.plan.two import x\n"),
        ("care/one.py", "def later():\n    from isomer.read.files import z\n"),
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(line)
    assert sorted(passed_by(tmp_path / "isomer")) == [
        "care/one.py: isomer.read.files",
        "isomer/apply/one.py: isomer.plan.two",
    ]
