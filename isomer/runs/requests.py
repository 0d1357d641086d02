"""Imports that somebody asks for in the admin: written down here, done by a process of its own.

The web process only writes rows and starts ``manage.py run_import_request``; that process lives on
by itself, and what it says of itself is all that is known of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from wagtail.models import Site

from content.failures import sentence
from isomer.apply import done_text, mark_dead_runs_if_free
from isomer.models import ImportRun, RunRequest
from isomer.review import name_of

State = RunRequest.State
# In these a process is at work, or about to be.
WORKING = (State.PLANNING, State.CONFIRMED, State.RUNNING)
# A process gives a sign of life every few seconds, and may need some to begin.
SILENCE = timedelta(seconds=60)
LONGEST_PROGRESS = 300
AT_WORK = "Another import is being planned or run. Wait until it is done."


class RequestRefused(Exception):
    """What was asked for can't be done. The text says why and what to do."""


def sources() -> Mapping[str, str]:
    """Return the folders that may be imported, by name (setting ``ISOMER_SOURCES``)."""
    found: Mapping[str, str] = settings.ISOMER_SOURCES
    return found


def log_file(request: RunRequest) -> Path:
    """Return the file that the process of a request writes its output to."""
    return Path(settings.ISOMER_REPORTS) / f"request-{request.pk}.log"


def life_file(request: RunRequest) -> Path:
    """Return the file that the process of a request touches, where the database can't say."""
    return Path(settings.ISOMER_REPORTS) / f"request-{request.pk}.alive"


def keeps_life_in_file() -> bool:
    """Tell whether signs of life are kept in a file.

    On SQLite nobody else can write while an import writes (its transaction is one), so a sign in
    the database would come too late; and database and processes are on one machine anyway.
    """
    return connection.vendor == "sqlite"


def last_sign(request: RunRequest) -> tuple[datetime, str]:
    """Return when the process of a request last gave a sign of life, and what it was doing."""
    if keeps_life_in_file():
        file = life_file(request)
        try:
            when = datetime.fromtimestamp(file.stat().st_mtime, tz=timezone.get_current_timezone())
            text = file.read_text(encoding="utf-8")
        except FileNotFoundError:
            pass
        else:
            return max(when, request.alive_at), text
    return request.alive_at, request.progress


def is_silent(request: RunRequest) -> bool:
    """Tell whether the process of a request should be at work and gives no sign of life."""
    return request.state in WORKING and timezone.now() - last_sign(request)[0] > SILENCE


def close_dead_requests() -> None:
    """Give a final state to requests whose process died, and say what is left to do."""
    found = RunRequest.objects.filter(state__in=WORKING).select_related("run").defer("plan")
    silent = [one for one in found if is_silent(one)]
    if not silent:
        return
    mark_dead_runs_if_free()
    for request in silent:
        if request.run is not None:
            request.run.refresh_from_db()
            if request.run.state == ImportRun.State.RUNNING:
                # The lock of the import is held: its process works, whatever its signs say.
                continue
        RunRequest.objects.filter(pk=request.pk, state=request.state).update(
            state=State.DONE if request.is_imported else State.FAILED,
            finished_at=timezone.now(),
            progress="",
            error=_how_it_died(request),
        )
        life_file(request).unlink(missing_ok=True)


def _how_it_died(request: RunRequest) -> str:
    log = f"If it happens again, tell whoever keeps the server; its log is {log_file(request)}."
    if request.run is not None and request.is_imported:
        return f"The process was stopped after everything was written. {done_text(request.run)}"
    if request.state == State.PLANNING:
        what = "The process that makes the plan was stopped or could not begin."
        return f"{what} No plan was made, and nothing was imported; start again. {log}"
    return f"The process was stopped or could not begin. Nothing was imported; start again. {log}"


def refuse_if_at_work() -> None:
    """Raise ``RequestRefused`` while a process plans or imports."""
    close_dead_requests()
    if RunRequest.objects.filter(state__in=WORKING).exists():
        raise RequestRefused(AT_WORK)


@contextmanager
def only_one() -> Iterator[None]:
    """Guard the change of a row that puts a process to work.

    Two people may pass :func:`refuse_if_at_work` in the same moment; the database lets one on.

    Raises:
        RequestRefused: for the other.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise RequestRefused(AT_WORK) from error


def ask(
    source_name: str,
    site: Site | None,
    person: Any,
    recreate_deleted: bool,
    skip_unused: bool,
    new_hostname: str = "",
) -> RunRequest:
    """Write down a request and have its plan made. With ``new_hostname`` a site is made.

    Raises:
        RequestRefused: if the source is not on the list, or another process is at work.
    """
    if source_name not in sources():
        raise RequestRefused("Choose one of the sources on the list.")
    refuse_if_at_work()
    now = timezone.now()
    with only_one():
        request = RunRequest.objects.create(
            source_name=source_name,
            site=None if new_hostname else site,
            new_hostname=new_hostname,
            recreate_deleted=recreate_deleted,
            skip_unused=skip_unused,
            person=person,
            person_name=name_of(person),
            requested_at=now,
            alive_at=now,
        )
    start_process(request)
    return request


def confirm(request: RunRequest, digest: str, person: Any, replace: bool = False) -> None:
    """Have a plan done. ``digest`` is the hash of the plan that ``person`` saw; ``replace`` says
    that what another repository brought may be replaced.

    Raises:
        RequestRefused: if the request does not wait for that, or another process is at work.
    """
    if digest != request.plan.get("digest"):
        raise RequestRefused("This is not the plan that you saw. Look at it again.")
    if request.replaces and not replace:
        raise RequestRefused(
            "The site was filled from another repository. Tick the box if you want to replace it."
        )
    refuse_if_at_work()
    now = timezone.now()
    life_file(request).unlink(missing_ok=True)
    with only_one():
        _move(
            request,
            State.PLANNED,
            State.CONFIRMED,
            confirmed_by=name_of(person),
            confirmed_at=now,
            alive_at=now,
            progress="",
        )
    start_process(request)


def cancel(request: RunRequest) -> None:
    """Drop a plan that waits for confirmation.

    Raises:
        RequestRefused: if the request does not wait for that.
    """
    _move(request, State.PLANNED, State.CANCELLED, finished_at=timezone.now())


def _move(request: RunRequest, before: str, after: str, **values: Any) -> None:
    """Change the state of a request, if nobody was faster.

    Raises:
        RequestRefused: if it is in another state.
    """
    found = RunRequest.objects.filter(pk=request.pk, state=before)
    if not found.update(state=after, **values):
        raise RequestRefused("The plan does not wait for a decision any more.")
    request.refresh_from_db()


def start_process(request: RunRequest) -> None:
    """Start the process that does what a request asks for. It outlives this one.

    The command line holds nothing that anybody typed: only the number of the request.
    """
    command = [
        sys.executable,
        str(Path(settings.BASE_DIR) / "manage.py"),
        "run_import_request",
        str(request.pk),
    ]
    try:
        log_file(request).parent.mkdir(parents=True, exist_ok=True)
        with log_file(request).open("ab") as log:
            subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=dict(os.environ),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
    except OSError as error:
        RunRequest.objects.filter(pk=request.pk).update(
            state=State.FAILED,
            finished_at=timezone.now(),
            error=f"The process could not be started. {sentence(error)} Nothing was imported.",
        )
        request.refresh_from_db()
