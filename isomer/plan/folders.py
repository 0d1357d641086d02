"""The pages of sections, groups, resource rooms and categories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from content.titles import title_fields
from isomer.messages import Message
from isomer.plan.compare import Comparison
from isomer.plan.limits import fitted
from isomer.plan.mapping import Mapping
from isomer.plan.model import HOME_KEY, Action, Plan, PlannedPage
from isomer.plan.page_fields import note_front_matter, plain_description
from isomer.plan.places import plain_title
from isomer.plan.sections import Folder, FolderKind


@dataclass
class FolderPlanner:
    """Plans the folders of the tree, and puts each before the first page in it."""

    mapping: Mapping
    comparison: Comparison
    plan: Plan

    def plan_folders(self, folders: Sequence[Folder]) -> None:
        """Add the folders to the planned pages; pages outside any folder come last.

        A section is only made when a page is made in it, a room or category also
        when the source describes it.
        """
        home = [page for page in self.plan.pages if page.key == HOME_KEY]
        pages = [page for page in self.plan.pages if page.key != HOME_KEY]
        filled = {page.parent for page in pages if page.action is Action.CREATE}
        filled |= {folder.parent for folder in reversed(folders) if folder.key in filled}
        needed = filled | {folder.key for folder in folders if folder.index is not None}
        needed |= {folder.parent for folder in reversed(folders) if folder.key in needed}
        planned = {
            folder.key: self._folder(folder, folder.key in needed, folder.key in filled)
            for folder in folders
        }
        ordered: dict[str, PlannedPage] = {}

        def place(folder: PlannedPage | None) -> None:
            if folder is None or not (folder.key in needed or folder.page_id is not None):
                return
            place(planned.get(folder.parent))
            ordered.setdefault(folder.key, folder)

        for page in pages:
            above = planned.get(page.parent)
            if above is not None:
                place(above)
                ordered[page.key] = page
        for folder in planned.values():
            place(folder)
        unlisted = [page for page in pages if page.parent not in planned]
        self.plan.pages = [*home, *ordered.values(), *unlisted]

    def _folder(self, folder: Folder, needed: bool, filled: bool) -> PlannedPage:
        """Plan a folder; ``needed`` says that the run wants it to be there, ``filled`` that it
        makes a page in it."""
        title, page_type = self._title(folder), self._type(folder)
        source = folder.index.document.path if folder.index else ""
        content: dict[str, Any] = {**title_fields(title), "show_in_menus": folder.in_menus}
        if folder.kind is not FolderKind.SECTION:
            content |= self._described(folder, title, page_type)
        page = PlannedPage(
            folder.key,
            folder.parent,
            page_type,
            slugify(folder.name)[:200] or folder.kind.value,
            fitted(page_type, content, source or folder.key, self.plan.messages),
            source=source,
            is_section=folder.kind is FolderKind.SECTION,
        )
        known = self.comparison.present.pages.get(page.key)
        if known is not None and not known.exists and filled:
            self.comparison.say("section-made-again", page, title)
        else:
            self.comparison.choose_action(page)
        renamed = known is not None and known.exists and known.edited
        there = needed or page.page_id is not None
        if folder.title_is_guessed and there and not renamed:
            self.comparison.say("section-name-guessed", page, f"“{title}”")
        return page

    def _type(self, folder: Folder) -> str:
        return {
            FolderKind.SECTION: self.mapping.section,
            FolderKind.ROOM: self.mapping.room,
            FolderKind.CATEGORY: self.mapping.category,
        }[folder.kind]

    def _title(self, folder: Folder) -> str:
        if folder.index is None:
            return folder.title
        document = folder.index.document
        title = plain_title(
            document.front_matter.get("title"), document.path, "title", self.plan.messages
        )
        if not title:
            text = f"“{folder.title}” is used"
            self.plan.messages.append(Message("title-missing", document.path, text, "title"))
        return title or folder.title

    def _described(self, folder: Folder, title: str, page_type: str) -> dict[str, Any]:
        """Return the fields of a room or category beside its title."""
        content: dict[str, Any] = {"$place": [folder.parent, page_type]}
        if folder.index is not None:
            document = folder.index.document
            note_front_matter(document, self.plan.messages)
            description = plain_description(document.front_matter.get("description"))
            content |= {
                "address": folder.index.address,
                "search_description": description,
                "live": document.published,
            }
        if folder.kind is FolderKind.CATEGORY:
            content["menu_title"] = folder.menu_title if folder.menu_title != title else ""
        return content
