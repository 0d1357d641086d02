"""What is exported and imported again is the same site, and its export the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.isomer.importing import DEMO, run_import
from tests.isomer.write.roundtrip import round_trip, said

pytestmark = pytest.mark.django_db


def test_the_demo_comes_back(tmp_path: Path) -> None:
    run_import(DEMO)
    done = round_trip(tmp_path)
    print(*done.exports[0].findings, sep="\n")
    first, second = said(done.first), said(done.second)
    assert first["pages"] == second["pages"]
    assert first == second
    assert done.files[0] == done.files[1]
