"""The importer can be taken out when the move is over."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scri.checks import ALLOWED_IMPORTS

BASE = Path(__file__).resolve().parents[2]


@pytest.mark.sqlite
def test_a_site_goes_on_without_the_importer(db: None, migrated_copy: Path, tmp_path: Path) -> None:
    """With the database of a time when it was there."""
    shutil.copyfile(migrated_copy, tmp_path / "site.sqlite3")
    done = subprocess.run(
        [sys.executable, "-m", "tests.scri.without_importer"],
        cwd=BASE,
        env={**os.environ, "TEST_FOLDER": str(tmp_path),
             "DJANGO_SETTINGS_MODULE": "tests.scri.without_importer"},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_no_room_knows_the_importer() -> None:
    assert [room for room, known in ALLOWED_IMPORTS.items() if "isomer" in known] == []
    for room in ALLOWED_IMPORTS.keys() - {"isomer"}:
        for file in (BASE / room).rglob("migrations/*.py"):
            assert '("isomer",' not in file.read_text(encoding="utf-8"), file
