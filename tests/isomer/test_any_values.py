"""Whatever a source says: what a plan shows can be written, and a second run changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from wagtail.fields import StreamField
from wagtail.models import Page

from isomer.plan import load_mapping
from isomer.plan.model import Action
from isomer.read.errors import SourceError
from isomer.runs.run import Request, import_source, plan_source
from tests.conftest import LONG
from tests.isomer.any_values import VALUES, repository, write_files

pytestmark = pytest.mark.django_db
NUMBERS = range(0, len(VALUES), 1 if LONG else 6)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_plan_that_is_shown_can_be_carried_out(
    tmp_path: Path, number: int, settings: Any
) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    folder = write_files(tmp_path / "source", repository(number))
    mapping = load_mapping(settings.ISOMER_MAPPING)
    try:
        planned = plan_source(Request(folder, mapping))
    except SourceError:
        # No document was left to show a plan of.
        return
    done = import_source(folder, mapping)
    assert done.outcome.run.plan_hash == planned.plan.digest
    for page in Page.objects.specific():
        check_streams(page)
    again = plan_source(Request(folder, mapping)).plan
    objects: list[Any] = [*again.pages, *again.settings, *again.redirects]
    assert {one.action for one in objects} <= {Action.KEEP, Action.LEAVE}


def check_streams(page: Page) -> None:
    """Check that an editor could save the page as it is."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            field.stream_block.clean(getattr(page, field.name))
