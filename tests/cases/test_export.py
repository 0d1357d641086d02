"""Five real sites, written back: importing the export gives the same site, byte for byte."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.cases.conftest import Case, EmptyCases
from tests.cases.test_cases import NAMES
from tests.isomer.write.roundtrip import files_of

pytestmark = [
    pytest.mark.cases,
    pytest.mark.parametrize(
        "case",
        [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in NAMES],
        indirect=True,
    ),
]


def test_the_export_is_the_site(
    case: Case, empty_cases: EmptyCases, tmp_path: Path, record_property: Any
) -> None:
    begun = time.perf_counter()
    case.export(tmp_path / "one")
    seconds = time.perf_counter() - begun
    folder = tmp_path / "second"
    folder.mkdir()
    with empty_cases.make(case.name, folder) as second:
        second = replace(second, repository=tmp_path / "one")
        second.run_import()
        assert case.examine("said") == second.examine("said")
        second.export(tmp_path / "two")
    one, two = files_of(tmp_path / "one"), files_of(tmp_path / "two")
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
    record_property("figures", f"{case.name}: {len(one)} files written in {seconds:.1f} s")
