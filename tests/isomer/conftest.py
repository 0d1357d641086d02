"""What the tests of the importer share."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture
def earlier_objects_set_aside() -> Iterator[None]:
    """Keep what earlier tests left in memory, half a gigabyte, out of each collection of a
    test that measures time."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
