"""The texts that fuzzing keeps: ``corpus/TARGET.json``, and each finding in ``corpus/TARGET/``."""

from __future__ import annotations

import json
from pathlib import Path

FINDINGS = Path(__file__).parent / "corpus"


def kept_texts(name: str) -> list[str]:
    """Return the texts that are kept for a reader, none if nothing was kept yet."""
    file = FINDINGS / f"{name}.json"
    return list(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else []


def keep_texts(name: str, texts: list[str]) -> None:
    """Keep these texts for a reader, in place of what was kept."""
    lines = json.dumps(sorted(set(texts)), indent=0)
    (FINDINGS / f"{name}.json").write_text(lines + "\n", encoding="utf-8")


def findings(name: str) -> list[str]:
    """Return the texts that once were findings in a reader."""
    files = sorted((FINDINGS / name).glob("*"))
    return [file.read_bytes().decode("utf-8", "replace") for file in files]
