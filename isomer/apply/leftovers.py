"""What a run leaves behind when it fails or dies, and how it is cleared away.

Before a file is stored its name stands in the run's row, and before a file is given up so does
its. So whatever ends a process, the next run finds there what to remove.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import Error, connection, transaction
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from care.items import update_after_import
from content.failures import sentence
from isomer.lock import ImportRunning, run_lock
from isomer.models import ImportRun

Progress = Callable[[str], None]
State = ImportRun.State
logger = logging.getLogger(__name__)

PICTURE, DOCUMENT, RENDITION = "picture", "document", "rendition"
# Which model has the files of a kind.
MODELS: dict[str, Callable[[], Any]] = {
    PICTURE: get_image_model,
    DOCUMENT: get_document_model,
    RENDITION: lambda: get_image_model().get_rendition_model(),
}

NOTHING = "Nothing was imported."
UNKNOWN = (
    "Whether something was imported can't be told while the database is away: the admin shows it"
    " under Imports, Runs, and the next import clears up."
)
DIED = (
    "Its process ended without a word, as after a loss of power or “kill -9”. Nothing was imported."
)


def done_text(run: ImportRun) -> str:
    """Return what to know when something goes wrong after a run has written everything."""
    return (
        f"The import itself was done (run {run.pk}); what comes after it was not: the care list,"
        " the report, the sizes of pictures. Start the same import again: it writes nothing twice"
        " and does what is left."
    )


@contextmanager
def after(run: ImportRun) -> Iterator[None]:
    """Add to what goes wrong after a run that the run itself was done."""
    try:
        yield
    except BaseException as error:
        error.add_note(done_text(run))
        raise


def storage_of(kind: str) -> Any:
    """Return the storage of a kind of files."""
    return MODELS[kind]()._meta.get_field("file").storage


@contextmanager
def recorded(
    run: ImportRun,
    begun: Callable[[ImportRun], None],
    refusals: tuple[type[Exception], ...],
) -> Iterator[None]:
    """Keep the row of a run true, whatever comes: to be entered with the run lock held.

    ``begun`` is called with the saved run. ``refusals`` say that a run can't begin; then there was
    none. To any other error a note is added that says whether something was imported.
    """
    with transaction.atomic():
        run.save()
        begun(run)
    try:
        yield
    except refusals:
        ImportRun.objects.filter(pk=run.pk).delete()
        raise
    except BaseException as error:
        error.add_note(_end(run, error))
        raise


def _end(run: ImportRun, error: BaseException) -> str:
    """Write down how a run ended; return what that means for the site."""
    try:
        if is_done(run):
            return done_text(run)
        discard_files(run)
        stopped = isinstance(error, KeyboardInterrupt)
        ImportRun.objects.filter(pk=run.pk).update(
            state=State.STOPPED if stopped else State.FAILED,
            error=f"{sentence(error)} {NOTHING}",
            finished_at=timezone.now(),
        )
    except Error as reason:
        logger.warning("How run %s ended can't be written down: %s", run.pk, sentence(reason))
        return UNKNOWN
    return NOTHING


def connect_again() -> None:
    """Replace a connection that broke; the next query then makes a new one."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


def is_done(run: ImportRun) -> bool:
    """Ask the database whether a run wrote its pages; its transaction may have ended either way."""
    connect_again()
    return ImportRun.objects.done().filter(pk=run.pk).exists()


def note_files(run: ImportRun, names: Iterable[tuple[str, str]]) -> None:
    """Write down names of files, by kind, that are to be removed unless a row has them."""
    run.files = [*run.files, *([kind, name] for kind, name in names)]
    ImportRun.objects.filter(pk=run.pk).update(files=run.files)


def discard_files(run: ImportRun) -> None:
    """Remove the files that a run noted and no row has. What can't be removed stays noted."""
    noted = ImportRun.objects.values_list("files", flat=True).get(pk=run.pk)
    run.files = []
    for kind, name in noted:
        if MODELS[kind]()._default_manager.filter(file=name).exists():
            continue
        try:
            storage_of(kind).delete(name)
        except OSError as reason:
            run.files.append([kind, name])
            logger.warning("%s can't be removed: %s", name, sentence(reason))
    ImportRun.objects.filter(pk=run.pk).update(files=run.files)


def list_care(run: ImportRun) -> None:
    """Bring the care list up to date for the pages that a run wrote."""
    update_after_import(run.care_pages)
    run.care_pages = []
    ImportRun.objects.filter(pk=run.pk).update(care_pages=[])


def mark_dead_runs() -> None:
    """Give runs a final state whose process died. Hold the run lock."""
    ImportRun.objects.filter(state=State.RUNNING).update(
        state=State.KILLED, error=DIED, finished_at=timezone.now()
    )


def finish_dead_runs(progress: Progress) -> None:
    """Do what earlier runs left undone. Hold the run lock."""
    mark_dead_runs()
    for run in ImportRun.objects.exclude(files=[]):
        progress(f"Removing what run {run.pk} left behind")
        discard_files(run)
    for run in ImportRun.objects.done().exclude(care_pages=[]):
        progress(f"Bringing the care list up to date after run {run.pk}")
        list_care(run)


def mark_dead_runs_if_free() -> None:
    """Give dead runs a final state unless an import is at work."""
    if not ImportRun.objects.filter(state=State.RUNNING).exists():
        return
    try:
        with run_lock():
            mark_dead_runs()
    except ImportRunning:
        # It does so itself, or is the one that is running.
        return
