"""New pages cost hardly any statements of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from isomer.plan import load_mapping
from isomer.runs.run import import_source
from tools.synthetic import write_repository

PAGES = 200
# An import sends some 350 statements however many pages it makes; rows are written together.
MOST = 450


@pytest.mark.django_db
def test_new_pages_take_few_statements(tree_root, tmp_path: Path) -> None:
    write_repository(tmp_path, PAGES)
    with CaptureQueriesContext(connection) as sent:
        import_source(tmp_path, load_mapping(settings.ISOMER_MAPPING))
    assert len(sent) < MOST, f"{len(sent)} statements"
