"""Plan first: what a dry run shows, and runs that are bound to it (design, promises 5, 7 and 8)."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Revision

from content.models import ContentPage, SectionPage
from isomer.apply.media import MediaWriter
from isomer.lock import ImportRunning, run_lock
from isomer.models import ImportedObject, ImportRun
from isomer.plan import load_mapping
from isomer.plan.model import Action
from isomer.present.state import SiteChanged
from isomer.runs.plan_file import PlanFileError
from isomer.runs.run import Planned, Request, import_source, plan_source
from navigation.models import SiteIdentity
from tests.isomer.importing import DEMO, ROOT, command_output, run_import, write_documents

pytestmark = pytest.mark.django_db

HOME = "---\nlayout: homepage\ntitle: Home\npermalink: /\n---\n"
FIRST = "---\ntitle: First\npermalink: /work/first/\n---\nOne sentence.\n\n## Heading\n\nAnother.\n"
SECOND = "---\ntitle: Second\npermalink: /work/second/\n---\nHere.\n"
MAPPING = Path(settings.ISOMER_MAPPING)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_documents(tmp_path / "site", home__md=HOME, first__md=FIRST, second__md=SECOND)


def plan_of(source: Path, **options: Any) -> Planned:
    return plan_source(Request(source, load_mapping(MAPPING), **options))


def apply(source: Path, planned: Planned) -> Any:
    mapping = load_mapping(MAPPING)
    return import_source(source, mapping, bound_to=planned.binding(MAPPING))


def rows() -> dict[str, int]:
    """Return how many rows each table holds."""
    with connection.cursor() as cursor:
        found = {}
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(name)}")
            found[name] = cursor.fetchone()[0]
    return found


# Promise 7: a dry run is a promise


def test_a_dry_run_writes_nothing_into_the_database(source: Path) -> None:
    before = rows()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        plan_of(source)
    assert rows() == before
    assert [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []
    run_import(source)
    write_documents(source, first__md=FIRST.replace("One", "Another"))
    before = rows()
    plan_of(source)
    assert rows() == before


def test_the_plan_says_what_the_run_then_does(source: Path) -> None:
    planned = plan_of(source)
    done = apply(source, planned)
    assert done.outcome.run.plan_hash == planned.plan.digest
    assert done.outcome.pages == Counter(page.action for page in planned.plan.pages)
    again = plan_of(source)
    assert {page.action for page in again.plan.pages} == {Action.KEEP}


def test_the_same_source_and_site_give_the_same_plan(source: Path) -> None:
    assert plan_of(source).plan.digest == plan_of(source).plan.digest
    run_import(source)
    assert plan_of(source).plan.digest == plan_of(source).plan.digest


def test_a_plan_is_refused_when_the_source_changed(source: Path) -> None:
    planned = plan_of(source)
    write_documents(source, first__md=FIRST.replace("One", "Another"))
    with pytest.raises(PlanFileError, match=r"page first\.md.*--dry-run"):
        apply(source, planned)
    assert not ImportRun.objects.exists()


def test_a_plan_is_refused_when_the_site_changed(source: Path) -> None:
    run_import(source)
    write_documents(source, first__md=FIRST.replace("One", "Another"))
    planned = plan_of(source)
    page = ContentPage.objects.get(title="Second")
    page.title = "Mine"
    page.save_revision().publish()
    with pytest.raises(PlanFileError, match="the page “Mine” was changed"):
        apply(source, planned)
    assert ImportRun.objects.count() == 1


def change_setting() -> None:
    identity = SiteIdentity.objects.get()
    identity.name = "Another name"
    identity.save()


def add_page() -> None:
    SectionPage.objects.get().add_child(instance=ContentPage(title="New", slug="new"))


def save_draft() -> None:
    page = ContentPage.objects.get(title="First")
    page.title = "A draft"
    page.save_revision()


@pytest.mark.parametrize(
    "change",
    [
        change_setting,
        add_page,
        save_draft,
        lambda: ContentPage.objects.get(title="First").unpublish(),
        lambda: ContentPage.objects.get(title="First").delete(),
        lambda: ImportedObject.objects.filter(source_path="first.md").delete(),
    ],
)
def test_whatever_people_change_makes_a_plan_void(source: Path, change: Any) -> None:
    run_import(source)
    planned = plan_of(source)
    change()
    with pytest.raises(PlanFileError):
        apply(source, planned)


def test_pages_that_people_changed_are_named_and_left_alone(source: Path) -> None:
    run_import(source)
    save_draft()
    write_documents(source, first__md=FIRST.replace("One", "Another"))
    out = command_output(str(source), "--dry-run", "--report", str(source.parent))
    assert "left alone  First" in out
    report = json.loads(next(source.parent.glob("*-plan.json")).read_text(encoding="utf-8"))
    (left,) = [page for page in report["pages"] if page["done"] == "left alone"]
    assert left["reason"] == "a person changed it since the last import"


def test_the_command_shows_words_and_applies_the_file(source: Path) -> None:
    run_import(source)
    write_documents(source, first__md=FIRST.replace("One sentence", "Three short sentences"))
    before = Revision.objects.count()
    out = command_output(str(source), "--dry-run", "--report", str(source.parent))
    assert "to update   First" in out
    assert "Body: block 1 (Text) is changed: + Three short sentences.; − One sentence." in out
    assert "nothing was imported" in out
    assert Revision.objects.count() == before
    file = next(source.parent.glob("*-plan.json"))
    page = file.with_suffix(".html").read_text(encoding="utf-8")
    assert "Three short sentences." in page
    out = command_output("--plan", str(file), "--report", str(source.parent))
    assert "1 updated" in out
    assert Revision.objects.count() == before + 1
    with pytest.raises(CommandError, match="does not hold any more"):
        command_output("--plan", str(file), "--report", str(source.parent))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Name the SOURCE"),
        (["--plan", "{plan}", "--skip-unused"], "leave out --skip-unused"),
        (["--plan", "nothing.json"], "can't be read"),
        (["--plan", "{page}"], "is not a plan"),
        (["--plan", "{other}"], "is not a plan"),
    ],
)
def test_what_the_command_refuses(source: Path, arguments: list[str], said: str) -> None:
    command_output(str(source), "--dry-run", "--report", str(source.parent))
    plan = next(source.parent.glob("*-plan.json"))
    other = source.parent / "other.json"
    other.write_text("{}")
    names = {"plan": plan, "page": plan.with_suffix(".html"), "other": other}
    with pytest.raises(CommandError, match=said):
        command_output(*(argument.format(**names) for argument in arguments))


# Promise 8: all or nothing, one run at a time


def before_writing(monkeypatch: pytest.MonkeyPatch, people: Iterator[Callable[[], None]]) -> None:
    """Let people change something each time that files have been stored and rows come next."""
    stage = MediaWriter.stage

    def stage_slowly(writer: MediaWriter, note: Any) -> None:
        stage(writer, note)
        next(people, lambda: None)()

    monkeypatch.setattr(MediaWriter, "stage", stage_slowly)


def change_setting_again() -> None:
    identity = SiteIdentity.objects.get()
    identity.name += "!"
    identity.save()


def test_a_site_that_changes_before_the_writing_is_planned_again(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_import(source)
    write_documents(source, first__md=FIRST.replace("One", "Another"))
    before_writing(monkeypatch, iter([save_draft]))
    done = run_import(source)
    assert {page.key: page.action for page in done.plan.pages}["first.md"] is Action.LEAVE
    assert Page.objects.get(slug="first").draft_title == "A draft"


def test_a_site_that_never_rests_is_not_written(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_import(source)
    before_writing(monkeypatch, itertools.repeat(change_setting_again))
    with pytest.raises(SiteChanged, match="start it again"):
        run_import(source)
    assert ImportRun.objects.count() == 1


def test_a_second_run_waits_for_nobody_and_says_so(source: Path) -> None:
    with run_lock(), pytest.raises(ImportRunning, match="Another import"):
        run_import(source)
    run_import(source)


HOLD = """
import django, sys, time
django.setup()
from isomer.lock import run_lock
with run_lock():
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_killed_run_holds_no_lock(tmp_path: Path) -> None:
    database = tmp_path / "own.sqlite3"
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "scri.settings.dev",
    }
    command = [sys.executable, "-c", HOLD]
    first = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, cwd=ROOT, text=True)
    try:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        second = subprocess.run(command, env=environment, capture_output=True, cwd=ROOT, text=True)
        assert f"process {first.pid}" in second.stderr
    finally:
        first.kill()
        first.wait()
    third = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, cwd=ROOT, text=True)
    try:
        assert third.stdout is not None
        assert third.stdout.readline() == "held\n"
    finally:
        third.kill()
        third.wait()


def test_the_plan_of_the_demo_is_what_is_done() -> None:
    planned = plan_of(DEMO)
    done = apply(DEMO, planned)
    assert done.outcome.run.plan_hash == planned.plan.digest
    assert Page.find_problems() == ([], [], [], [], [])
