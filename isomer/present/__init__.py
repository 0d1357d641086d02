"""What the site holds now, read before a plan is made and compared with it. Nothing is written."""

from __future__ import annotations

from isomer.present.settings import SNIPPETS
from isomer.present.snapshot import edited_pages, imported_objects, read_present
from isomer.present.state import (
    SiteChanged,
    State,
    check_unchanged,
    differences,
    site_state,
)
from isomer.present.values import latest, with_ids

__all__ = [
    "SNIPPETS",
    "SiteChanged",
    "State",
    "check_unchanged",
    "differences",
    "edited_pages",
    "imported_objects",
    "latest",
    "read_present",
    "site_state",
    "with_ids",
]
