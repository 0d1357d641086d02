"""Third stage: the plan, plain data compared with what is there."""

from isomer.plan.build import build_plan
from isomer.plan.mapping import Mapping, MappingError, load_mapping
from isomer.plan.model import Action, Plan, PresentObject, PresentSite

__all__ = [
    "Action",
    "Mapping",
    "MappingError",
    "Plan",
    "PresentObject",
    "PresentSite",
    "build_plan",
    "load_mapping",
]
