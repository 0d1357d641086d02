"""Does every row of the library have its file, and every stored file its row?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from content.failures import sentence
from content.library.stored_files import FOLDERS, lost_files, names_in, storage_of
from content.models import SiteRendition
from isomer.apply import finish_dead_runs
from isomer.lock import run_lock

# A younger file may be an upload whose row is still to come.
SETTLED = timedelta(hours=1)


@dataclass
class MediaCheck:
    """What was found: lost files, each in words, and stored files without a row, by name."""

    lost: list[str] = field(default_factory=list)
    ownerless: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to do."""
        return not self.lost and len(self.removed) == len(self.ownerless)


def check_media(remove: bool = False, progress: Callable[[str], None] = print) -> MediaCheck:
    """Compare rows and files. What dead runs left behind is removed first; with ``remove`` every
    file without a row is, unless it was stored in the last hour.

    Raises:
        ImportRunning: if an import is at work, whose files have no rows yet.
    """
    found = MediaCheck()
    with run_lock():
        finish_dead_runs(progress)
        for name, model in (("picture", get_image_model()), ("document", get_document_model())):
            progress(f"Looking for the file of every {name}")
            lost = lost_files(model)
            titles = dict(model.objects.filter(pk__in=lost).values_list("pk", "title"))
            found.lost += [
                f"The {name} “{titles.get(pk, '')}” (number {pk}): {file}"
                for pk, file in sorted(lost.items())
            ]
        sizes = lost_files(SiteRendition)
        found.lost += [f"A size of a picture: {file}" for file in sorted(sizes.values())]
        progress("Looking for the row of every file")
        _find_ownerless(found, remove)
    return found


def _find_ownerless(found: MediaCheck, remove: bool) -> None:
    storage = storage_of(get_image_model())
    before = timezone.now() - SETTLED
    stored = [name for folder in FOLDERS for name in names_in(storage, folder)]
    owned: set[str] = set()
    for model in (get_image_model(), get_document_model(), SiteRendition):
        owned |= set(model._default_manager.values_list("file", flat=True))
    for name in sorted(set(stored) - owned):
        if storage.get_modified_time(name) > before:
            continue
        found.ownerless.append(name)
        if not remove:
            continue
        try:
            storage.delete(name)
        except OSError as error:
            found.problems.append(sentence(error))
        else:
            found.removed.append(name)
