"""The record of runs is lean: a message stands in it once, and old ones go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from isomer.models import ImportMessage
from tests.isomer.importing import run_import
from tests.isomer.media import HOME
from tests.isomer.read.sources import write

pytestmark = pytest.mark.django_db
PAGE = "---\ntitle: A\npermalink: /a/\nodd: {}\n---\n[x](/none/) [y](/gone/)\n"


def source_of(folder: Path, odd: str = "1", **files: str) -> Path:
    return write(folder, {"index.md": HOME, "pages/a.md": PAGE.format(odd), **files})


def said(run: Any) -> list[tuple[str, str]]:
    return list(run.messages.order_by("pk").values_list("rule", "text"))


def test_an_unchanged_run_does_not_repeat_its_messages(tmp_path: Path) -> None:
    source = source_of(tmp_path)
    run_import(source)
    second = run_import(source).outcome.run
    before, count = said(second), ImportMessage.objects.count()
    third = run_import(source).outcome.run
    assert ImportMessage.objects.count() == count
    assert said(third) == before
    assert said(second) == []


def test_a_new_message_stands_in_its_place(tmp_path: Path) -> None:
    first = run_import(source_of(tmp_path)).outcome.run
    second = run_import(source_of(tmp_path, odd="2")).outcome.run
    assert said(first) == [("field-left-out", "1")]
    assert len(said(second)) > 1
    assert ("field-left-out", "2") in said(second)
    assert [rule for rule, _ in said(second)].index("field-left-out") < len(said(second)) - 1


def test_messages_of_old_runs_go(tmp_path: Path, settings: Any) -> None:
    settings.ISOMER_RUNS_WITH_MESSAGES = 2
    runs = [run_import(source_of(tmp_path, odd=str(n))).outcome.run for n in range(2, 6)]
    assert [run.messages.exists() for run in runs] == [False, False, True, True]


def test_a_file_that_left_the_source_is_named(tmp_path: Path) -> None:
    run_import(source_of(tmp_path, **{"files/a.pdf": "%PDF-1.4 a"}))
    (tmp_path / "files" / "a.pdf").unlink()
    for _ in range(2):
        run = run_import(tmp_path).outcome.run
        named = run.messages.filter(rule="media-gone").values_list("source_path", flat=True)
        assert list(named) == ["/files/a.pdf"]


def test_a_message_about_a_link_with_a_null_character(tmp_path: Path) -> None:
    page = "---\ntitle: A\npermalink: /a/\n---\n[x](/no%00ne/)\n"
    run = run_import(write(tmp_path, {"index.md": HOME, "pages/a.md": page})).outcome.run
    assert [rule for rule, _ in said(run)].count("link-target-missing") == 1
    assert "\0" not in "".join(text for _, text in said(run))
