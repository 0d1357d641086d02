from __future__ import annotations

import pytest

from tests.isomer.admin.people import make_site


@pytest.fixture
def signed_site(db, tmp_path):
    """A small site, imported and verified."""
    return make_site(tmp_path / "source")


@pytest.fixture
def folder(tmp_path):
    """The source of ``signed_site``."""
    return tmp_path / "source"
