"""Small sources for the tests of this room, written to a temporary folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from isomer.source import SourceSite

SHARED = Path(__file__).resolve().parents[4] / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared material is not here")

PAGE = "---\ntitle: A page\n---\nText.\n"


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def paths(site: SourceSite) -> list[str]:
    return [document.path for document in site.documents]


def found(site: SourceSite) -> list[tuple[str, str]]:
    return [(message.rule, message.path) for message in site.messages]
