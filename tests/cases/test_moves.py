"""A real site whose every page is moved and renamed: no link and no old address breaks."""

from __future__ import annotations

import pytest

from tests.cases.conftest import Case

NAME = "healthtechsprint-moht"


@pytest.mark.cases
@pytest.mark.parametrize(
    "case", [pytest.param(NAME, marks=pytest.mark.xdist_group(NAME))], indirect=True
)
def test_moving_and_renaming_everything_breaks_nothing(case: Case) -> None:
    found = case.examine("moves", "1")
    assert len(found.pop("done")) > 30
    assert found == {"problems": [], "lost": [], "broken": []}
