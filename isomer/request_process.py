"""What the process of a request does: plan, or what was planned; and signs of life meanwhile."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from isomer.apply.state import SiteChanged
from isomer.lock import ImportRunning
from isomer.models import RunRequest
from isomer.plan import MappingError, load_mapping
from isomer.plan_file import PlanFile, PlanFileError
from isomer.read import SourceError
from isomer.report import make_plan_report, make_report, write_report
from isomer.requests import (
    LONGEST_PROGRESS,
    State,
    keeps_life_in_file,
    life_file,
    sources,
)
from isomer.run import Request, SiteNameError, import_source, plan_source
from isomer.verify.run import VerificationError, verify_run

BEAT = 3.0
CANNOT_BE_DONE = (
    SourceError, MappingError, SiteNameError, PlanFileError, ImportRunning, SiteChanged
)  # fmt: skip
AGAIN = "Nothing was imported. Start again: a new request makes a new plan."


@dataclass
class Life:
    """Gives signs of life of a request, from a thread of its own, so that long steps do, too."""

    request: RunRequest
    text: str = ""
    _stop: threading.Event = field(default_factory=threading.Event)

    def say(self, text: str) -> None:
        """Remember what is worked on; the next sign tells it."""
        self.text = text[:LONGEST_PROGRESS]

    def beat(self) -> None:
        """Give one sign."""
        if keeps_life_in_file():
            life_file(self.request).parent.mkdir(parents=True, exist_ok=True)
            life_file(self.request).write_text(self.text, encoding="utf-8")
            return
        RunRequest.objects.filter(pk=self.request.pk).update(
            alive_at=timezone.now(), progress=self.text
        )

    def _go_on(self) -> None:
        # The thread's own connection, so that nothing waits for the import's transaction.
        try:
            while not self._stop.wait(BEAT):
                self.beat()
        finally:
            connection.close()

    @contextmanager
    def going(self) -> Iterator[Life]:
        """Give signs until the block ends."""
        self.beat()
        thread = threading.Thread(target=self._go_on, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            thread.join()


def work_on(number: int) -> RunRequest:
    """Do what the request with a number waits for, and write down what came of it.

    What goes wrong ends the request with a text that says what to do; nothing is raised for it.

    Raises:
        RunRequest.DoesNotExist: if there is no such request.
    """
    request = RunRequest.objects.select_related("site").get(pk=number)
    life = Life(request)
    with life.going():
        if request.state == State.PLANNING:
            _guarded(request, lambda: _plan(request, life))
        elif RunRequest.objects.filter(pk=number, state=State.CONFIRMED).update(
            state=State.RUNNING
        ):
            _guarded(request, lambda: _import(request, life))
    life_file(request).unlink(missing_ok=True)
    request.refresh_from_db()
    return request


def _guarded(request: RunRequest, step: Callable[[], None]) -> None:
    """Take a step; what stops it becomes the request's failure, for which nobody else listens."""
    try:
        step()
    except CANNOT_BE_DONE as error:
        _end(request, State.FAILED, error=f"{error} {AGAIN}")
    except BaseException as error:
        # A fault of the program: the log file has all of it, the page what it was.
        why = "".join(traceback.format_exception_only(error)).strip()
        _end(request, State.FAILED, error=f"The program failed: {why}. {_after_fault(request)}")
        raise


def _after_fault(request: RunRequest) -> str:
    run = RunRequest.objects.values_list("run", flat=True).get(pk=request.pk)
    if run is None:
        return "Nothing was imported. Tell whoever keeps the server; its log has the details."
    return f"The import itself was done (run {run}); the server's log has the details."


def _end(request: RunRequest, state: str, **values: Any) -> None:
    RunRequest.objects.filter(pk=request.pk).update(
        state=state, finished_at=timezone.now(), progress="", **values
    )


def _asked(request: RunRequest) -> Request:
    """Return the import that is asked for.

    Raises:
        SourceError: if the source was taken off the list since.
        MappingError: if the mapping can't be used.
    """
    folder = sources().get(request.source_name)
    if folder is None:
        raise SourceError(f"The source {request.source_name} is not on the list any more.")
    hostname = f"{request.site.hostname}:{request.site.port}" if request.site else ""
    return Request(
        Path(settings.BASE_DIR) / folder,
        load_mapping(Path(settings.ISOMER_MAPPING)),
        hostname,
        request.recreate_deleted,
        request.skip_unused,
    )


def _plan(request: RunRequest, life: Life) -> None:
    planned = plan_source(_asked(request), life.say)
    report = make_plan_report(
        planned.plan,
        planned.request.source,
        planned.site.hostname,
        planned.seconds,
        planned.commit,
        planned.binding(Path(settings.ISOMER_MAPPING)).as_data(),
    )
    RunRequest.objects.filter(pk=request.pk).update(
        state=State.PLANNED, progress="", plan=asdict(report)
    )


def _import(request: RunRequest, life: Life) -> None:
    asked = _asked(request)
    done = import_source(
        asked.folder,
        asked.mapping,
        asked.hostname,
        life.say,
        asked.recreate_deleted,
        asked.skip_unused,
        PlanFile(**request.plan["binding"]),
    )
    run, site = done.outcome.run, done.outcome.site
    RunRequest.objects.filter(pk=request.pk).update(run=run)
    # From here on everything stands, whatever becomes of the rest.
    problems = []
    report = make_report(done.plan, run.source, site.hostname, done.seconds, run.commit)
    try:
        write_report(report, Path(settings.ISOMER_REPORTS), run.started_at)
    except OSError as reason:
        problems.append(f"The report can't be written: {reason.strerror}.")
    life.say("Making the sizes of pictures")
    call_command("prepare_pictures", verbosity=0)
    try:
        verify_run(run.pk, progress=life.say)
    except VerificationError as reason:
        problems.append(f"The import could not be verified: {reason}")
    _end(request, State.DONE, error=" ".join(problems))
