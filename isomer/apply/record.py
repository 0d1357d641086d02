"""The messages of a run: each stands in the database once, with the last run that found it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.conf import settings

from content.addresses.paths import storable
from isomer.messages import Message
from isomer.models import ImportMessage, ImportRun

BATCH = 500
FIELDS = ("level", "rule", "source_path", "place", "text", "page_id")


def write_messages(run: ImportRun, messages: Sequence[Message], pages: Mapping[str, int]) -> None:
    """Write the messages of a run, most important first; ``pages`` gives the page of a path.

    What the run before it with the same source found, too, is handed on and not repeated. Of
    older runs, ``ISOMER_RUNS_WITH_MESSAGES`` keep what was mended since.
    """
    rows = [
        ImportMessage(
            run=run,
            level=message.level,
            rule=message.rule,
            source_path=storable(message.path)[:1000],
            place=storable(message.place)[:255],
            text=storable(message.text),
            page_id=pages.get(message.path),
        )
        for message in messages
    ]
    earlier = ImportRun.objects.done().filter(site=run.site, source=run.source).exclude(pk=run.pk)
    known: dict[tuple[object, ...], list[int]] = defaultdict(list)
    if previous := earlier.first():
        for pk, *values in previous.messages.order_by("-pk").values_list("pk", *FIELDS):
            known[tuple(values)].append(pk)
    found_again = [
        known[key].pop() for row in rows if known[key := tuple(getattr(row, f) for f in FIELDS)]
    ]
    for start in range(0, len(found_again), BATCH):
        again = ImportMessage.objects.filter(pk__in=found_again[start : start + BATCH])
        if len(found_again) == len(rows):
            again.update(run=run)
        else:
            # All are written again below, so that old and new ones are in the right order.
            again.delete()
    if len(found_again) < len(rows):
        ImportMessage.objects.bulk_create(rows)
    old = earlier.values_list("pk", flat=True)[max(0, settings.ISOMER_RUNS_WITH_MESSAGES - 1) :]
    ImportMessage.objects.filter(run__in=list(old)).delete()
