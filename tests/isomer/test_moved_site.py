"""Editors move and rename every page of the demo: no link breaks, no old address is lost."""

from __future__ import annotations

import pytest
from wagtail.models import Site

from tests.conftest import LONG
from tests.isomer.importing import DEMO, run_import
from tests.moving import MovedSite


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(9 if LONG else 1))
def test_moving_and_renaming_everything_breaks_no_link_and_no_old_address(seed: int) -> None:
    run_import(DEMO)
    moved = MovedSite(Site.objects.get(is_default_site=True), seed)
    moved.do_everything()
    assert len(moved.done) > 40
    assert moved.problems() == []
    assert moved.lost_places() == [], moved.done
    assert set(moved.broken_links()) <= moved.broken_before, moved.done
