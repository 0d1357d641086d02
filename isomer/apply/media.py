"""Bringing pictures and files into the library: files first, then rows in bulk.

``Image.save`` for each picture would decode it twice and index it three times.
Here everything is known from the inspection, so objects, paths and search
entries are written in a handful of statements however many files there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from os.path import splitext
from pathlib import PurePosixPath
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files import File
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Site
from wagtail.search import index

from content.addresses.paths import normalise_path
from content.library.file_titles import title_from_name
from content.library.media_kinds import Change, stored_bytes, stored_name
from content.library.picture_files import is_animated
from content.models import MediaPath
from content.titles import MAXIMUM_TITLE
from isomer.apply.collections import Collections
from isomer.apply.indexes import add_to_search
from isomer.apply.leftovers import RENDITION
from isomer.bounded import made_smaller_within_limits
from isomer.models import ImportedObject
from isomer.plan import Action, PlannedMedia, content_hash, media_content

Progress = Callable[[str], None]
Group = tuple[bool, str]

BATCH = 500
MAY_MOVE = (".gif", ".webp", ".avif")
DOCUMENT_FOLDER = "documents"
KINDS = (ImportedObject.Kind.PICTURE, ImportedObject.Kind.DOCUMENT)


def kind_of(media: PlannedMedia) -> ImportedObject.Kind:
    """Return the kind under which an object is remembered."""
    return KINDS[0] if media.what.is_picture else KINDS[1]


def known_ids(site: Site) -> dict[str, int]:
    """Return the objects of earlier imports that are still there, by public path."""
    ids: dict[str, int] = {}
    if site.pk is None:
        return ids
    for kind in KINDS:
        there = set(_model(kind is KINDS[0])._default_manager.values_list("pk", flat=True))
        rows = ImportedObject.objects.filter(site=site, kind=kind)
        for path, object_id in rows.values_list("source_path", "object_id"):
            if object_id in there:
                ids[path] = object_id
    return ids


@dataclass
class MediaWriter:
    """Writes the pictures and files of a plan.

    :meth:`stage` comes before the transaction, :meth:`write_objects` and
    :meth:`write_paths` in it; then ``replaced`` names the files, by kind, that
    nothing needs after it.
    """

    planned: Sequence[PlannedMedia]
    site: Site
    progress: Progress
    replaced: list[list[str]] = field(default_factory=list)
    _staged: dict[Group, str] = field(default_factory=dict)
    _animated: set[Group] = field(default_factory=set)
    _collections: Collections = field(init=False)

    def __post_init__(self) -> None:
        self._collections = Collections(self.site)

    def stage(self, note: Callable[[list[tuple[str, str]]], None]) -> None:
        """Store the files that are new, each once, before any row is written.

        ``note`` is called with names of files, by kind, before they are stored.

        Raises:
            OSError: if a file can't be read or stored.
            SvgProblem: if a drawing was changed since the plan was made.
        """
        needed = self._first_of_groups(Action.CREATE, Action.UPDATE)
        names = self._free_names(needed)
        if names:
            note([(kind_of(media).value, name) for media, name in zip(needed, names, strict=True)])
        for number, (media, name) in enumerate(zip(needed, names, strict=True), 1):
            self.progress(f"Storing file {number} of {len(needed)}: {media.path}")
            self._staged[media.group] = stored = self._store(media, name)
            if stored != name:
                # Somebody stored a file of this name at the same moment.
                note([(kind_of(media).value, stored)])
            # Only these kinds can be animated; others are not, or were converted.
            if media.what.is_picture and media.what.extension in MAY_MOVE:
                with media.asset.file.open("rb") as opened:
                    if is_animated(opened):
                        self._animated.add(media.group)

    def _free_names(self, needed: Sequence[PlannedMedia]) -> list[str]:
        """Return the name under which the storage will keep each file."""
        names: dict[str, None] = {}
        for media in needed:
            storage, longest = _storage(media.what.is_picture), _longest(media.what.is_picture)
            wanted = self._wanted_name(media)
            name = storage.get_available_name(wanted, max_length=longest)
            while name in names:
                # Another file of this run takes it. Storages find other names in this way, too.
                other = storage.get_alternative_name(*splitext(wanted))
                name = storage.get_available_name(other, max_length=longest)
            names[name] = None
        return list(names)

    def write_objects(self) -> dict[str, int]:
        """Make and change images and documents; return the id of the object at each path."""
        collections = self._collections
        made: dict[Group, int] = {}
        for is_picture in (True, False):
            new = [
                media
                for media in self._first_of_groups(Action.CREATE)
                if media.what.is_picture is is_picture
            ]
            for media, instance in zip(new, self._create(new, collections), strict=True):
                made[media.group] = instance.pk
        for media in self._first_of_groups(Action.UPDATE):
            self._replace(media)
        self._leave_unused(collections)
        for media in self.planned:
            if media.action is Action.CREATE:
                media.object_id = made[media.group]
        return {media.path: media.object_id for media in self.planned if media.object_id}

    def write_paths(self) -> None:
        """Write at which paths the objects answer and what was imported; the site is saved."""
        self._collections.remember()
        changed = [
            media
            for media in self.planned
            if not media.is_recorded and media.action is not Action.LEAVE
        ]
        if not changed:
            return
        MediaPath.objects.bulk_create(
            [
                MediaPath(
                    site=self.site,
                    path=normalise_path(media.path),
                    image_id=media.object_id if media.what.is_picture else None,
                    document_id=None if media.what.is_picture else media.object_id,
                )
                for media in changed
            ],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["site", "path"],
            update_fields=["image", "document"],
        )
        self._remember(changed)

    def _first_of_groups(self, *actions: Action) -> list[PlannedMedia]:
        """Return one entry for each object that is made or changed; one in use if there is any."""
        first: dict[Group, PlannedMedia] = {}
        for media in sorted(self.planned, key=lambda media: not media.used):
            if media.action in actions:
                first.setdefault(media.group, media)
        return list(first.values())

    @cached_property
    def _blank_image(self) -> Any:
        # Made once: a new image asks for the root collection.
        return get_image_model()()

    def _wanted_name(self, media: PlannedMedia) -> str:
        name = stored_name(media.path, media.what.extension)
        if media.what.is_picture:
            return str(self._blank_image.get_upload_to(name))
        return f"{DOCUMENT_FOLDER}/{_storage(False).get_valid_name(name)}"

    def _store(self, media: PlannedMedia, name: str) -> str:
        is_picture = media.what.is_picture
        data = self._changed(media)
        limit = _longest(is_picture)
        if data is not None:
            return str(_storage(is_picture).save(name, ContentFile(data), max_length=limit))
        with media.asset.file.open("rb") as opened:
            return str(_storage(is_picture).save(name, File(opened), max_length=limit))

    def _changed(self, media: PlannedMedia) -> bytes | None:
        """Return the bytes to store for a file, ``None`` for the file as it is."""
        what = media.what
        if what.change is not Change.SMALLER:
            return stored_bytes(media.asset.file, what.change)
        small = made_smaller_within_limits(media.asset.file, what.factor)
        if small is None:
            raise OSError(f"There is too little memory now to make {media.path} smaller.")
        return small

    def _create(self, new: Sequence[PlannedMedia], collections: Collections) -> list[Any]:
        if not new:
            return []
        model = _model(new[0].what.is_picture)
        instances = [
            model(
                title=_title(media),
                collection_id=collections.at(media.folder if media.used else ()),
                **self._file_fields(media),
            )
            for media in new
        ]
        model._default_manager.bulk_create(instances, batch_size=BATCH)
        _index(model, [instance.pk for instance in instances])
        return instances

    def _file_fields(self, media: PlannedMedia) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "file": self._staged[media.group],
            "file_size": media.what.size,
            "file_hash": media.what.digest,
        }
        if media.what.is_picture:
            fields |= {"width": media.what.width, "height": media.what.height}
            fields["is_animated"] = media.group in self._animated
        return fields

    def _replace(self, media: PlannedMedia) -> None:
        """Give an object a new file. What was made of the old one goes with it."""
        model = _model(media.what.is_picture)
        instance = model._default_manager.get(pk=media.object_id)
        self.replaced.append([kind_of(media).value, instance.file.name])
        fields = self._file_fields(media)
        if not media.what.is_picture:
            former, instance.file = instance.file.name, fields["file"]
            fields["earlier_names"] = instance.names_before(former)
        if media.what.is_picture:
            if (instance.width, instance.height) != (media.what.width, media.what.height):
                # A point of interest of the old picture means nothing on this one.
                fields |= {f"focal_point_{name}": None for name in ("x", "y", "width", "height")}
            for rendition in instance.renditions.all():
                self.replaced.append([RENDITION, rendition.file.name])
                rendition.delete()
        model._default_manager.filter(pk=instance.pk).update(**fields)

    def _leave_unused(self, collections: Collections) -> None:
        """Move what is mentioned for the first time out of the collection of unused files."""
        unused = collections.unused()
        if unused is None:
            return
        for media in self.planned:
            if media.becomes_used and media.object_id is not None:
                model = _model(media.what.is_picture)
                found = model._default_manager.filter(pk=media.object_id, collection_id=unused)
                found.update(collection_id=collections.at(media.folder))
                if not media.what.is_picture:
                    self._rename(model, media)

    def _rename(self, model: Any, media: PlannedMedia) -> None:
        """Call a file what the first link to it says, unless somebody gave it a title."""
        made_of_name = title_from_name(PurePosixPath(media.path).name)
        found = model._default_manager.filter(pk=media.object_id, title=made_of_name)
        if media.title and found.update(title=media.title):
            for one in model._default_manager.filter(pk=media.object_id):
                index.insert_or_update_object(one)

    def _remember(self, changed: Iterable[PlannedMedia]) -> None:
        types = {
            is_picture: ContentType.objects.get_for_model(_model(is_picture))
            for is_picture in (True, False)
        }
        rows = []
        for media in changed:
            content = media_content(media.what, media.used, media.asset.fetched_from)
            rows.append(
                ImportedObject(
                    site=self.site,
                    kind=kind_of(media),
                    source_path=media.path,
                    content_type=types[media.what.is_picture],
                    object_id=media.object_id or 0,
                    content=content,
                    content_hash=content_hash(content),
                    imported_at=timezone.now(),
                )
            )
        # A path whose picture became a document, or the reverse.
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            for kind in KINDS:
                other = [row.source_path for row in batch if row.kind != kind]
                ImportedObject.objects.filter(
                    site=self.site, kind=kind, source_path__in=other
                ).delete()
        ImportedObject.objects.bulk_create(
            rows,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["site", "kind", "source_path"],
            update_fields=["content_type", "object_id", "content", "content_hash", "imported_at"],
        )


def _model(is_picture: bool) -> Any:
    return get_image_model() if is_picture else get_document_model()


def _storage(is_picture: bool) -> Any:
    return _model(is_picture)._meta.get_field("file").storage


def _longest(is_picture: bool) -> int | None:
    """Return how long the name of a stored file may be."""
    longest: int | None = _model(is_picture)._meta.get_field("file").max_length
    return longest


def _index(model: Any, keys: Sequence[int]) -> None:
    """Enter new objects into the search index, reading what it needs in a few queries."""
    for start in range(0, len(keys), BATCH):
        some = model.get_indexed_objects().filter(pk__in=keys[start : start + BATCH])
        add_to_search(list(some.select_related("collection")))


def _title(media: PlannedMedia) -> str:
    if not media.what.is_picture:
        return media.title or title_from_name(PurePosixPath(media.path).name)
    name = PurePosixPath(media.path).name
    stem = name.rsplit(".", 1)[0].strip() or name
    return stem[:MAXIMUM_TITLE]
