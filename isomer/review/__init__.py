"""What people do with an import afterwards: signing pages off, checking its media."""

from __future__ import annotations

from isomer.review.care import KINDS, findings
from isomer.review.media_check import check_media
from isomer.review.sign_off import (
    NOT_ACCEPTED,
    UNVERIFIED,
    VERIFIED_LABELS,
    WAITING,
    ChangedMeanwhile,
    Looked,
    RemarkNeeded,
    Verified,
    current_runs,
    decide,
    imported_pages,
    name_of,
    open_messages,
    public_addresses,
    readiness,
    seen,
)

__all__ = [
    "KINDS",
    "NOT_ACCEPTED",
    "UNVERIFIED",
    "VERIFIED_LABELS",
    "WAITING",
    "ChangedMeanwhile",
    "Looked",
    "RemarkNeeded",
    "Verified",
    "check_media",
    "current_runs",
    "decide",
    "findings",
    "imported_pages",
    "name_of",
    "open_messages",
    "public_addresses",
    "readiness",
    "seen",
]
