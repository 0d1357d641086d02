"""What a run remembers of the objects it wrote, in one statement for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from wagtail.models import Site

from isomer.models import ImportedObject
from isomer.plan import content_hash

BATCH = 500
WRITTEN = (
    "content_type", "object_id", "content", "content_hash", "references", "address", "imported_at",
)  # fmt: skip


@dataclass
class Memory:
    """Collects what to remember; :meth:`write` writes it.

    ``references`` returns the ids that stand in content, by kind and key.
    """

    references: Callable[[dict[str, Any]], dict[str, int | None]]
    _rows: dict[tuple[str, str], ImportedObject] = field(default_factory=dict)
    _adopted: list[tuple[str, str]] = field(default_factory=list)

    def add(
        self,
        kind: ImportedObject.Kind,
        key: str,
        model: type[models.Model],
        object_id: int,
        content: dict[str, Any],
        address: str = "",
        adopts: str = "",
    ) -> None:
        """Remember what was written from one place of the source; ``adopts`` is an earlier key."""
        if adopts:
            self._adopted.append((kind, adopts))
        self._rows[kind, key] = ImportedObject(
            kind=kind,
            source_path=key,
            content_type=ContentType.objects.get_for_model(model),
            object_id=object_id,
            content=content,
            content_hash=content_hash(content),
            references=self.references(content),
            address=address,
            imported_at=timezone.now(),
        )

    def write(self, site: Site) -> None:
        """Write everything. Whatever host name was given, pages of one root are remembered once."""
        if not self._rows:
            return
        shared = Site.objects.filter(root_page=site.root_page_id).order_by("pk")[0]
        for row in self._rows.values():
            row.site = site if row.kind == ImportedObject.Kind.SETTING else shared
        adopted: dict[str, list[str]] = defaultdict(list)
        for kind, key in self._adopted:
            adopted[kind].append(key)
        for kind, keys in adopted.items():
            for start in range(0, len(keys), BATCH):
                gone = ImportedObject.objects.filter(site=shared, kind=kind)
                gone.filter(source_path__in=keys[start : start + BATCH]).delete()
        ImportedObject.objects.bulk_create(
            self._rows.values(),
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["site", "kind", "source_path"],
            update_fields=WRITTEN,
        )
