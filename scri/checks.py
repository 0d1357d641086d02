"""System checks that keep the shape of the project."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

# Who may import whom. A room that is not listed as a target may not be imported:
# `scri` is above all; pages know `content` and `navigation`; `content` knows no other
# room; the home page shows the newest resources. What other rooms know of a page's needs
# they tell `care` by hooks; `editors` says who may do what. Nobody knows `isomer`, so that it
# can be taken out; it meets page types only through its mapping.
ALLOWED_IMPORTS: Mapping[str, frozenset[str]] = {
    "content": frozenset(),
    "navigation": frozenset({"content"}),
    "home": frozenset({"content", "navigation", "resources"}),
    "networks": frozenset({"content", "navigation"}),
    "platforms": frozenset({"content", "navigation"}),
    "resources": frozenset({"content", "navigation"}),
    "search": frozenset({"content", "navigation"}),
    "care": frozenset({"content", "navigation"}),
    "editors": frozenset({"content", "navigation", "home", "resources", "care"}),
    "isomer": frozenset({"content", "navigation", "care", "editors"}),
}
ROOMS = frozenset({*ALLOWED_IMPORTS, "scri"})


def imported_rooms(source: str) -> Iterator[tuple[int, str]]:
    """Yield ``(line, room)`` for each import of a room in Python source text."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        else:
            continue
        for name in names:
            room = name.split(".")[0]
            if room in ROOMS:
                yield node.lineno, room


def forbidden_imports(base: Path) -> Iterator[tuple[Path, int, str, str]]:
    """Yield ``(file, line, room, imported room)`` for each import against the rule."""
    for room, allowed in ALLOWED_IMPORTS.items():
        for file in sorted((base / room).rglob("*.py")):
            for line, imported in imported_rooms(file.read_text(encoding="utf-8")):
                if imported != room and imported not in allowed:
                    yield file, line, room, imported


@register()
def check_rooms(**kwargs: Any) -> list[CheckMessage]:
    """Report each import that goes against the rule of rooms."""
    base = Path(settings.BASE_DIR)
    return [
        Error(
            f"{file.relative_to(base)}:{line}: {room} may not import {imported}.",
            hint="docs/architecture.md says who may import whom.",
            id="scri.E001",
        )
        for file, line, room, imported in forbidden_imports(base)
    ]
