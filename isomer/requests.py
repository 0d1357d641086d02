"""Imports that somebody asks for in the admin: written down here, done by a process of its own.

The web process only writes rows and starts ``manage.py run_import_request``; that process lives on
by itself, and what it says of itself is all that is known of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from wagtail.models import Site

from isomer.models import RunRequest
from isomer.sign_off import name_of

State = RunRequest.State
# In these a process is at work, or about to be.
WORKING = (State.PLANNING, State.CONFIRMED, State.RUNNING)
# A process gives a sign of life every few seconds, and may need some to begin.
SILENCE = timedelta(seconds=60)
LONGEST_PROGRESS = 300


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


def is_dead(request: RunRequest) -> bool:
    """Tell whether the process of a request should be at work and is silent."""
    return request.state in WORKING and timezone.now() - last_sign(request)[0] > SILENCE


def shown_state(request: RunRequest) -> str:
    """Return the state of a request as people should see it: one whose process died failed."""
    return State.FAILED.value if is_dead(request) else str(request.state)


def why_failed(request: RunRequest) -> str:
    """Return why a request failed and what to do, ``""`` if it did not."""
    if not is_dead(request):
        return request.error
    advice = (
        f"Its process was stopped or could not begin; {log_file(request)} on the server may say"
        " why."
    )
    if request.run_id:
        return (
            f"The import itself was done. What comes after it was not. {advice} Run manage.py"
            " prepare_pictures and manage.py verify_import."
        )
    if request.state == State.PLANNING:
        return f"No plan was made, and nothing was imported. {advice} Then start again."
    return (
        f"{advice} An import writes everything or nothing: if no run of this time stands under"
        " Runs, nothing was imported. Then start again."
    )


def active_request() -> RunRequest | None:
    """Return the request whose process is at work now, if there is one."""
    found = RunRequest.objects.filter(state__in=WORKING)
    return next((one for one in found if not is_dead(one)), None)


def ask(
    source_name: str, site: Site | None, person: Any, recreate_deleted: bool, skip_unused: bool
) -> RunRequest:
    """Write down a request and have its plan made.

    Raises:
        RequestRefused: if the source is not on the list, or another process is at work.
    """
    if source_name not in sources():
        raise RequestRefused("Choose one of the sources on the list.")
    if active_request() is not None:
        raise RequestRefused("Another import is being planned or run. Wait until it is done.")
    now = timezone.now()
    request = RunRequest.objects.create(
        source_name=source_name,
        site=site,
        recreate_deleted=recreate_deleted,
        skip_unused=skip_unused,
        person=person,
        person_name=name_of(person),
        requested_at=now,
        alive_at=now,
    )
    start_process(request)
    return request


def confirm(request: RunRequest, digest: str, person: Any) -> None:
    """Have a plan done. ``digest`` is the hash of the plan that ``person`` saw.

    Raises:
        RequestRefused: if the request does not wait for that, or another process is at work.
    """
    if digest != request.plan.get("digest"):
        raise RequestRefused("This is not the plan that you saw. Look at it again.")
    if active_request() is not None:
        raise RequestRefused("Another import is being planned or run. Wait until it is done.")
    now = timezone.now()
    _move(
        request,
        State.PLANNED,
        State.CONFIRMED,
        confirmed_by=name_of(person),
        confirmed_at=now,
        alive_at=now,
        progress="",
    )
    life_file(request).unlink(missing_ok=True)
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
            error=f"The process could not be started: {error.strerror} ({error.filename})."
            " Nothing was imported. Correct that on the server, then start again.",
        )
        request.refresh_from_db()
