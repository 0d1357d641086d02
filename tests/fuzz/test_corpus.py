"""Every seed and every text that was once a finding is read without an error."""

from __future__ import annotations

import pytest

from tests.fuzz.targets import SEEDS, TARGETS
from tests.isomer.importing import ROOT

CORPUS = ROOT / "tests" / "fuzz" / "corpus"
FOUND = [
    (file.parent.name, file.read_bytes().decode("utf-8", "replace"))
    for file in sorted(CORPUS.glob("*/*"))
]
ALL = [*((name, seed) for name, seeds in SEEDS.items() for seed in seeds), *FOUND]


@pytest.mark.parametrize(("name", "text"), ALL)
def test_what_was_found_is_read(name: str, text: str) -> None:
    TARGETS[name](text)
