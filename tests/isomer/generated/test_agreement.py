"""Jekyll and the imported site agree on repositories that a grammar makes up."""

from __future__ import annotations

import datetime

import pytest
from django.db import transaction

from tests.conftest import LONG
from tests.isomer.generated.jekyll_runs import rendered
from tests.isomer.generated.judgement import Judgement
from tests.isomer.generated.repository import repository
from tests.isomer.importing import run_import
from tests.isomer.read.sources import write

SEEDS = 500 if LONG else 20
# So many repositories are rendered in one process of Ruby, and imported in one database.
TOGETHER = 10


@pytest.mark.jekyll
@pytest.mark.django_db
@pytest.mark.parametrize("first", range(0, SEEDS, TOGETHER))
def test_generated_repositories(tmp_path, first) -> None:
    """All that readers got of the old site they get here, but for the listed exceptions."""
    seeds = range(first, first + TOGETHER)
    roots = [write(tmp_path / str(seed), repository(seed)) for seed in seeds]
    sites = rendered(roots, datetime.date.today())
    found: list[str] = []
    for seed, root, old in zip(seeds, roots, sites, strict=True):
        with transaction.atomic():
            run_import(root)
            judgement = Judgement(root, old)
            found += [f"seed {seed}: {one}" for one in judgement.made()]
            transaction.set_rollback(True)
        assert judgement.pages > 1
    assert not found, "\n".join(found)


def test_a_seed_makes_one_repository() -> None:
    assert repository(7) == repository(7)
    assert repository(7) != repository(8)
