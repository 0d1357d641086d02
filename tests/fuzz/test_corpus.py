"""Every text that is kept, and every text that was once a finding, is read without an error."""

from __future__ import annotations

import pytest

from tests.fuzz.corpus import findings, kept_texts
from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_the_corpus_is_read(name: str) -> None:
    for text in kept_texts(name) + findings(name):
        TARGETS[name](text)
