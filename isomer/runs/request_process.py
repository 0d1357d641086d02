"""What the process of a request does: plan, or what was planned; and signs of life meanwhile."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from content.failures import sentence
from content.rendering.prepared import prepare_pictures
from isomer.apply import NOTHING, after, connect_again
from isomer.models import ImportRun, RunRequest
from isomer.plan import load_mapping
from isomer.read import SourceError
from isomer.report import make_plan_report, make_report, write_report
from isomer.runs.plan_file import PlanFile
from isomer.runs.requests import (
    LONGEST_PROGRESS,
    State,
    keeps_life_in_file,
    life_file,
    sources,
)
from isomer.runs.run import REFUSALS, Import, Request, import_source, plan_source
from isomer.verify import VerificationError, verify_run

BEAT = 3.0
logger = logging.getLogger(__name__)
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
        """Give one sign. If it can't be given, the next one may be."""
        try:
            if keeps_life_in_file():
                life_file(self.request).parent.mkdir(parents=True, exist_ok=True)
                life_file(self.request).write_text(self.text, encoding="utf-8")
            else:
                RunRequest.objects.filter(pk=self.request.pk).update(
                    alive_at=timezone.now(), progress=self.text
                )
        except (Error, OSError) as error:
            logger.warning("Request %s gives no sign of life: %s", self.request.pk, sentence(error))

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
    try:
        with life.going():
            if request.state == State.PLANNING:
                _guarded(request, lambda: _plan(request, life))
            elif RunRequest.objects.filter(pk=number, state=State.CONFIRMED).update(
                state=State.RUNNING
            ):
                _guarded(request, lambda: _import(request, life))
    finally:
        life_file(request).unlink(missing_ok=True)
    request.refresh_from_db()
    return request


def _guarded(request: RunRequest, step: Callable[[], None]) -> None:
    """Take a step; what stops it becomes the request's end, for which nobody else listens."""
    try:
        step()
    except REFUSALS as error:
        _end(request, State.FAILED, error=f"{error} {AGAIN}")
    except BaseException as error:
        # The command says it once more, for the log.
        _note_failure(request, error)
        raise


def _note_failure(request: RunRequest, error: BaseException) -> None:
    said = sentence(error)
    try:
        connect_again()
        now = RunRequest.objects.select_related("run").get(pk=request.pk)
        if now.is_imported:
            _end(request, State.DONE, error=said)
        else:
            nothing = "" if NOTHING in said else f" {NOTHING}"
            _end(request, State.FAILED, error=f"{said}{nothing} Start again.")
    except Error as reason:
        # The next look at the request finds that its process is gone.
        logger.warning("How request %s ended is not written: %s", request.pk, sentence(reason))


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
    hostname = request.new_hostname
    if not hostname:
        if request.site is None:
            raise SourceError("The site that was to be filled was deleted.")
        hostname = f"{request.site.hostname}:{request.site.port}"
    return Request(
        Path(settings.BASE_DIR) / folder,
        load_mapping(Path(settings.ISOMER_MAPPING)),
        hostname,
        request.recreate_deleted,
        request.skip_unused,
        # What would be replaced is shown with the plan, and confirmed by itself.
        replace_site=True,
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
    # One that was taken for dead meanwhile stays failed.
    RunRequest.objects.filter(pk=request.pk, state=State.PLANNING).update(
        state=State.PLANNED, progress="", plan=asdict(report), replaces=planned.replaces
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
        asked.replace_site,
        begun=lambda run: _link(request, run),
    )
    with after(done.outcome.run):
        problems = done.problems + _after_import(done, life)
        _end(request, State.DONE, error=" ".join(problems))


def _link(request: RunRequest, run: ImportRun) -> None:
    """Remember which run belongs to a request, from its first moment on."""
    RunRequest.objects.filter(pk=request.pk).update(run=run)


def _after_import(done: Import, life: Life) -> list[str]:
    """Write the report, make sizes of pictures, verify; return what went wrong."""
    run, site = done.outcome.run, done.outcome.site
    problems = []
    report = make_report(done.plan, run.source, site.hostname, done.seconds, run.commit)
    try:
        write_report(report, Path(settings.ISOMER_REPORTS), run.started_at)
    except OSError as reason:
        problems.append(f"The report can't be written. {sentence(reason)}")
    life.say("Making the sizes of pictures")
    problems += prepare_pictures(life.say).problems
    try:
        verify_run(run.pk, progress=life.say)
    except VerificationError as reason:
        problems.append(f"The import could not be verified: {reason}")
    return problems
