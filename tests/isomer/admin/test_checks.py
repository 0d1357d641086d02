"""What is wrong with the list of folders is said when the server starts."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from isomer.checks import check_sources
from tests.isomer.importing import ROOT


@pytest.mark.parametrize(
    ("sources", "ids"),
    [
        ({}, []),
        ({"demo": "demo"}, []),
        ({"demo": str(ROOT / "demo")}, []),
        ({"demo": "nowhere/at/all"}, ["isomer.W001"]),
        ({"demo": ""}, ["isomer.E001"]),
        ({"": "demo"}, ["isomer.E001"]),
    ],
)
def test_entries(settings, sources, ids):
    settings.ISOMER_SOURCES = sources
    assert [one.id for one in check_sources()] == ids


def test_the_variable_is_read_as_names_and_folders():
    code = "from django.conf import settings; print(settings.ISOMER_SOURCES)"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "scri.settings.test",
        "ISOMER_SOURCES": "demo=demo, other=/srv/a=b,broken",
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    wanted = {"demo": "demo", "other": "/srv/a=b", "broken": ""}
    assert done.stdout.strip() == str(wanted)
