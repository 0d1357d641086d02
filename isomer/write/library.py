"""Pictures and files of the library, each at the path of the old format."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import IO, Any

from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction, Site

from content.models import MediaPath
from content.paths import normalise_path
from isomer.apply.media import KINDS
from isomer.apply.snapshot import imported_objects
from isomer.write.messages import Finding
from isomer.write.model import SiteMedia
from isomer.write.names import file_name

FOLDERS = {True: "images", False: "files"}


class _InStorage:
    """The bytes of a stored picture or document."""

    def __init__(self, file: Any) -> None:
        self.file = file

    def open(self) -> IO[bytes]:
        opened: IO[bytes] = self.file.storage.open(self.file.name, "rb")
        return opened


class Library:
    """Which picture or file is written at which path.

    An object that an import brought keeps its old paths; one that editors uploaded gets a path
    in ``images/`` or ``files/``. ``pictures`` and ``documents`` give the first path of each by
    id, ``media`` everything to write. What stands in a private collection is left out.
    """

    def __init__(self, site: Site, findings: list[Finding]) -> None:
        self.site = site
        self.findings = findings
        self.media: list[SiteMedia] = []
        rows = imported_objects(site).filter(kind__in=KINDS)
        written = {
            normalise_path(path): path for path in rows.values_list("source_path", flat=True)
        }
        known = MediaPath.objects.filter(site=site).order_by("path")
        self.taken = {path.casefold() for path in known.values_list("path", flat=True)}
        self.pictures = self._of(True, known, written)
        self.documents = self._of(False, known, written)
        self.media.sort(key=lambda media: media.path)

    def _of(
        self, is_picture: bool, known: Iterable[MediaPath], written: dict[str, str]
    ) -> dict[int, str]:
        paths: dict[int, list[str]] = {}
        for row in known:
            number = row.image_id if is_picture else row.document_id
            if number is not None:
                paths.setdefault(number, []).append(written.get(row.path, row.path))
        model: Any = get_image_model() if is_picture else get_document_model()
        private = _private(model)
        first: dict[int, str] = {}
        for one in self._own(model).order_by("pk"):
            own = paths.get(one.pk) or [self._new_path(one, is_picture)]
            if one.pk in private:
                self.findings.append(Finding("file-private", own[0], one.title))
                continue
            first[one.pk] = own[0]
            stored = _InStorage(one.file)
            self.media += [SiteMedia(path, is_picture, stored) for path in own]
        return first

    def _own(self, model: Any) -> Any:
        """Return the objects of a library that several sites may share: not those that lie at
        the paths of other sites alone."""
        name = "image_id" if model is get_image_model() else "document_id"
        paths = MediaPath.objects.filter(**{f"{name}__isnull": False})
        own = paths.filter(site=self.site).values(name)
        others = paths.exclude(site=self.site).values(name)
        return model.objects.filter(Q(pk__in=own) | ~Q(pk__in=others))

    def _new_path(self, one: Any, is_picture: bool) -> str:
        name = PurePosixPath(file_name(PurePosixPath(one.file.name).name) or str(one.pk))
        path, number = f"/{FOLDERS[is_picture]}/{name}", 1
        while path.casefold() in self.taken:
            number += 1
            path = f"/{FOLDERS[is_picture]}/{name.stem}-{number}{name.suffix}"
        self.taken.add(path.casefold())
        return path


def _private(model: Any) -> frozenset[int]:
    """Return the ids of objects in private collections, or in collections below one."""
    within = Q()
    for path in CollectionViewRestriction.objects.values_list("collection__path", flat=True):
        within |= Q(collection__path__startswith=path)
    if not within:
        return frozenset()
    return frozenset(model.objects.filter(within).values_list("pk", flat=True))
