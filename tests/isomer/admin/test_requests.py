"""An import asked for in the admin: plan, confirmation, process, and what can go wrong."""

from __future__ import annotations

import datetime
import signal
import subprocess
import threading
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from content.failures import Stopped
from isomer.lock import ImportRunning, run_lock
from isomer.models import Certificate, ImportRun, RunRequest
from isomer.runs import requests
from isomer.runs.request_process import Life, work_on
from isomer.runs.requests import RequestRefused, close_dead_requests, life_file, log_file
from tests.isomer.admin.people import DOCUMENTS, log_in, make_person
from tests.isomer.importing import write_documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def started(monkeypatch):
    """The requests whose process would have been started; tests do its work themselves."""
    found: list[int] = []
    monkeypatch.setattr(requests, "start_process", lambda request: found.append(request.pk))
    return found


@pytest.fixture
def source(tmp_path, settings, started):
    """A folder that may be imported under the name “agency”."""
    settings.ISOMER_SOURCES = {"agency": str(tmp_path / "agency")}
    settings.ISOMER_REPORTS = str(tmp_path / "reports")
    return write_documents(tmp_path / "agency", **DOCUMENTS)


@pytest.fixture
def starter(client, site):
    log_in(client, "starter")
    return client


@pytest.fixture
def person(db):
    return make_person("starter")


def ask(client, site, name="agency", **options) -> Any:
    client.post(reverse("isomer_requests"), {"source": name, "site": site.pk, **options})
    return RunRequest.objects.first()


def confirm(client, asked: RunRequest, digest: str = "") -> None:
    asked.refresh_from_db()
    data = {"confirm": "1", "digest": digest or asked.plan["digest"]}
    client.post(reverse("isomer_request", args=[asked.pk]), data)
    asked.refresh_from_db()


def shown(client, asked: RunRequest) -> str:
    return client.get(reverse("isomer_request", args=[asked.pk])).content.decode()


def test_from_the_question_to_the_verified_site(starter, site, source, started):
    asked = ask(starter, site)
    assert "Being planned" in shown(starter, asked)
    assert not ImportRun.objects.exists()
    work_on(asked.pk)
    plan = shown(starter, asked)
    assert "Waits for confirmation" in plan
    assert "/other/third/" in plan
    assert "Do exactly this" in plan
    assert not ImportRun.objects.exists()
    confirm(starter, asked)
    assert started == [asked.pk, asked.pk]
    work_on(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.error, asked.confirmed_by) == ("done", "", "Starter")
    assert asked.run.plan_hash == asked.plan["digest"]
    assert Certificate.objects.filter(run=asked.run).count() == 4
    assert "pages created" in shown(starter, asked)
    assert not life_file(asked).exists()
    assert list(Path(source.parent / "reports").glob("*-agency.html"))


def test_a_later_plan_shows_updates_word_by_word(starter, site, source):
    for text in ("A text", "Another text"):
        write_documents(source, third__md=DOCUMENTS["third__md"].replace("A text", text))
        asked = ask(starter, site)
        work_on(asked.pk)
        page = shown(starter, asked)
        confirm(starter, asked)
        work_on(asked.pk)
    assert "Another" in page.split("Updates, word by word")[1]


def test_a_plan_that_does_not_hold_any_more_is_refused(starter, site, source):
    asked = ask(starter, site)
    work_on(asked.pk)
    write_documents(source, third__md=DOCUMENTS["third__md"].replace("A text", "Another text"))
    confirm(starter, asked)
    work_on(asked.pk)
    asked.refresh_from_db()
    assert asked.state == "failed"
    assert "The plan does not hold any more" in shown(starter, asked)
    assert not ImportRun.objects.exists()
    assert not Page.objects.filter(title="Third").exists()


def test_only_the_plan_that_was_seen_can_be_confirmed_and_only_once(starter, site, source, started):
    asked = ask(starter, site)
    confirm(starter, asked, digest="of another plan")
    work_on(asked.pk)
    confirm(starter, asked, digest="of another plan")
    assert asked.state == "planned"
    confirm(starter, asked)
    confirm(starter, asked)
    assert len(started) == 2


def test_a_plan_can_be_dropped(starter, site, source, started):
    asked = ask(starter, site)
    work_on(asked.pk)
    starter.post(reverse("isomer_request", args=[asked.pk]), {"cancel": "1"})
    confirm(starter, asked)
    assert asked.state == "cancelled"
    assert len(started) == 1


@pytest.mark.parametrize("name", ["/etc", "../agency", "agency/../..", "", "none"])
def test_only_sources_on_the_list_can_be_named(starter, site, source, started, name):
    assert ask(starter, site, name) is None
    assert not started


def test_without_a_list_the_page_says_how_to_switch_it_on(starter, site, settings, started):
    settings.ISOMER_SOURCES = {}
    page = starter.get(reverse("isomer_requests")).content.decode()
    assert "ISOMER_SOURCES" in page
    assert "Make a plan" not in page
    assert ask(starter, site) is None


def test_a_source_that_is_gone_fails_with_what_to_do(starter, site, source, settings):
    settings.ISOMER_SOURCES = {"agency": str(source / "nowhere")}
    asked = ask(starter, site)
    work_on(asked.pk)
    asked.refresh_from_db()
    assert asked.state == "failed"
    assert "nowhere" in shown(starter, asked)
    assert "Start again" in shown(starter, asked)


def test_one_import_at_a_time(starter, site, source, started):
    ask(starter, site)
    page = starter.post(reverse("isomer_requests"), {"source": "agency", "site": site.pk})
    assert "Another import is being planned or run" in page.content.decode()
    assert len(started) == 1


def test_an_import_by_the_command_goes_first(starter, site, source):
    asked = ask(starter, site)
    work_on(asked.pk)
    confirm(starter, asked)
    with patch("isomer.runs.run.run_lock", side_effect=ImportRunning("process 7")):
        work_on(asked.pk)
    asked.refresh_from_db()
    assert asked.state == "failed"
    assert "process 7" in asked.error


LONG_AGO = datetime.timedelta(minutes=5)


def fall_silent(asked: RunRequest, **values: Any) -> None:
    RunRequest.objects.filter(pk=asked.pk).update(alive_at=timezone.now() - LONG_AGO, **values)
    asked.refresh_from_db()


@pytest.mark.parametrize("state", ["planning", "confirmed", "running"])
def test_a_process_that_is_silent_has_failed(starter, site, source, state):
    asked = ask(starter, site)
    RunRequest.objects.filter(pk=asked.pk).update(state=state, plan={"digest": "x"})
    close_dead_requests()
    asked.refresh_from_db()
    assert asked.state == state
    fall_silent(asked)
    page = shown(starter, asked)
    assert "Failed" in page
    assert str(log_file(asked)) in page.replace("&#x27;", "'")
    assert "start again" in page
    assert "manage.py" not in page
    assert "data-progress" not in page
    asked.refresh_from_db()
    assert asked.state == "failed"
    assert asked.finished_at
    assert ask(starter, site).pk != asked.pk


def test_a_process_that_died_after_the_import_says_so(starter, site, source):
    asked = ask(starter, site)
    work_on(asked.pk)
    confirm(starter, asked)
    work_on(asked.pk)
    fall_silent(asked, state="running")
    page = shown(starter, asked)
    assert "The import itself was done" in page
    assert "Start the same import again" in page
    assert "manage.py" not in page
    asked.refresh_from_db()
    assert asked.state == "done"


def test_a_process_that_died_before_the_pages_says_that_nothing_was_imported(starter, site, source):
    asked = ask(starter, site)
    work_on(asked.pk)
    confirm(starter, asked)
    with (
        patch("isomer.runs.run.apply_plan", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        work_on(asked.pk)
    # As if it had not been able to say so.
    ImportRun.objects.update(state="running", error="")
    fall_silent(asked, state="running", error="")
    assert "Nothing was imported" in shown(starter, asked)
    run = ImportRun.objects.get()
    assert (run.state, asked.run_id) == ("killed", run.pk)
    assert "without a word" in run.error


def test_a_process_that_is_silent_but_holds_the_lock_is_at_work(starter, site, source, monkeypatch):
    monkeypatch.setattr("isomer.lock.PATIENCE", 0.05)
    asked = ask(starter, site)
    run = ImportRun.objects.create(source="x", started_at=timezone.now())
    fall_silent(asked, state="running", run=run)
    with run_lock():
        assert "Running" in shown(starter, asked)
    assert "Failed" in shown(starter, asked)


@pytest.mark.parametrize("stopped", [KeyboardInterrupt(), Stopped(signal.SIGTERM)])
def test_stopped_right_after_the_pages_were_written(starter, site, source, stopped):
    asked = ask(starter, site)
    work_on(asked.pk)
    confirm(starter, asked)
    with patch("isomer.runs.run.list_care", side_effect=stopped), pytest.raises(type(stopped)):
        work_on(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.run.state) == ("done", "done")
    page = shown(starter, asked)
    assert "Stopped by" in page
    assert "The import itself was done" in page
    assert "pages created" in page
    assert Page.objects.filter(title="Third").exists()
    # The next start does what is left.
    assert ImportRun.objects.get().care_pages
    asked = ask(starter, site)
    work_on(asked.pk)
    confirm(starter, asked)
    work_on(asked.pk)
    assert not ImportRun.objects.exclude(care_pages=[]).exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_start_in_the_same_moment(source, started, django_user_model):
    # An earlier test of this kind may have emptied the tables, so the person is of no group.
    person = django_user_model.objects.create_superuser("starter")
    begin = threading.Barrier(2)
    said: list[str] = []

    def start() -> None:
        try:
            begin.wait()
            requests.ask("agency", None, person, False, False)
            said.append("started")
        except RequestRefused as error:
            said.append(str(error))
        finally:
            connection.close()

    # Both have looked before either has written.
    with patch.object(requests, "refuse_if_at_work"):
        threads = [threading.Thread(target=start) for _ in range(2)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert sorted(said) == [requests.AT_WORK, "started"]
    assert len(started) == RunRequest.objects.count() == 1


def test_two_plans_that_are_confirmed_in_the_same_moment(starter, site, source, started):
    first = ask(starter, site)
    work_on(first.pk)
    second = ask(starter, site)
    work_on(second.pk)
    with patch.object(requests, "refuse_if_at_work"):
        confirm(starter, first)
        confirm(starter, second)
    assert (first.state, second.state) == ("confirmed", "planned")
    assert len(started) == 3


def test_signs_of_life_tell_what_is_worked_on(starter, site, source):
    asked = ask(starter, site)
    long_ago = timezone.now() - datetime.timedelta(minutes=5)
    RunRequest.objects.filter(pk=asked.pk).update(alive_at=long_ago)
    life = Life(asked)
    life.say("Reading <b>page</b> 3")
    life.beat()
    asked.refresh_from_db()
    close_dead_requests()
    asked.refresh_from_db()
    assert asked.state == "planning"
    url = reverse("isomer_request_progress", args=[asked.pk])
    answer = starter.get(url)
    assert "Reading &lt;b&gt;page&lt;/b&gt; 3" in answer.content.decode()
    assert answer["X-Request-State"] == "planning"
    life_file(asked).unlink(missing_ok=True)


def test_a_fault_of_the_program_is_written_down_and_not_hidden(starter, site, source):
    asked = ask(starter, site)
    with (
        patch("isomer.runs.request_process.plan_source", side_effect=RuntimeError("for the test")),
        pytest.raises(RuntimeError),
    ):
        work_on(asked.pk)
    asked.refresh_from_db()
    assert asked.state == "failed"
    assert "RuntimeError: for the test" in asked.error
    assert "Nothing was imported" in asked.error


def test_a_process_that_cannot_be_started_fails_at_once(site, source, monkeypatch, settings):
    now = timezone.now()
    asked = RunRequest.objects.create(
        source_name="agency", person_name="P", requested_at=now, alive_at=now
    )
    monkeypatch.undo()
    settings.ISOMER_REPORTS = str(source / "reports")
    with patch.object(subprocess, "Popen", side_effect=OSError(12, "no memory")):
        requests.start_process(asked)
    assert asked.state == "failed"
    assert "no memory" in asked.error


def test_the_process_is_detached_and_gets_only_a_number(site, source, monkeypatch, settings):
    now = timezone.now()
    asked = RunRequest.objects.create(
        source_name="agency; rm", person_name="P", requested_at=now, alive_at=now
    )
    monkeypatch.undo()
    settings.ISOMER_REPORTS = str(source / "reports")
    with patch.object(subprocess, "Popen") as popen:
        requests.start_process(asked)
    command = popen.call_args.args[0]
    assert command[1:] == [str(Path(settings.BASE_DIR) / "manage.py"), "run_import_request",
                           str(asked.pk)]  # fmt: skip
    assert popen.call_args.kwargs["start_new_session"]
    assert "shell" not in popen.call_args.kwargs


def test_the_command_says_what_went_wrong(site, source, settings):
    with pytest.raises(CommandError, match="There is no request 99"):
        call_command("run_import_request", "99")
    settings.ISOMER_SOURCES = {}
    now = timezone.now()
    asked = RunRequest.objects.create(
        source_name="agency", person_name="P", requested_at=now, alive_at=now
    )
    with pytest.raises(CommandError, match="not on the list any more"):
        call_command("run_import_request", str(asked.pk))
