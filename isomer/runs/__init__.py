"""One import from the first stage to the last: its request, its lock, its plan on disk."""

from __future__ import annotations

from isomer.runs.plan_file import PlanFile, read_plan_file
from isomer.runs.request_process import work_on
from isomer.runs.requests import (
    WORKING,
    RequestRefused,
    State,
    ask,
    cancel,
    close_dead_requests,
    confirm,
    last_sign,
    log_file,
    sources,
)
from isomer.runs.run import (
    REFUSALS,
    Import,
    Planned,
    Request,
    SiteNameError,
    find_site,
    host_and_port,
    import_source,
    list_care,
    plan_source,
)

__all__ = [
    "REFUSALS",
    "WORKING",
    "Import",
    "PlanFile",
    "Planned",
    "Request",
    "RequestRefused",
    "SiteNameError",
    "State",
    "ask",
    "cancel",
    "close_dead_requests",
    "confirm",
    "find_site",
    "host_and_port",
    "import_source",
    "last_sign",
    "list_care",
    "log_file",
    "plan_source",
    "read_plan_file",
    "sources",
    "work_on",
]
