"""What an earlier import made from documents and files which are not there any more."""

from __future__ import annotations

from collections.abc import Collection

from isomer.messages import Message
from isomer.plan.model import HOME_KEY, Plan, PresentSite


def gone(plan: Plan, present: PresentSite, assets: Collection[str]) -> list[Message]:
    """Return a message for each page, picture or file that left the source since the last run.

    ``assets`` are the public paths of the source's pictures and files.

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
    ] + [
        Message("media-gone", path, "it stays in the library and at its address")
        for path, media in present.media.items()
        if media.exists and path not in assets
    ]
