"""The first creation of pages in bulk: a handful of statements instead of a hundred a page.

What an editor does page by page (``add_child``, ``save_revision``, ``publish``) is built here in
memory and inserted table by table. The result is the same, row for row; a test compares the two
ways, and so guards the parts of Wagtail, treebeard and Django that are not public:

* ``MP_Node._get_path``, which makes the path of a page from that of its parent;
* ``QuerySet._batched_insert``, because ``bulk_create`` refuses models with parents;
* ``_cluster_related_objects``, with which a page that is new is told that it has no comments.

Only pages that are to be live and were never there are written this way. Drafts, pages that wait
for their day, and updates go the ordinary way. Of Wagtail's signals, ``page_published`` and
``published`` are sent, for the caches of other applications; ``post_save`` is not, since its
receivers in Wagtail keep the two indexes, which are written here (``isomer.apply.indexes``).
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import F, Max
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import Page, PageLogEntry, Revision, Site
from wagtail.signals import page_published, published

from content.addresses.index import PageAddress
from content.addresses.paths import normalise_path
from content.addresses.unpublishing import take_back
from isomer.apply.indexes import add_references, add_to_search, by_model

BATCH = 500


@dataclass
class NewPage:
    """A page to be created: an instance of its type that has its fields, but no place yet.

    ``parent`` is the id of the page above, which may be new itself. With the id of a revision
    it is published, otherwise its row alone is made, for the ordinary way to go on from.
    """

    instance: Any
    parent: int
    revision_id: int | None = None


@dataclass
class BulkCreation:
    """Creates pages of one site. Call :meth:`add_parents`, then :meth:`place` for each page,
    parents first, then :meth:`write`; all in one transaction, with ids from
    :func:`reserve_ids`."""

    site: Site
    now: datetime = field(default_factory=timezone.now)
    pages: list[NewPage] = field(default_factory=list)
    _parents: dict[int, Any] = field(default_factory=dict)
    _steps: dict[int, int] = field(default_factory=dict)
    _children: Counter[int] = field(default_factory=Counter)

    def add_parents(self, ids: Iterable[int]) -> None:
        """Read the existing pages that get children, each with the place of its last child."""
        parents = Page.objects.in_bulk(list(ids))
        for page in parents.values():
            self._parents[page.pk] = page
        length = Page.steplen
        for page in parents.values():
            below = Page.objects.filter(path__startswith=page.path, depth=page.depth + 1)
            last = below.aggregate(last=Max("path"))["last"]
            self._steps[page.pk] = 0 if last is None else Page._str2int(last[-length:])

    def place(self, page: NewPage) -> None:
        """Give a page its place in the tree, below everything that is there."""
        instance, parent = page.instance, self._parents[page.parent]
        self._steps[page.parent] = step = self._steps.get(page.parent, 0) + 1
        instance.path = Page._get_path(parent.path, parent.depth + 1, step)
        instance.depth = parent.depth + 1
        instance.locale_id = parent.locale_id
        instance.draft_title = instance.title
        instance.url_path = f"{parent.url_path}{instance.slug}/"
        instance.live = False
        self._children[page.parent] += 1
        self._parents[instance.pk] = instance
        self.pages.append(page)

    def write(self) -> None:
        """Insert everything that belongs to the pages.

        Raises:
            ValidationError: if a field of a live page can't hold its value.
        """
        for page in self.pages:
            page.instance.numchild = self._children[page.instance.pk]
        live = [page for page in self.pages if page.revision_id]
        revisions = [self._published(page) for page in live]
        instances = [page.instance for page in self.pages]
        # The part of each page that stands in Wagtail's own table, then that of its type.
        _insert(Page, instances)
        for model, group in by_model(instances):
            _insert(model, group)
        Revision.objects.bulk_create(revisions, batch_size=BATCH)
        PageAddress.objects.bulk_create(self._addresses(live), batch_size=BATCH)
        PageLogEntry.objects.bulk_create(self._log(), batch_size=BATCH)
        new = {instance.pk for instance in instances}
        for parent, count in self._children.items():
            if parent not in new:
                Page.objects.filter(pk=parent).update(numchild=F("numchild") + count)
        _load_blocks(instances)
        add_references(instances)
        add_to_search(instances)
        self._tell(live, revisions)

    def _published(self, page: NewPage) -> Revision:
        """Publish a page in memory and return its revision, which holds it as it was before."""
        instance = page.instance
        fields = instance._meta.concrete_fields
        relations = [one.name for one in fields if isinstance(one, models.ForeignKey)]
        instance.clean_fields(exclude=relations)
        instance.draft_title = instance.title
        revision = Revision(
            pk=page.revision_id,
            content_type_id=instance.content_type_id,
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=str(instance.pk),
            created_at=self.now,
            object_str=str(instance),
            content=instance.serializable_data(),
        )
        instance.live = True
        instance.first_published_at = instance.last_published_at = self.now
        instance.latest_revision_created_at = self.now
        instance.latest_revision_id = instance.live_revision_id = page.revision_id
        return revision

    def _addresses(self, live: Sequence[NewPage]) -> Iterable[PageAddress]:
        for page in live:
            address = getattr(page.instance, "address", "")
            if address:
                yield PageAddress(
                    site=self.site,
                    path=normalise_path(address),
                    address=address,
                    page_id=page.instance.pk,
                    kind=PageAddress.Kind.CANONICAL,
                )

    def _log(self) -> Iterable[PageLogEntry]:
        """Yield what the history of each page says: that it was created, saved and published.

        Wagtail leads back to an old version from the line that says it was saved.
        """
        created = [(page, "wagtail.create", None) for page in self.pages]
        public = [
            (page, action, page.revision_id)
            for page in self.pages
            if page.revision_id
            for action in ("wagtail.edit", "wagtail.publish")
        ]
        for page, action, revision_id in [*created, *public]:
            yield PageLogEntry(
                content_type_id=page.instance.content_type_id,
                page_id=page.instance.pk,
                label=str(page.instance),
                action=action,
                timestamp=self.now,
                uuid=uuid.uuid4(),
                revision_id=revision_id,
                content_changed=True,
                data={},
            )

    def _tell(self, live: Sequence[NewPage], revisions: Sequence[Revision]) -> None:
        for page, revision in zip(live, revisions, strict=True):
            sender, instance = type(page.instance), page.instance
            page_published.send(sender=sender, instance=instance, revision=revision, in_bulk=True)
            published.send(sender=sender, instance=instance, revision=revision)
        take_back(page.instance for page in live)


def new_instance(page_type: type[Page], pk: int, title: str, slug: str) -> Any:
    """Return a page of a type with the id that was reserved for it."""
    # Wagtail fills in type and menu setting only where no id is given.
    instance: Any = page_type(title=title, slug=slug)
    instance.pk = instance.id = pk
    relations = get_all_child_relations(page_type)
    instance._cluster_related_objects = {one.get_accessor_name(): [] for one in relations}
    return instance


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Return ids that no row of a table has or will get otherwise.

    On PostgreSQL they come from the table's sequence. On SQLite they follow the highest that
    was ever given; the transaction, which shuts out other writers, must have begun to write.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [f'"{table}"', count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    first = (row[0] if row else 0) + 1
    return list(range(first, first + count))


def _insert(model: type[Page], instances: Sequence[Any]) -> None:
    """Insert the rows that pages have in the table of one model."""
    rows = model._base_manager.all()
    rows._for_write = True
    rows._batched_insert(instances, model._meta.local_concrete_fields, BATCH)


def _load_blocks(instances: Iterable[Any]) -> None:
    """Turn the stored form of all block fields into blocks, all pages of a type at once.

    Otherwise each page would ask for the pictures and pages it shows by itself.
    """
    for model, group in by_model(instances):
        for one in model._meta.get_fields():
            if isinstance(one, StreamField):
                block = one.stream_block
                stored = [block.get_prep_value(getattr(page, one.name)) for page in group]
                for page, value in zip(group, block.bulk_to_python(stored), strict=True):
                    setattr(page, one.name, value)
