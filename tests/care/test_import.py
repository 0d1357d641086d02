"""The care list after an import."""

from __future__ import annotations

import pytest

from care.models import CareItem, LinkUse
from tests.isomer.importing import DEMO, run_import

pytestmark = pytest.mark.django_db


def test_show(db):
    run_import(DEMO)
    for one in CareItem.objects.select_related("page"):
        print(one.page, one.kind, one.place, one.text)
    print(
        LinkUse.objects.count(),
        LinkUse.objects.exclude(path="").count(),
        LinkUse.objects.exclude(external="").count(),
    )
