"""What a run will do, compared with what is there. No database."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from content.addresses.paths import normalise_path
from content.titles import title_fields
from isomer.messages import Message
from isomer.plan.compare import Comparison
from isomer.plan.file_titles import name_files
from isomer.plan.folders import FolderPlanner
from isomer.plan.limits import CONFIG, FOOTER_FILE, KEYS, fitted
from isomer.plan.linked_places import linked_places
from isomer.plan.links import Resolver, own_hosts
from isomer.plan.mapping import Mapping
from isomer.plan.media import MediaPlan
from isomer.plan.model import HOME_KEY, Action, Plan, PlannedPage, PresentObject, PresentSite
from isomer.plan.notices import TREE_PLACE, care_messages, gone, name_tree_places, undecided_hosts
from isomer.plan.page_fields import FieldsOfPages
from isomer.plan.places import (
    Placement,
    place_documents,
    plain_title,
    post_target,
    readable,
    slug_of,
)
from isomer.plan.redirects import plan_redirects
from isomer.plan.sections import Arrangement, arrange
from isomer.plan.site_settings import (
    ALWAYS_IN_FOOTER,
    MENU_FILE,
    footer_fields,
    menu_entries,
    site_settings,
)
from isomer.read import read_date
from isomer.source import DocumentKind, SourceKind, SourceSite

Progress = Callable[[str], None]


def build_plan(
    source: SourceSite,
    mapping: Mapping,
    present: PresentSite,
    now: datetime.datetime,
    progress: Progress = lambda text: None,
    recreate_deleted: bool = False,
    skip_unused: bool = False,
) -> Plan:
    """Return the plan for bringing a source into a site.

    ``present`` says what is there, ``now`` (with a time zone) which posts lie in the
    future. With ``recreate_deleted``, pages and files that a person deleted since
    the last import are made again; with ``skip_unused``, files that nothing
    mentions are left out.
    """
    return _Builder(source, mapping, present, now, progress, recreate_deleted, skip_unused).build()


@dataclass
class _Builder:
    source: SourceSite
    mapping: Mapping
    present: PresentSite
    now: datetime.datetime
    progress: Progress
    recreate_deleted: bool
    skip_unused: bool
    plan: Plan = field(default_factory=Plan)

    @cached_property
    def media(self) -> MediaPlan:
        return MediaPlan(
            {**self.source.assets, **self.source.fetched},
            self.present.media,
            self.skip_unused,
            self.recreate_deleted,
            self.progress,
        )

    @cached_property
    def comparison(self) -> Comparison:
        documents = frozenset(document.path for document in self.source.documents)
        return Comparison(
            self.present,
            self.media,
            documents,
            self.recreate_deleted,
            self.plan.messages,
            self.plan.before,
        )

    def build(self) -> Plan:
        plan = self.plan
        plan.messages.extend(self.source.messages)
        everything = [
            self._give_way(place)
            for place in place_documents(self.source, self.now.date(), plan.messages)
        ]
        arrangement = arrange(everything, self.source)
        wanted = frozenset(document.path for document in self.source.wanted)
        places = [place for place in everything if place.document.path in wanted]
        targets = self._targets(places, arrangement)
        hosts = own_hosts(self.source.config)
        self._plan_home_without_document(everything, places)
        makes = FieldsOfPages(
            self.source, self.mapping, self.now, self.media.fetched_at, plan.messages
        )
        documents = [place for place in places if not place.is_index]
        linked = linked_places(self.source, self.present, targets, hosts)
        ids = makes.convert(documents, linked, self.progress)
        for place in documents:
            path = place.document.path
            resolver = Resolver(path, targets, self.media, hosts, place.address or "/", ids)
            parent = arrangement.parents.get(path, "")
            title = self._title(place)
            content = makes.page(place, title, parent, resolver)
            content["last_updated"] = self._last_updated(place)
            plan.pages.append(self._page(place, parent, title, content))
            plan.messages.extend(resolver.finish())
        folders = FolderPlanner(self.mapping, self.comparison, plan)
        above = arrangement.above(wanted) if self.source.only else arrangement.folders
        folders.plan_folders(above)
        if not self.source.only:
            self._plan_frame(places, targets, hosts, ids)
            plan.redirects = plan_redirects(
                self.source.redirects,
                targets,
                self.media,
                self.comparison,
                plan.messages,
                hosts,
            )
            here = self.source.assets.keys() | self.media.fetched
            plan.messages.extend(gone(plan, self.present, here))
        name_tree_places(plan.messages, plan.pages)
        plan.messages.extend(care_messages(plan.pages))
        plan.embed_hosts = undecided_hosts(plan.pages, self.present.embed_hosts, plan.messages)
        # Last, when everything that mentions a file has asked for it.
        plan.media = self.media.finish()
        name_files(plan.media, plan.pages)
        plan.messages.extend(self.media.messages)
        if self.source.only:
            keep_to_one(plan, self.source.only, self.media.mentioned())
        return plan

    def _give_way(self, place: Placement) -> Placement:
        """Take the address from a document whose address is that of a page made in the admin."""
        path = normalise_path(place.address)
        holder = self.present.holders.get(path) if path else None
        for page in self.comparison.at(path) if path else ():
            is_other = page.edited and page.key != place.document.path
            if is_other and not self._adopts(page, path):
                holder = str(page.content.get("title", page.key))
        if holder is None:
            return place
        self.plan.messages.append(
            Message(
                "permalink-clash",
                place.document.path,
                f"{place.address} belongs to the page “{holder}”, which was made or changed in the"
                f" admin and keeps it; this page lives {TREE_PLACE}",
                "permalink",
            )
        )
        return replace(place, address="")

    def _adopts(self, page: PresentObject, path: str) -> bool:
        """Tell whether a page that another source brought to this address becomes the page of
        the document that has the address here. It stays as people edited it."""
        brought_there = normalise_path(str(page.content.get("address", ""))) == path
        return brought_there and page.key not in self.comparison.documents

    def _targets(self, places: list[Placement], arrangement: Arrangement) -> dict[str, str]:
        """Return the page at each path once the run is over, as keys."""
        targets = {path: f"page:{page_id}" for path, page_id in self.present.targets.items()}
        if self.present.home_id is not None:
            targets[""] = HOME_KEY
        for key, page in self.present.pages.items():
            if page.exists and page.address:
                targets[normalise_path(page.address)] = key
        keys = {
            folder.index.document.path: folder.key
            for folder in arrangement.folders
            if folder.index is not None
        }
        for place in places:
            path = place.document.path
            key = HOME_KEY if place.is_home else keys.get(path, path)
            if self.comparison.stays_deleted(key):
                continue
            if place.is_home:
                targets[""] = HOME_KEY
            elif place.address:
                targets[normalise_path(place.address)] = key
        return targets

    def _plan_home_without_document(
        self, everything: Sequence[Placement], places: Sequence[Placement]
    ) -> None:
        """Plan an empty home page where there is none and the run brings none. One document of
        a repository gets the repository's title for it."""
        if any(place.is_home for place in places) or self.present.home_id is not None:
            return
        home = next((place for place in everything if place.is_home), None)
        if home is None:
            self.plan.messages.append(Message("home-missing", "", self.source.root.name))
        title = self._title(home) if home else readable(self.source.root.name) or "Home"
        self.plan.pages.append(
            PlannedPage(HOME_KEY, "", self.mapping.home, "home", title_fields(title))
        )

    def _page(
        self, place: Placement, parent: str, title: str, content: dict[str, Any]
    ) -> PlannedPage:
        page_type, path = content["$place"][1], place.document.path
        target = post_target(place.document)
        keys = {**KEYS, "external_address": target.field} if target else KEYS
        page = PlannedPage(
            key=HOME_KEY if place.is_home else path,
            parent=parent,
            page_type=page_type,
            slug="home" if place.is_home else slug_of(place, title),
            content=fitted(page_type, content, path, self.plan.messages, keys),
            source=path,
        )
        return self.comparison.choose_action(page, place.address)

    def _last_updated(self, place: Placement) -> str | None:
        """Return the day of a document's last commit (format reference, 4.4).

        A source without a history (an archive, a clone that is cut off) says nothing about
        it: then what an earlier import knew holds. A post shows its own date instead. A document
        may name the day itself (``last_modified_at``, as a plugin of Jekyll reads it).
        """
        document = place.document
        named = read_date(document.front_matter.get("last_modified_at"), datetime.UTC)
        if named is not None:
            return (named.date() if isinstance(named, datetime.datetime) else named).isoformat()
        if document.kind is DocumentKind.POST:
            return None
        if self.source.changed:
            moment = self.source.changed.get(document.path)
            return moment.astimezone(self.now.tzinfo).date().isoformat() if moment else None
        known = self.present.pages.get(HOME_KEY if place.is_home else document.path)
        return known.content.get("last_updated") if known is not None else None

    def _title(self, place: Placement) -> str:
        document = place.document
        title = plain_title(
            document.front_matter.get("title"), document.path, "title", self.plan.messages
        )
        if title:
            return title
        last = normalise_path(place.address).rsplit("/", 1)[-1].removesuffix(".html")
        name = last or document.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        title = readable(name) or "Untitled"
        self.plan.messages.append(
            Message("title-missing", document.path, f"“{title}” is used", "title")
        )
        return title

    def _plan_frame(
        self,
        places: list[Placement],
        targets: dict[str, str],
        hosts: frozenset[str],
        ids: dict[str, frozenset[str]],
    ) -> None:
        """Plan the settings, and in a repository the menu and the footer."""
        messages = self.plan.messages

        def resolver(path: str) -> Resolver:
            return Resolver(path, targets, self.media, hosts, ids=ids)

        where = CONFIG if self.source.kind is SourceKind.REPOSITORY else ""
        of_settings = resolver(where)
        contents = site_settings(self.source, places, of_settings, messages)
        messages.extend(of_settings.finish())
        if self.source.kind is SourceKind.REPOSITORY:
            titles = {page.key: page.title for page in self.plan.pages}
            if self.source.navigation:
                of_menu = resolver(MENU_FILE)
                entries = menu_entries(
                    self.source.navigation, self.source, titles, MENU_FILE, messages
                )
                contents["menu"] = {"entries": of_menu.resolve(entries)}
                messages.extend(of_menu.finish())
            of_footer = resolver(FOOTER_FILE)
            fields = footer_fields(self.source, titles, messages)
            contents["footer"] = of_footer.resolve(fields)
            # The old theme itself printed two of the links; no author wrote their addresses.
            messages.extend(
                replace(one, rule="footer-page-missing")
                if one.rule == "link-target-missing" and one.place in ALWAYS_IN_FOOTER
                else one
                for one in of_footer.finish()
            )
        files = {"menu": MENU_FILE, "footer": FOOTER_FILE}
        self.plan.settings = [
            self.comparison.setting(
                name,
                fitted(f"navigation.{name}", content, files.get(name, where), messages),
            )
            for name, content in contents.items()
        ]


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
