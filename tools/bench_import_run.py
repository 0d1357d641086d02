"""One measurement of `make bench-import`, in a process and a database of its own.

usage: bench_import_run.py apply|naive|media|naive-media SOURCE

The last line that it prints is JSON: CPU seconds of the writing, of the whole run (from reading to
the indexed site), and of the care list after it; seconds and SQL statements of the writing; and the
peak memory in megabytes.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.files.images import ImageFile  # noqa: E402
from django.db import connection  # noqa: E402
from wagtail.images import get_image_model  # noqa: E402
from wagtail.models import Page  # noqa: E402

from care.items import updates_off  # noqa: E402
from isomer.apply import (  # noqa: E402
    ApplyResult,
    apply_plan,
    create_home,
    write_fields,
)
from isomer.models import ImportRun  # noqa: E402
from isomer.plan import (  # noqa: E402
    HOME_KEY,
    Plan,
    load_mapping,
)
from isomer.present import with_ids  # noqa: E402
from isomer.report import peak_memory  # noqa: E402
from isomer.runs import Planned, Request, list_care, plan_source  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")


def cpu() -> float:
    """Return the CPU seconds of this process and of the database's, if it is on this machine."""
    return time.process_time() + _backend_cpu()


def _backend_cpu() -> float:
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def naive_pages(planned: Planned) -> ApplyResult:
    """Write the pages of a plan as one would at first: each by itself, published at once."""
    with updates_off():
        ids = _one_by_one(planned)
    written = list(ids.values())
    return ApplyResult(ImportRun(care_pages=written), planned.site, written=written)


def _one_by_one(planned: Planned) -> dict[str, int]:
    plan = planned.plan
    ids: dict[str, int] = {}
    first = (Page.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    guessed = {page.key: first + number for number, page in enumerate(plan.pages)}
    for page in plan.pages:
        model: Any = apps.get_model(page.page_type)
        instance = model(title=page.content["title"], slug=page.slug)
        if page.key == HOME_KEY:
            create_home(planned.site, instance)
        else:
            write_fields(instance, with_ids(page.content, guessed, {}))
            Page.objects.get(pk=ids[page.parent]).add_child(instance=instance)
        ids[page.key] = instance.pk
        instance.save_revision().publish()
    return ids


def naive_pictures(planned: Planned) -> ApplyResult:
    """Save pictures one by one, as the admin does."""
    for media in planned.plan.media:
        with media.asset.file.open("rb") as opened:
            file = ImageFile(opened, name=media.path.rpartition("/")[2])
            get_image_model()(title=media.path[:255], file=file).save()
    return ApplyResult(ImportRun(), planned.site)


def apply(planned: Planned, plan: Plan) -> ApplyResult:
    """Run the apply stage."""
    run = ImportRun(source=planned.request.source, started_at=planned.started_at)
    return apply_plan(plan, planned.site, run)


def main(mode: str, source: Path) -> None:
    """Measure one way of writing a source."""
    begin = cpu()
    request = Request(source, load_mapping(settings.ISOMER_MAPPING))
    planned = plan_source(request)
    ways: dict[str, Callable[[], ApplyResult]] = {
        "apply": lambda: apply(planned, replace(planned.plan, media=[])),
        "naive": lambda: naive_pages(planned),
        "media": lambda: apply(planned, planned.plan),
        "naive-media": lambda: naive_pictures(planned),
    }
    statements = 0

    def count(execute: Any, *arguments: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(*arguments)

    before, clock = cpu(), time.monotonic()
    with connection.execute_wrapper(count):
        outcome = ways[mode]()
    seconds = time.monotonic() - clock
    after = cpu()
    # The care list is this project's own, and no part of an index: a figure by itself.
    list_care(outcome)
    figures = {
        "write": after - before,
        "whole": after - begin,
        "care": cpu() - after,
        "seconds": seconds,
        "statements": statements,
        "megabytes": peak_memory() / 1024 / 1024,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
