"""Markup of every kind that the importer knows, imported, served, and looked at anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from isomer.models import Certificate
from isomer.verify.run import verify_run
from tests.isomer.importing import ROOT, run_import

pytestmark = pytest.mark.django_db

GOLDEN = ROOT / "tests" / "isomer" / "convert" / "golden"
SOURCES = [file for file in sorted(GOLDEN.iterdir()) if file.suffix in (".md", ".html")]


def test_every_kind_of_markup_arrives_whole(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for file in SOURCES:
        head = f"---\ntitle: {file.stem}\npermalink: /{file.stem}/\n---\n"
        (pages / file.name).write_text(head + file.read_text())
    run_import(tmp_path)
    found = verify_run()
    assert {one.source_path: one.unexplained for one in found.failed} == {}
    assert len(found.certificates) == len(SOURCES)
    assert {one.state for one in found.certificates} == {
        Certificate.State.PASSED,
        Certificate.State.EXPLAINED,
    }
