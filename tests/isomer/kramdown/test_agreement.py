"""Our reader and kramdown make the same of a text."""

from __future__ import annotations

import pytest

from isomer.verify.markdown import Ruby, ruby
from tests.isomer.kramdown.agreement import agreement, cases, ours
from tests.isomer.kramdown.generated import body

# Inputs of kramdown's own tests that differ, and why.
EXPLAINED = {
    "block/06_codeblock/whitespace": "white space that is shown as signs (``.show-whitespaces``)",
}
SAMPLE, WHOLE = 150, 10_000


@pytest.fixture(scope="module")
def judge() -> Ruby:
    running = ruby()
    assert running is not None
    return running


@pytest.mark.shared
def test_the_inputs_of_kramdowns_own_tests() -> None:
    found = {name: agreement(ours(text), html) for name, text, html in cases()}
    assert len(found) > 150
    differing = {name for name, how in found.items() if how != "tree"}
    assert differing == set(EXPLAINED)


@pytest.mark.kramdown
def test_generated_bodies(judge, long_run) -> None:
    """Most are far odder than what people write; nearly all of them are the same tree."""
    total = WHOLE if long_run else SAMPLE
    found = [agreement(ours(body(seed)), judge.html(body(seed)) or "") for seed in range(total)]
    # One in a thousand may differ, and one in the sample.
    assert total - found.count("tree") <= max(1, total // 1000)
