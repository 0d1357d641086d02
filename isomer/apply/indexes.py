"""Wagtail's two indexes, written once for many objects instead of several times for each.

Each save of a page computes search entry and references anew, and publishing saves a page
three times. An import turns both off while it writes, and catches up at the end of its
transaction, so that nothing is ever published without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.signals import post_save
from modelsearch import index
from modelsearch.backends import get_search_backends_with_name
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

BATCH = 500


@contextmanager
def indexes_off() -> Iterator[None]:
    """Keep saves from indexing; whoever calls this indexes afterwards.

    The reference index is off for this thread (Wagtail: “Reference index”). Search has no such
    switch, so its receivers are disconnected as Wagtail itself does while it migrates; that
    holds for the whole process, and an import has a process to itself.
    """
    searched = [model for model in index.get_indexed_models() if issubclass(model, Page)]
    off = [model for model in searched if post_save.disconnect(post_save_signal_handler, model)]
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in off:
            post_save.connect(post_save_signal_handler, sender=model)


def add_to_search(objects: Sequence[models.Model]) -> None:
    """Index objects of any types for search, one type at a time."""
    backends = [backend for _, backend in get_search_backends_with_name(with_auto_update=True)]
    for model, group in by_model(objects):
        searched = [one for one in group if one.get_indexed_instance() is not None]
        for backend in backends if searched else []:
            backend.add_bulk(model, searched)


def add_references(objects: Iterable[models.Model]) -> None:
    """Write the references of objects that had none so far, in batches.

    As ``ReferenceIndex.create_or_update_for_object`` does for one object, without asking for
    each whether there are any.
    """
    rows = (row for one in objects for row in _references(one))
    ReferenceIndex.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def index_again(page_ids: Iterable[int]) -> None:
    """Index pages that were written while the indexes were off, as they are now."""
    written = list(page_ids)
    for start in range(0, len(written), BATCH):
        found = list(Page.objects.filter(pk__in=written[start : start + BATCH]).specific())
        for page in found:
            ReferenceIndex.create_or_update_for_object(page)
        add_to_search(found)


def update_references(one: models.Model) -> None:
    """Write the references of an object that was saved while the indexes were off, as stored.

    Wagtail's own way is a task, whose errors are logged and go no further; here one ends the run.
    """
    stored = type(one)._default_manager.get(pk=one.pk)
    ReferenceIndex.create_or_update_for_object(stored)


def _references(one: Any) -> Iterator[ReferenceIndex]:
    parents = one._meta.get_parent_list()
    own = ContentType.objects.get_for_model(one, for_concrete_model=False).pk
    base = ContentType.objects.get_for_model(parents[-1] if parents else one, False).pk
    for to_type, to_id, model_path, content_path in set(
        ReferenceIndex._extract_references_from_object(one)
    ):
        yield ReferenceIndex(
            content_type_id=own,
            base_content_type_id=base,
            object_id=one.pk,
            to_content_type_id=to_type,
            to_object_id=to_id,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )


def by_model(objects: Iterable[Any]) -> Iterator[tuple[type[Any], list[Any]]]:
    """Yield each type with its objects."""
    ordered = sorted(objects, key=lambda one: type(one)._meta.label)
    for model, group in groupby(ordered, key=type):
        yield model, list(group)
