"""What is written is readable on an old site: its own parser leaves every word in its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from isomer.convert.values import Block
from isomer.write.body import BodyWriter
from tests.isomer.convert.kramdown_judge import Judge, facts_of, words_of
from tests.isomer.importing import DEMO, run_import
from tests.isomer.write.random_blocks import bodies
from tests.isomer.write.roundtrip import export

pytestmark = pytest.mark.kramdown


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    made = Judge()
    yield made
    made.close()


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(blocks=bodies())
def test_any_body_is_readable(judge: Judge, blocks: list[Block]) -> None:
    html = BodyWriter().write(blocks)
    # The old generator filled in template marks first; there are none.
    assert words_of(judge.html(html)) == words_of(html), html


@pytest.mark.django_db
def test_the_demo_is_the_same(judge: Judge, tmp_path: Path) -> None:
    run_import(DEMO)
    export(tmp_path / "one", include_drafts=True)
    files = sorted((tmp_path / "one").rglob("*.md"))
    bodies = [file.read_text(encoding="utf-8").split("---\n", 2)[2] for file in files]
    assert sum(bool(body.strip()) for body in bodies) > 15
    for body in bodies:
        shown = judge.html(body)
        assert (words_of(shown), facts_of(shown)) == (words_of(body), facts_of(body))
