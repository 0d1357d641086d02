"""A document that costs too much arrives as plain text; the process that reads it is stopped."""

from __future__ import annotations

import resource
import signal

import pytest

from content.failures import sentence
from isomer import bounded
from isomer.bounded import OverLimitError, watched, within_limits
from tests.isomer.convert.helpers import convert, rules, shown, visible_words


def endless() -> None:
    while True:
        pass


def test_a_task_gives_its_result_or_its_error() -> None:
    assert within_limits(lambda: [1, "a"]) == [1, "a"]
    calls: list[int] = []

    def fail() -> None:
        calls.append(1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError) as raised:
        within_limits(fail)
    # The process without limits does not try it again, and tells where it happened.
    assert calls == []
    assert "in fail" in str(raised.value.__cause__)
    # What a person reads is a sentence.
    assert "Traceback" not in sentence(raised.value)


def test_a_task_whose_result_cannot_be_handed_over() -> None:
    with pytest.raises(RuntimeError, match="without an answer"):
        within_limits(lambda: lambda: None)


def test_a_task_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "SECONDS", 1)
    with pytest.raises(OverLimitError):
        within_limits(endless)


def test_a_task_without_bound_is_stopped() -> None:
    with pytest.raises(OverLimitError):
        within_limits(lambda: len(bytearray(2 * bounded.MEGABYTES * 1024 * 1024)))


def test_what_is_watched_is_stopped_and_leaves_no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "SECONDS", 0.2)
    before = resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGVTALRM)
    assert watched(lambda: [1, "a"]) == [1, "a"]
    with pytest.raises(OverLimitError):
        watched(endless)
    with pytest.raises(OverLimitError):
        watched(lambda: len(bytearray(2 * bounded.MEGABYTES * 1024 * 1024)))
    with pytest.raises(ZeroDivisionError):
        watched(lambda: 1 // 0)
    assert (resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGVTALRM)) == before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)


@pytest.mark.parametrize("paragraphs", [2, 4000], ids=["short", "long"])
def test_a_document_over_the_limit_arrives_as_text(
    monkeypatch: pytest.MonkeyPatch, paragraphs: int
) -> None:
    monkeypatch.setattr(bounded, "SECONDS", 1)
    monkeypatch.setattr("isomer.convert.body_blocks", lambda *rest: endless())
    body = "<p>Some <b>words</b>.</p><script>no()</script>" + "<p>More words.</p>" * paragraphs
    converted = convert(body)
    assert rules(converted) == ["document-over-limit"]
    assert visible_words(shown(converted))[:4] == ["Some", "words.", "More", "words."]


@pytest.mark.parametrize("written_in", ["html", "markdown"])
def test_a_long_document_is_the_same_document(
    monkeypatch: pytest.MonkeyPatch, written_in: str
) -> None:
    body = "<p>Some <b>words</b>, a <a href='/x/'>link</a>.</p>\n\n" * 2000
    there = convert(body, written_in)
    monkeypatch.setattr(bounded, "ORDINARY_LENGTH", 10**9)
    assert convert(body, written_in) == there
