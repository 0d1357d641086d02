"""What is planned beside what is there: what happens to each page and setting."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils import timezone

from content.addresses.paths import normalise_path
from isomer.messages import Message
from isomer.plan.links import references_of
from isomer.plan.media import MediaPlan
from isomer.plan.model import (
    HOME_KEY,
    Action,
    PlannedPage,
    PlannedRedirect,
    PlannedSetting,
    PresentObject,
    PresentSite,
)

LABELS = {
    "siteidentity": "Site identity",
    "notification": "Notification",
    "menu": "Menu",
    "footer": "Footer",
}


@dataclass
class Comparison:
    """Compares planned objects with those of earlier imports.

    ``documents`` are the paths of the source; messages are added to ``messages``, the content
    that an update replaces to ``before``, by key or name.
    """

    present: PresentSite
    media: MediaPlan
    documents: frozenset[str]
    recreate_deleted: bool
    messages: list[Message]
    before: dict[str, dict[str, Any]] = field(default_factory=dict)

    def choose_action(self, page: PlannedPage, address: str = "") -> PlannedPage:
        """Choose what happens to a planned page and return it."""
        known = self.present.pages.get(page.key)
        if page.key == HOME_KEY and known is not None and not known.exists:
            # A site is never without a home page: another one stands there, or one is made.
            known = None
        if known is None and address:
            known = self._same_address(address)
            page.adopts = known.key if known else ""
        if known is None:
            if page.key == HOME_KEY and self.present.home_id is not None:
                # The site has a home page that no import made: a person's work.
                page.action, page.page_id = Action.LEAVE, self.present.home_id
                self.say("page-edited", page, "the home page was not made by an import")
            return page
        page.page_id = known.object_id if known.exists else None
        if not known.exists:
            page.action = Action.CREATE if self.recreate_deleted else Action.LEAVE
            if page.action is Action.LEAVE:
                self.say("page-deleted", page, str(page.content["title"]))
        elif self._same(known, page.content):
            page.action = Action.KEEP
            if known.content.get("$place") != page.content.get("$place"):
                self.say("place-changed", page, str(page.content["title"]))
        elif known.edited:
            page.action = Action.LEAVE
            self.say("page-edited", page, str(page.content["title"]))
        else:
            page.action = Action.UPDATE
            self.before[page.key] = known.content
        return page

    def setting(self, name: str, content: dict[str, Any]) -> PlannedSetting:
        """Return a planned setting or snippet with what happens to it."""
        setting = PlannedSetting(name, content)
        known = self.present.settings.get(name)
        edited = name in self.present.edited_settings
        setting.object_id = known.object_id if known is not None and known.exists else None
        setting.action = self._action(known, content, edited)
        if setting.action is Action.LEAVE and edited:
            self.messages.append(Message("setting-edited", "", LABELS[name]))
        elif setting.action is Action.UPDATE and known is not None:
            self.before[name] = known.content
        return setting

    def redirect(self, redirect: PlannedRedirect) -> PlannedRedirect:
        """Choose what happens to a planned redirect and return it: what people made or changed
        stays."""
        known = self.present.redirects.get(redirect.path)
        if known is None:
            edited = redirect.path in self.present.other_redirects
        else:
            edited = known.edited
            redirect.object_id = known.object_id if known.exists else None
        redirect.action = self._action(known, redirect.content, edited)
        return redirect

    def stays_deleted(self, key: str) -> bool:
        """Tell whether a person deleted a page that the run does not bring back."""
        if key == HOME_KEY:
            return False
        known = self.present.pages.get(key)
        return known is not None and not known.exists and not self.recreate_deleted

    def say(self, rule: str, page: PlannedPage, text: str) -> None:
        """Add a message about a page."""
        self.messages.append(Message(rule, page.source or page.key, text))

    def _action(self, known: PresentObject | None, content: dict[str, Any], edited: bool) -> Action:
        """Return what happens to an object that is no page. ``edited`` says that a person made or
        changed the one that is there."""
        if known is not None and not known.exists:
            return Action.CREATE if self.recreate_deleted else Action.LEAVE
        if known is not None and self._same(known, content):
            return Action.KEEP
        if edited:
            return Action.LEAVE
        return Action.CREATE if known is None else Action.UPDATE

    def _same(self, known: PresentObject, content: dict[str, Any]) -> bool:
        return comparable(known.content) == comparable(content) and not self._references_moved(
            known, content
        )

    def at(self, address: str) -> list[PresentObject]:
        """Return the pages of earlier imports that are at an address now."""
        return self._by_address.get(normalise_path(address), [])

    @cached_property
    def _by_address(self) -> dict[str, list[PresentObject]]:
        found: dict[str, list[PresentObject]] = defaultdict(list)
        for page in self.present.pages.values():
            if page.exists and page.address:
                found[normalise_path(page.address)].append(page)
        return dict(found)

    def _same_address(self, address: str) -> PresentObject | None:
        """Return the page that an earlier source brought to an address, if this one lacks it."""
        return next((page for page in self.at(address) if page.key not in self.documents), None)

    def _references_moved(self, known: PresentObject, content: dict[str, Any]) -> bool:
        """Tell whether a reference now leads to another object than the one that was written."""
        for kind, key in references_of(content):
            name = f"{kind} {key}"
            if name not in known.references:
                continue
            current = self._page_at(key) if kind == "page" else self.media.object_at(key)
            if known.references[name] != current:
                return True
        return False

    def _page_at(self, key: str) -> int | None:
        """Return the id of the page that a key means, ``0`` where the run makes it."""
        if key.startswith("page:"):
            return int(key.removeprefix("page:"))
        known = self.present.pages.get(key)
        if known is None:
            return self.present.home_id if key == HOME_KEY else 0
        return known.object_id if known.exists else 0


def comparable(content: dict[str, Any]) -> dict[str, Any]:
    """Return imported content without two things that are not compared: the place of the page in
    the tree, and a day of publication that has come."""
    result = {name: value for name, value in content.items() if name != "$place"}
    begins = result.get("go_live_at")
    if begins and datetime.datetime.fromisoformat(begins) <= timezone.now():
        result["live"] = True
        result.pop("go_live_at")
    return result
