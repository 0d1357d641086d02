"""One document of a repository, imported without the rest."""

from __future__ import annotations

from collections.abc import Collection

from isomer.plan.model import Action, Plan


def keep_to_one(plan: Plan, document: str, files: Collection[str]) -> None:
    """Take out of a plan what would write anything but one document and what it needs.

    ``document`` is its path and ``files`` are the public paths of the pictures and files that
    it mentions. Folders above it are made where they are missing, and are otherwise left as
    they are. Messages about other documents belong to the import of the whole repository.
    """
    for page in plan.pages:
        if page.source != document and page.action is Action.UPDATE:
            page.action = Action.KEEP
            plan.before.pop(page.key, None)
    plan.media = [file for file in plan.media if file.path in files]
    plan.messages = [
        message for message in plan.messages if message.path == document or message.path in files
    ]
