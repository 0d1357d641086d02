"""The plan is written into Wagtail."""

from __future__ import annotations

from isomer.apply.creation import create_home
from isomer.apply.field_values import write_fields
from isomer.apply.leftovers import (
    NOTHING,
    after,
    connect_again,
    done_text,
    finish_dead_runs,
    list_care,
    mark_dead_runs_if_free,
    recorded,
)
from isomer.apply.write import ApplyResult, apply_plan

__all__ = [
    "NOTHING",
    "ApplyResult",
    "after",
    "apply_plan",
    "connect_again",
    "create_home",
    "done_text",
    "finish_dead_runs",
    "list_care",
    "mark_dead_runs_if_free",
    "recorded",
    "write_fields",
]
