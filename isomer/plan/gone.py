"""Pages that an earlier import made from documents which are not there any more."""

from __future__ import annotations

from isomer.messages import Message
from isomer.plan.model import HOME_KEY, Plan, PresentSite


def gone(plan: Plan, present: PresentSite) -> list[Message]:
    """Return a message for each page whose document left the source since the last run.

    Several sources may fill one site, so nothing is said unless the last run
    read this one.
    """
    if not present.same_source:
        return []
    planned = {page.key for page in plan.pages} | {page.adopts for page in plan.pages}
    return [
        Message("document-gone", key, str(page.content.get("title", "")))
        for key, page in present.pages.items()
        if page.exists and key not in planned and key != HOME_KEY
    ]
