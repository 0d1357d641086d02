"""Fourth stage: writing a plan into Wagtail, all of it or nothing. The only stage that writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Page, Site

from content.addresses import PageAddress, free_slug, site_root_above
from content.models import EmbedHost
from content.paths import normalise_path
from isomer.apply.content import filled_in, latest, references_in, write_fields
from isomer.apply.media import MediaWriter, known_ids
from isomer.apply.settings import write_setting
from isomer.apply.snapshot import imported_objects
from isomer.messages import Message, by_importance
from isomer.models import ImportedObject, ImportMessage, ImportRun
from isomer.plan.model import HOME_KEY, Action, Plan, PlannedPage, content_hash

Progress = Callable[[str], None]


@dataclass
class Outcome:
    """What a run did: the run itself, the site, and how many pages of each kind."""

    run: ImportRun
    site: Site
    site_is_new: bool = False
    pages: Counter[Action] = field(default_factory=Counter)


def apply_plan(
    plan: Plan,
    source: str,
    site: Site,
    started_at: datetime,
    progress: Progress = lambda text: None,
    commit: str = "",
    source_hash: str = "",
) -> Outcome:
    """Write a plan in one transaction and return what was done.

    ``source``, ``commit`` and ``source_hash`` say what was imported, for the record. A
    ``site`` that is not saved yet is made. Files are stored first. On any error no row is
    written, and the files are removed again.
    """
    writer = _Writer(plan, source, site, started_at, progress, commit, source_hash)
    try:
        writer.media.stage()
        with transaction.atomic():
            return writer.write()
    except BaseException:
        writer.media.remove_files()
        raise


@dataclass
class _Writer:
    plan: Plan
    source: str
    site: Site
    started_at: datetime
    progress: Progress
    commit: str = ""
    source_hash: str = ""
    page_ids: dict[str, int] = field(default_factory=dict)
    media_ids: dict[str, int] = field(default_factory=dict)
    site_is_new: bool = False
    media: MediaWriter = field(init=False)

    def __post_init__(self) -> None:
        self.media = MediaWriter(self.plan.media, self.site, self.progress)

    def write(self) -> Outcome:
        self._remember_ids()
        self.media_ids = known_ids(self.site) | self.media.write_objects()
        for page in self.plan.pages:
            if page.action is Action.CREATE:
                self._create(page)
            elif page.page_id is not None:
                self.page_ids[page.key] = page.page_id
        self._release_addresses()
        for number, page in enumerate(self.plan.pages, 1):
            if page.action in (Action.CREATE, Action.UPDATE):
                self.progress(f"Page {number} of {len(self.plan.pages)}: {page.content['title']}")
                self._fill(page)
        self._check_addresses()
        self._write_settings()
        # Somebody may have listed a host since the plan was made.
        EmbedHost.objects.bulk_create(
            [EmbedHost(host=host) for host in self.plan.embed_hosts], ignore_conflicts=True
        )
        return self._record()

    def _remember_ids(self) -> None:
        """Know every object of earlier runs, so that links to pages outside this source hold."""
        if self.site.pk is None:
            return
        rows = list(imported_objects(self.site))
        existing = set(
            Page.objects.filter(pk__in=[row.object_id for row in rows]).values_list("pk", flat=True)
        )
        self.page_ids[HOME_KEY] = self.site.root_page_id
        for row in rows:
            is_page = row.kind in (ImportedObject.Kind.PAGE, ImportedObject.Kind.SECTION)
            if is_page and row.object_id in existing and row.source_path != HOME_KEY:
                self.page_ids[row.source_path] = row.object_id

    # Pages

    def _create(self, page: PlannedPage) -> None:
        model: type[Page] = apps.get_model(page.page_type)
        instance = model(title=page.content["title"], slug=page.slug, live=False)
        if page.key == HOME_KEY:
            self._create_home(instance)
        else:
            parent = Page.objects.get(pk=self.page_ids[page.parent])
            instance.slug = self._free_slug(page, instance, parent)
            parent.add_child(instance=instance)
        self.page_ids[page.key] = page.page_id = instance.pk

    def _create_home(self, instance: Page) -> None:
        """Put a home page under the tree's root and make it the root of the site.

        Wagtail's own welcome page, which every new database holds, gives way.
        """
        tree_root = Page.get_first_root_node()
        taken = set(tree_root.get_children().values_list("slug", flat=True))
        number = 1
        while instance.slug in taken:
            number += 1
            instance.slug = f"home-{number}"
        tree_root.add_child(instance=instance)
        welcome = self.site.root_page if self.site.pk else None
        self.site.root_page = instance
        if welcome is None:
            self.site_is_new = True
            self.site.is_default_site = not Site.objects.filter(is_default_site=True).exists()
        self.site.save()
        if welcome is None:
            return
        untouched = welcome.specific_class is Page and not welcome.get_children().exists()
        if untouched and welcome.depth > 1 and not welcome.revisions.exists():
            welcome.delete()

    def _free_slug(self, page: PlannedPage, instance: Page, parent: Page) -> str:
        """Return a slug no sibling has; for a page without an address also one whose place in
        the tree is nobody's address, neither now nor when this run is over."""
        siblings = set(parent.get_children().values_list("slug", flat=True))
        root = site_root_above(parent)
        in_tree = root is not None and not page.content.get("address")
        slug, number = page.slug, 1
        while slug in siblings or (in_tree and root and self._taken(slug, instance, parent, root)):
            number += 1
            slug = f"{page.slug}-{number}"
        if in_tree and slug != page.slug:
            text = f"it is at {slug} in its section instead of {page.slug}"
            self.plan.messages.append(Message("address-moved-aside", page.key, text))
        return slug

    def _taken(self, slug: str, instance: Page, parent: Page, root: tuple[Site, str]) -> bool:
        planned = {normalise_path(str(page.content.get("address"))) for page in self.plan.pages}
        instance.slug = slug
        place = normalise_path(parent.url_path[len(root[1]) :] + slug)
        # A section gives way to addresses by itself.
        clash = place in planned and not getattr(instance, "yields_to_addresses", False)
        return clash or free_slug(instance, parent, *root) != slug

    def _release_addresses(self) -> None:
        """Let go of the addresses that pages are about to leave, so that two pages of a source
        may exchange theirs: a page that goes live gives way to those that live there already."""
        for page in self.plan.pages:
            if page.action is Action.UPDATE and page.page_id and "address" in page.content:
                path = normalise_path(str(page.content["address"]))
                own = PageAddress.objects.filter(page_id=page.page_id)
                own.exclude(path=path).update(kind=PageAddress.Kind.OLD)

    def _fill(self, page: PlannedPage) -> None:
        """Write the content of a page: one revision, published unless it is a draft."""
        instance = latest(Page.objects.get(pk=page.page_id).specific)
        was_live = instance.live
        write_fields(instance, filled_in(page.content, self.page_ids, self.media_ids))
        revision = instance.save_revision()
        if page.live or page.content.get("go_live_at"):
            # With a day of publication that lies ahead, Wagtail waits for it.
            revision.publish()
        elif was_live:
            Page.objects.get(pk=page.page_id).specific.unpublish()
        self._remember(
            ImportedObject.Kind.SECTION if page.is_section else ImportedObject.Kind.PAGE,
            page.key,
            instance,
            page.content,
            address=str(page.content.get("address", "")),
            adopts=page.adopts,
        )

    def _check_addresses(self) -> None:
        """Name every page that could not be published at its address after all."""
        written = [
            page
            for page in self.plan.pages
            if page.action in (Action.CREATE, Action.UPDATE)
            and page.live
            and page.content.get("address")
        ]
        rows = PageAddress.objects.filter(
            kind=PageAddress.Kind.CANONICAL, page_id__in=[page.page_id for page in written]
        )
        found = dict(rows.values_list("page_id", "path"))
        for page in written:
            address = str(page.content["address"])
            if page.page_id is None or found.get(page.page_id) != normalise_path(address):
                text = f"another page lives at {address}; this one is at its place in the tree"
                self.plan.messages.append(Message("permalink-clash", page.key, text, "permalink"))

    # Settings, menu and footer

    def _write_settings(self) -> None:
        for setting in self.plan.settings:
            if setting.action in (Action.CREATE, Action.UPDATE):
                values = filled_in(setting.content, self.page_ids, self.media_ids)
                instance = write_setting(setting, values, self.site)
                self._remember(ImportedObject.Kind.SETTING, setting.name, instance, setting.content)

    # Memory

    def _remember(
        self,
        kind: str,
        key: str,
        instance: models.Model,
        content: dict[str, Any],
        address: str = "",
        adopts: str = "",
    ) -> None:
        site = self.site
        if kind != ImportedObject.Kind.SETTING:
            # Whatever host name was given: the pages of one root are remembered once.
            site = Site.objects.filter(root_page=site.root_page_id).order_by("pk")[0]
        if adopts:
            ImportedObject.objects.filter(site=site, kind=kind, source_path=adopts).delete()
        ImportedObject.objects.update_or_create(
            site=site,
            kind=kind,
            source_path=key,
            defaults={
                "content_type": ContentType.objects.get_for_model(instance),
                "object_id": instance.pk,
                "content": content,
                "content_hash": content_hash(content),
                "references": references_in(content, self.page_ids, self.media_ids),
                "address": address,
                "imported_at": timezone.now(),
            },
        )

    def _record(self) -> Outcome:
        self.media.write_paths()
        counts = Counter(page.action for page in self.plan.pages)
        run = ImportRun.objects.create(
            source=self.source[:1000],
            commit=self.commit,
            source_hash=self.source_hash,
            site=self.site,
            started_at=self.started_at,
            finished_at=timezone.now(),
            plan_hash=self.plan.digest,
            created=counts[Action.CREATE],
            updated=counts[Action.UPDATE],
            unchanged=counts[Action.KEEP],
            left_alone=counts[Action.LEAVE],
        )
        pages = self._pages_by_path()
        ImportMessage.objects.bulk_create(
            ImportMessage(
                run=run,
                level=message.level,
                rule=message.rule,
                source_path=message.path[:1000],
                place=message.place[:255],
                text=message.text,
                page_id=pages.get(message.path),
            )
            for message in by_importance(self.plan.messages)
        )
        return Outcome(run, self.site, self.site_is_new, counts)

    def _pages_by_path(self) -> dict[str, int]:
        """Return the page that each document or section became, for linking messages to it."""
        pages: dict[str, int] = {}
        for page in self.plan.pages:
            if page.page_id is not None:
                pages[page.source or page.key] = page.page_id
        return pages
