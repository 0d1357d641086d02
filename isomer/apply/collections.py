"""Collections of the library that mirror the folders of a source."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Collection, Site

from isomer.models import ImportedObject
from isomer.plan import content_hash

UNUSED = "Unused"
MAXIMUM_NAME = 255


class Collections:
    """Finds or makes the collections of one site.

    Which collection came from which folder is remembered, so that one that a
    person renamed or moved stays the folder's.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self._made: dict[str, Collection] = {}
        self._known: dict[str, int] = {}
        if site.pk is not None:
            rows = ImportedObject.objects.filter(
                site=site, kind=ImportedObject.Kind.COLLECTION
            ).values_list("source_path", "object_id")
            there = set(Collection.objects.values_list("pk", flat=True))
            self._known = {path: pk for path, pk in rows if pk in there}

    def at(self, folder: tuple[str, ...]) -> int:
        """Return the id of a folder's collection: ``("images", "icons")``, or ``()`` for the
        files that nothing mentions."""
        key = "/".join(folder)
        if key not in self._known:
            self._known[key] = self._make(key, folder)
        return self._known[key]

    def unused(self) -> int | None:
        """Return the id of the collection of unused files, ``None`` if there is none yet."""
        return self._known.get("")

    def remember(self) -> None:
        """Write down which collections were made; the site must be saved by now."""
        if not self._made:
            return
        content_type = ContentType.objects.get_for_model(Collection)
        rows = [
            ImportedObject(
                site=self.site,
                kind=ImportedObject.Kind.COLLECTION,
                source_path=key,
                content_type=content_type,
                object_id=collection.pk,
                content_hash=content_hash({}),
                imported_at=timezone.now(),
            )
            for key, collection in self._made.items()
        ]
        ImportedObject.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["site", "kind", "source_path"],
            update_fields=["object_id", "imported_at"],
        )

    def _make(self, key: str, folder: tuple[str, ...]) -> int:
        if len(folder) > 1:
            parent = Collection.objects.get(pk=self.at(folder[:-1]))
            name = folder[-1]
        else:
            parent = Collection.get_first_root_node()
            name = folder[0].capitalize() if folder else UNUSED
            # Two sites may live in one database, each with pictures of its own.
            if parent.get_children().filter(name=name).exists():
                name = f"{name} ({self.site.hostname})"
        made: Collection = parent.add_child(instance=Collection(name=name[:MAXIMUM_NAME]))
        self._made[key] = made
        return int(made.pk)
