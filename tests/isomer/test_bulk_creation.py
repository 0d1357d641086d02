"""Bulk creation leaves what Wagtail's own way leaves, row for row
(docs/decisions/bulk-creation.md)."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from wagtail.models import Page

from isomer.plan import load_mapping
from isomer.runs.run import import_source
from tests.isomer.importing import DEMO, SEEDS
from tests.isomer.read.sources import write as write_files
from tests.isomer.unseen import repositories

pytestmark = pytest.mark.django_db

# Times and what is random, and what follows from the order in which indexes were written.
PASSED_OVER = {
    "title_norm", "uuid", "translation_key", "created_at", "timestamp", "first_published_at",
    "last_published_at", "latest_revision_created_at", "imported_at", "started_at", "finished_at",
    "file", "found_at",
}  # fmt: skip
TABLES_PASSED_OVER = re.compile(
    r"django_session|sqlite_|_fts|_data$|_idx$|_content$|_docsize$|_config$"
)


class Undo(Exception):
    """Takes an import back."""


def rows_after(folder: Path, in_bulk: bool, media: Path, changed: Any) -> dict[str, Counter[str]]:
    """Import a folder, return every row of every table in a comparable form, and undo it all."""
    found: dict[str, Counter[str]] = {}
    try:
        with transaction.atomic():
            changed.ISOMER_BULK_CREATION = in_bulk
            changed.MEDIA_ROOT = str(media)
            import_source(folder, load_mapping(settings.ISOMER_MAPPING))
            assert Page.find_problems() == ([], [], [], [], [])
            with connection.cursor() as cursor:
                names = connection.introspection.table_names(cursor)
            for name in names:
                if not TABLES_PASSED_OVER.search(name):
                    found[name] = Counter(comparable_rows(name))
            raise Undo
    except Undo:
        return found


def comparable_rows(table: str) -> list[str]:
    revisions = dict(revision_keys())
    rows = []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        assert cursor.description is not None
        columns = [column[0] for column in cursor.description]
        for values in cursor.fetchall():
            row = dict(zip(columns, values, strict=True))
            for name, value in row.items():
                if "revision" in name and isinstance(value, int):
                    row[name] = revisions.get(value, value)
                if isinstance(value, str):
                    row[name] = plain(value)
            if table not in ("wagtailcore_page", "wagtailcore_site"):
                row.pop("id", None)
            rows.append(repr({k: v for k, v in row.items() if k not in PASSED_OVER}))
    return rows


def revision_keys() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, base_content_type_id, object_id FROM wagtailcore_revision")
        return [(row[0], f"{row[1]}/{row[2]}") for row in cursor.fetchall()]


def plain(value: str) -> str:
    """Return JSON without what is passed over, and any text without doubled white space."""
    if value.startswith("{"):
        try:
            data = json.loads(value)
        except json.JSONDecodeError:
            return value
        if isinstance(data, dict):
            kept = {k: v for k, v in data.items() if k not in {*PASSED_OVER, "revision"}}
            return json.dumps(kept, sort_keys=True)
    return " ".join(value.split())


def sequences() -> list[tuple[str, int | None]]:
    """Return where PostgreSQL's sequences stand: they are not set back with a transaction."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences")
        return list(cursor.fetchall())


def set_back(places: list[tuple[str, int | None]]) -> None:
    """Let sequences go on from where they stood, so that both ways get the same ids."""
    with connection.cursor() as cursor:
        for name, value in places:
            cursor.execute("SELECT setval(%s, %s, %s)", [name, value or 1, value is not None])


def compare(folder: Path, tmp_path: Path, settings: Any) -> None:
    places = sequences()
    ordinary = rows_after(folder, False, tmp_path / "one", settings)
    set_back(places)
    bulk = rows_after(folder, True, tmp_path / "two", settings)
    assert bulk.keys() == ordinary.keys()
    for table in ordinary:
        missing, added = ordinary[table] - bulk[table], bulk[table] - ordinary[table]
        assert (list(missing)[:3], list(added)[:3]) == ([], []), table


def test_the_demo(tmp_path: Path, settings: Any) -> None:
    compare(DEMO, tmp_path, settings)


@pytest.mark.parametrize("name", ["base", "odd_features", "first_generation", "odd_places"])
def test_odd_repositories(name: str, tmp_path: Path, settings: Any) -> None:
    source = write_files(tmp_path / "source", getattr(repositories, name)())
    compare(source, tmp_path, settings)


@pytest.mark.shared
def test_the_seeds(tmp_path: Path, settings: Any) -> None:
    compare(SEEDS, tmp_path, settings)
