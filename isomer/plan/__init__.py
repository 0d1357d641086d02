"""The plan, plain data compared with what is there."""

from isomer.plan.build import build_plan
from isomer.plan.compare import LABELS
from isomer.plan.differences import BlockChange, FieldChange, changes
from isomer.plan.links import fill_in, page_id, references_of
from isomer.plan.mapping import Mapping, MappingError, load_mapping
from isomer.plan.media import media_content
from isomer.plan.model import (
    HOME_KEY,
    Action,
    Plan,
    PlannedMedia,
    PlannedPage,
    PlannedRedirect,
    PlannedSetting,
    PresentObject,
    PresentSite,
    content_hash,
)
from isomer.plan.notices import LONGEST_HOST

__all__ = [
    "HOME_KEY",
    "LABELS",
    "LONGEST_HOST",
    "Action",
    "BlockChange",
    "FieldChange",
    "Mapping",
    "MappingError",
    "Plan",
    "PlannedMedia",
    "PlannedPage",
    "PlannedRedirect",
    "PlannedSetting",
    "PresentObject",
    "PresentSite",
    "build_plan",
    "changes",
    "content_hash",
    "fill_in",
    "load_mapping",
    "media_content",
    "page_id",
    "references_of",
]
