"""Third stage: what a run will do, compared with what is there. No database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.utils.text import slugify

from content.paths import normalise_path
from isomer.convert import convert_document
from isomer.convert.homepage import plain
from isomer.convert.values import PictureOf
from isomer.messages import Message
from isomer.pictures import PictureProblem, digest_of, is_picture
from isomer.plan.care import care_messages
from isomer.plan.gone import gone
from isomer.plan.links import Resolver
from isomer.plan.mapping import Mapping
from isomer.plan.model import (
    HOME_KEY,
    Action,
    Plan,
    PlannedPage,
    PlannedPicture,
    PresentObject,
    PresentSite,
)
from isomer.plan.placeholders import placeholders
from isomer.plan.places import Place, place_documents, readable, slug_of
from isomer.plan.sections import Section, arrange
from isomer.plan.site_settings import plan_settings
from isomer.plan.titles import MAXIMUM_TITLE, plain_title
from isomer.source import SourceSite

Progress = Callable[[str], None]

# Layouts that mean an ordinary page or have a rule in the mapping.
KNOWN_LAYOUTS = frozenset({"", "page", "post", "homepage", "simple-page", "leftnav-page-content"})
# Keys that are read, or that say nothing to a reader.
KNOWN_KEYS = frozenset(
    {
        "breadcrumb", "collection_name", "date", "description", "image", "layout", "notification",
        "permalink", "published", "sections", "third_nav_title", "title", "variant",
    }
)  # fmt: skip


def build_plan(
    source: SourceSite,
    mapping: Mapping,
    present: PresentSite,
    progress: Progress = lambda text: None,
    recreate_deleted: bool = False,
) -> Plan:
    """Return the plan for bringing a source into a site.

    ``present`` says what is there. With ``recreate_deleted``, pages that a
    person deleted since the last import are made again.
    """
    return _Builder(source, mapping, present, progress, recreate_deleted).build()


@dataclass
class _Builder:
    source: SourceSite
    mapping: Mapping
    present: PresentSite
    progress: Progress
    recreate_deleted: bool
    plan: Plan = field(default_factory=Plan)
    _pictures: dict[str, PlannedPicture] = field(default_factory=dict)
    _unusable: set[str] = field(default_factory=set)

    @cached_property
    def _picture_paths(self) -> dict[str, str]:
        return {normalise_path(path): path for path in self.source.assets if is_picture(path)}

    def build(self) -> Plan:
        plan = self.plan
        plan.messages.extend(self.source.messages)
        places = [self._give_way(place) for place in place_documents(self.source, plan.messages)]
        targets = self._targets(places)
        files = frozenset(normalise_path(path) for path in self.source.assets)
        arrangement = arrange(places)
        self._plan_home_without_document(places)
        for number, place in enumerate(places, 1):
            self.progress(f"Converting {number} of {len(places)}: {place.document.path}")
            resolver = Resolver(place.document.path, targets, self._picture, files)
            parent = arrangement.parents.get(place.document.path, "")
            self._plan_document(place, parent, resolver)
            plan.messages.extend(resolver.finish())
        self._plan_sections(arrangement.sections)
        plan.messages.extend(gone(plan, self.present))
        plan.messages.extend(care_messages(plan.pages))
        plan.pictures = list(self._pictures.values())
        plan.settings, notes = plan_settings(self.source, places, self.present)
        plan.messages.extend(notes)
        return plan

    def _give_way(self, place: Place) -> Place:
        """Take the address from a document whose address is that of a page made in the admin."""
        path = normalise_path(place.address)
        holder = self.present.holders.get(path) if path else None
        for key, page in self.present.pages.items():
            theirs = page.exists and page.edited and normalise_path(page.address) == path
            if path and theirs and key != place.document.path:
                holder = str(page.content.get("title", key))
        if holder is None:
            return place
        self.plan.messages.append(
            Message(
                "permalink-clash",
                place.document.path,
                f"{place.address} belongs to the page “{holder}”, which was made or changed in the"
                " admin and keeps it; this page lives at its place in the page tree",
                "permalink",
            )
        )
        return replace(place, address="")

    def _targets(self, places: list[Place]) -> dict[str, str]:
        """Return the page at each path once the run is over, as keys."""
        targets = {path: f"page:{page_id}" for path, page_id in self.present.targets.items()}
        for key, page in self.present.pages.items():
            if page.exists and page.address:
                targets[normalise_path(page.address)] = key
        for place in places:
            if place.is_home:
                targets[""] = HOME_KEY
            elif place.address:
                targets[normalise_path(place.address)] = place.document.path
        return targets

    def _picture(self, written: str) -> str | None:
        """Plan the picture at a path as written and return its public path, if it can be used."""
        path = self._picture_paths.get(normalise_path(written.replace("../", "/")))
        if path is None or path in self._unusable:
            return None
        if path not in self._pictures:
            asset = self.source.assets[path]
            try:
                picture = PlannedPicture(path, asset, digest_of(asset.file))
            except PictureProblem as problem:
                self._unusable.add(path)
                self.plan.messages.append(Message("picture-unreadable", path, str(problem)))
                return None
            known = self.present.pictures.get(path)
            if known is not None and known.exists and known.content["hash"] == picture.digest:
                picture.action, picture.object_id = Action.KEEP, known.object_id
            self._pictures[path] = picture
        return path

    def _plan_home_without_document(self, places: list[Place]) -> None:
        if any(place.is_home for place in places) or self.present.home_id is not None:
            return
        self.plan.messages.append(Message("home-missing", "", self.source.root.name))
        title = readable(self.source.root.name) or "Home"
        self.plan.pages.append(
            PlannedPage(HOME_KEY, "", self.mapping.home, "home", {"title": title})
        )

    def _plan_document(self, place: Place, parent: str, resolver: Resolver) -> None:
        document = place.document
        layout = "homepage" if place.is_home else document.text("layout")
        permalink = place.address or document.text("permalink")
        rule = self.mapping.rule_for(layout, place.collection, permalink)
        converted = convert_document(document, rule.blocks, as_home=place.is_home)
        self.plan.messages.extend(converted.messages)
        self._note_front_matter(place)
        page_type = self.mapping.home if place.is_home else rule.page_type
        title = self._title(place)
        content: dict[str, Any] = {
            "title": title,
            "search_description": plain_description(document.front_matter.get("description")),
            "show_in_menus": place.is_home or bool(place.collection),
            "address": place.address,
            "share_image": resolver.resolve(_share_picture(document.text("image"))),
            "live": document.front_matter.get("published") is not False,
            "$place": [parent, page_type],
            rule.field: resolver.resolve(converted.stream),
        }
        self.plan.pages.append(
            self._settle(
                PlannedPage(
                    key=HOME_KEY if place.is_home else document.path,
                    parent=parent,
                    page_type=page_type,
                    slug="home" if place.is_home else slug_of(place, title),
                    content=content,
                    source=document.path,
                ),
                place.address,
            )
        )

    def _settle(self, page: PlannedPage, address: str = "") -> PlannedPage:
        """Compare a planned page with what is there and choose what happens to it."""
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
                self._say("page-edited", page, "the home page was not made by an import")
            return page
        page.page_id = known.object_id if known.exists else None
        if not known.exists:
            page.action = Action.CREATE if self.recreate_deleted else Action.LEAVE
            if page.action is Action.LEAVE:
                self._say("page-deleted", page, str(page.content["title"]))
        elif without_place(known.content) == without_place(page.content):
            page.action = Action.KEEP
            if known.content.get("$place") != page.content["$place"]:
                self._say("place-changed", page, str(page.content["title"]))
        elif known.edited:
            page.action = Action.LEAVE
            self._say("page-edited", page, str(page.content["title"]))
        else:
            page.action = Action.UPDATE
        return page

    def _same_address(self, address: str) -> PresentObject | None:
        """Return the page that an earlier source brought to an address, if this one lacks it."""
        here = {document.path for document in self.source.documents}
        for key, page in self.present.pages.items():
            elsewhere = key not in here and page.exists and page.address
            if elsewhere and normalise_path(page.address) == normalise_path(address):
                return page
        return None

    def _say(self, rule: str, page: PlannedPage, text: str) -> None:
        self.plan.messages.append(Message(rule, page.key, text))

    def _plan_sections(self, sections: list[Section]) -> None:
        """Put each section before the first page in it, and pages outside any section last.

        A section is only made when a page is made in it.
        """
        home = [page for page in self.plan.pages if page.key == HOME_KEY]
        pages = [page for page in self.plan.pages if page.key != HOME_KEY]
        needed = {page.parent for page in pages if page.action is Action.CREATE}
        needed |= {section.parent for section in sections if section.key in needed}
        planned = {
            section.key: self._section(section, section.key in needed) for section in sections
        }
        ordered: dict[str, PlannedPage] = {}
        for page in pages:
            above = planned.get(page.parent)
            for section in (planned.get(above.parent) if above else None, above):
                if section and (section.key in needed or section.page_id is not None):
                    ordered.setdefault(section.key, section)
            if above is not None:
                ordered[page.key] = page
        unlisted = [page for page in pages if page.parent not in planned]
        self.plan.pages = [*home, *ordered.values(), *unlisted]

    def _section(self, section: Section, needed: bool) -> PlannedPage:
        """Plan a section; ``needed`` says that a page will be made in it."""
        content = {"title": section.title, "show_in_menus": True}
        slug = slugify(section.name)[:200] or "section"
        page = PlannedPage(
            section.key, section.parent, self.mapping.section, slug, content, is_section=True
        )
        known = self.present.pages.get(section.key)
        renamed = False
        if known is not None and known.exists:
            page.page_id, renamed = known.object_id, known.edited
            changed = known.content != content
            page.action = Action.KEEP if not changed else Action.UPDATE
            if changed and known.edited:
                page.action = Action.LEAVE
                self._say("page-edited", page, section.title)
        elif known is not None and needed:
            self._say("section-made-again", page, section.title)
        there = needed or page.page_id is not None
        if section.title_is_guessed and there and not renamed:
            self._say("section-name-guessed", page, f"“{section.title}”")
        return page

    def _title(self, place: Place) -> str:
        document = place.document
        title = plain_title(
            document.front_matter.get("title"), document.path, "title", self.plan.messages
        )
        if title:
            return title
        last = normalise_path(document.text("permalink")).rsplit("/", 1)[-1]
        name = last or document.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        title = readable(name)[:MAXIMUM_TITLE] or "Untitled"
        self.plan.messages.append(
            Message("title-missing", document.path, f"“{title}” is used", "title")
        )
        return title

    def _note_front_matter(self, place: Place) -> None:
        document = place.document
        layout = document.text("layout")
        if layout not in KNOWN_LAYOUTS:
            self.plan.messages.append(
                Message("layout-unknown", document.path, f"“{layout}”", "layout")
            )
        for key, value in document.front_matter.items():
            if key not in KNOWN_KEYS and value not in (None, "", [], {}, False):
                self.plan.messages.append(
                    Message("field-left-out", document.path, str(value)[:200], str(key))
                )
        for field_name, value in placeholders(dict(document.front_matter)):
            self.plan.messages.append(
                Message("placeholder", document.path, f"“{value}”", field_name)
            )


def without_place(content: dict[str, Any]) -> dict[str, Any]:
    """Return imported content without the note of where the page was to stand."""
    return {name: value for name, value in content.items() if name != "$place"}


def plain_description(value: object) -> str:
    """Return a description as plain text, paragraphs kept apart."""
    text = plain(value) if value is not None else ""
    return "\n\n".join(part.strip() for part in text.splitlines() if part.strip())


def _share_picture(path: str) -> Any:
    return PictureOf(path, "image")
