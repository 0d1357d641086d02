"""At every point where something is written, a run is killed, stopped or runs into an error."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cases.conftest import FIDELITY, database
from tests.isomer.broken.points import POINTS, WAYS
from tests.isomer.read.sources import write
from tests.pictures import PDF, picture

# One process makes the trials for all tests here.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("broken")]

MENU = "links:\n  - title: About\n    url: /about/a/\n"
HOME = "---\nlayout: homepage\ntitle: {}\npermalink: /\n---\n"
ABOUT = "---\ntitle: About\npermalink: /about/a/\n---\n{}\n\n![Words](/images/a.png)\n"
FIRST: dict[str, str | bytes] = {
    "_config.yml": "title: Agency\n",
    "_data/navigation.yml": MENU,
    "_redirects": "/old /about/a/ 301\n",
    "index.md": HOME.format("Agency"),
    "pages/a.md": ABOUT.format("The first text, and [a file](/files/b.pdf)."),
    "pages/contact.md": "---\ntitle: Contact\npermalink: /contact/\n---\nSee [c](/about/c/).\n",
    "images/a.png": picture(size=(600, 400)),
    "files/b.pdf": PDF,
}
SECOND: dict[str, str | bytes] = FIRST | {
    "_config.yml": "title: Another name\n",
    "_redirects": "/old /about/c/ 301\n/older /about/a/ 301\n",
    "pages/a.md": ABOUT.format("The second text leads [nowhere](/nowhere/)."),
    "pages/c.md": "---\ntitle: New\npermalink: /about/c/\n---\n![Words](/images/d.png)\n",
    "images/a.png": picture(size=(640, 400), colour="red"),
    "images/d.png": picture(size=(500, 300)),
    "files/b.pdf": PDF + b"%more\n",
}


@pytest.fixture(scope="module")
def trials(
    tmp_path_factory: pytest.TempPathFactory, migrated_copy: Path | None
) -> Iterator[dict[str, Any]]:
    """What happened in all trials, made in one process that copies itself."""
    folder = tmp_path_factory.mktemp("broken")
    write(folder / "first", FIRST)
    write(folder / "second", SECOND)
    with database() as address:
        environment = FIDELITY.environment_for(folder, address)
        if migrated_copy is not None and migrated_copy.exists():
            shutil.copyfile(migrated_copy, folder / "db.sqlite3")
        FIDELITY.manage(environment, "migrate", "--verbosity", "0")
        done = subprocess.run(
            [sys.executable, "-m", "tests.isomer.broken.trial", str(folder)],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        yield json.loads((folder / "all.json").read_text())


def test_the_trials_begin_with_two_whole_runs(trials: dict[str, Any]) -> None:
    assert trials["first"] == [0, ""]
    assert trials["second"] == [0, ""]
    changed = [
        name
        for part in ("content", "rest")
        for name, lines in trials["before"][part].items()
        if lines != trials["complete"][part][name]
    ]
    assert {"pages", "pictures", "documents", "redirects", "identity"} <= set(changed)
    assert {"care", "links", "sizes", "files"} <= set(changed)
    assert len({trial["point"] for trial in trials["trials"]}) == len(POINTS) >= 12


def failures(trials: dict[str, Any], check: Any) -> list[str]:
    return [
        f"{trial['point']}, {trial['way']}: {problem}"
        for trial in trials["trials"]
        if (problem := check(trial))
    ]


def is_written(trial: dict[str, Any]) -> bool:
    return next(point.written for point in POINTS if point.name == trial["point"])


def differing(found: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    return [
        f"{name}: {sorted(set(lines) ^ set(expected[name]))}"
        for name, lines in found.items()
        if lines != expected[name]
    ]


def test_the_site_is_as_before_or_complete(trials: dict[str, Any]) -> None:
    def check(trial: dict[str, Any]) -> Any:
        expected = trials["complete" if is_written(trial) else "before"]
        return differing(trial["broken"]["content"], expected["content"])

    assert failures(trials, check) == []


def test_it_ends_with_a_sentence_and_the_right_code(trials: dict[str, Any]) -> None:
    def check(trial: dict[str, Any]) -> Any:
        code, said = trial["code"], trial["said"]
        if trial["way"] == "kill -9":
            return code if code != WAYS["kill -9"].code else ""
        if code == 0 and is_written(trial):
            # The import was done; a report or a care list that failed is named.
            return "" if said.strip() and "Traceback" not in said else said
        told = "The import itself was done" if is_written(trial) else "Nothing was imported"
        right = code == WAYS[trial["way"]].code and told in said and "Traceback" not in said
        return "" if right else f"{code} {said}"

    assert failures(trials, check) == []


def test_an_error_or_a_signal_leaves_no_file_behind(trials: dict[str, Any]) -> None:
    def check(trial: dict[str, Any]) -> Any:
        if trial["way"] == "kill -9" or is_written(trial):
            return ""
        return differing(trial["broken"]["rest"], trials["before"]["rest"])

    assert failures(trials, check) == []


def test_the_row_of_the_run_tells_what_happened(trials: dict[str, Any]) -> None:
    def check(trial: dict[str, Any]) -> Any:
        state, _, error, is_over = trial["mended"]["runs"][1]
        if is_written(trial):
            return "" if (state, error) == ("done", "") else [state, error]
        right = state == WAYS[trial["way"]].state and "Nothing was imported" in error and is_over
        return "" if right else [state, error]

    assert failures(trials, check) == []


def test_the_next_run_leaves_what_an_unbroken_one_leaves(trials: dict[str, Any]) -> None:
    def check(trial: dict[str, Any]) -> Any:
        code, said = trial["again"]
        if code:
            return said
        left = [run for run in trial["mended"]["runs"] if run[1] or run[0] == "running"]
        parts = ("content", "rest")
        wrong = [
            line
            for part in parts
            for line in differing(trial["mended"][part], trials["complete"][part])
        ]
        return wrong or left

    assert failures(trials, check) == []
