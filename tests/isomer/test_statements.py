"""New pages cost less than one statement each."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from isomer.plan import load_mapping
from isomer.run import import_source
from tools.synthetic import write_repository

PAGES = 120
# An import sends some 200 statements however small it is; rows are written many at a time.
MOST = 200 + PAGES


@pytest.mark.django_db
def test_new_pages_take_few_statements(tree_root, tmp_path: Path) -> None:
    write_repository(tmp_path, PAGES)
    with CaptureQueriesContext(connection) as sent:
        import_source(tmp_path, load_mapping(settings.ISOMER_MAPPING))
    assert len(sent) < MOST, f"{len(sent)} statements"
