"""Writing a plan into Wagtail, all of it or nothing. Nothing else writes pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from care.items import updates_off
from content.addresses.index import PageAddress
from content.addresses.paths import normalise_path
from content.models import EmbedHost
from isomer.apply.creation import Creation, create_home
from isomer.apply.field_values import clear_fields, references_in, write_fields
from isomer.apply.indexes import index_again, indexes_off, update_references
from isomer.apply.leftovers import discard_files, is_done, note_files
from isomer.apply.media import MediaWriter, known_ids
from isomer.apply.memory import Memory
from isomer.apply.record import write_messages
from isomer.apply.redirects import write_redirect
from isomer.apply.settings import write_setting
from isomer.gc_tuning import rare_garbage_collection
from isomer.messages import Message, by_importance
from isomer.models import ImportedObject, ImportRun
from isomer.plan import HOME_KEY, Action, Plan, PlannedPage
from isomer.present import imported_objects, latest, with_ids

Progress = Callable[[str], None]


@dataclass
class ApplyResult:
    """What a run did: the run itself, the site, and how many pages of each kind."""

    run: ImportRun
    site: Site
    site_is_new: bool = False
    pages: Counter[Action] = field(default_factory=Counter)
    # The ids of the pages that were created or updated.
    written: list[int] = field(default_factory=list)


@rare_garbage_collection()
def apply_plan(
    plan: Plan,
    site: Site,
    run: ImportRun,
    progress: Progress = lambda text: None,
    check: Callable[[], None] = lambda: None,
    in_bulk: bool | None = None,
) -> ApplyResult:
    """Write a plan in one transaction and return what was done.

    ``run`` says what is imported; it is saved here if it is not yet, and becomes done with the
    transaction. A ``site`` that is not saved yet is made. Files are stored first; ``check`` is
    called when the transaction begins and raises if the plan does not hold any more. ``in_bulk``
    says whether new pages are created in bulk, the setting ``ISOMER_BULK_CREATION`` if ``None``.
    On any error no row is written, and the files are removed again, now or by the next run.
    """
    if in_bulk is None:
        in_bulk = settings.ISOMER_BULK_CREATION
    if run.pk is None:
        run.save()
    writer = _Writer(plan, site, run, progress, in_bulk)
    try:
        writer.media.stage(lambda names: note_files(run, names))
        with transaction.atomic():
            check()
            outcome = writer.write()
    except Exception:
        # The error may come after the commit; then the files stay.
        if not is_done(run):
            discard_files(run)
        raise
    discard_files(run)
    return outcome


@dataclass
class _Writer:
    plan: Plan
    site: Site
    run: ImportRun
    progress: Progress
    in_bulk: bool = True
    page_ids: dict[str, int] = field(default_factory=dict)
    media_ids: dict[str, int] = field(default_factory=dict)
    site_is_new: bool = False
    media: MediaWriter = field(init=False)
    memory: Memory = field(init=False)
    plan_hash: str = field(init=False)

    def __post_init__(self) -> None:
        # Writing fills ids into the plan; the hash is that of what was planned.
        self.plan_hash = self.plan.digest
        self.media = MediaWriter(self.plan.media, self.site, self.progress)
        self.memory = Memory(lambda content: references_in(content, self.page_ids, self.media_ids))

    def write(self) -> ApplyResult:
        self._remember_ids()
        self.media_ids = known_ids(self.site) | self.media.write_objects()
        with indexes_off(), updates_off():
            self._write_pages()
            self._check_addresses()
            self._write_settings()
            self._write_redirects()
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

    def _write_pages(self) -> None:
        """Create what is new, in bulk where that can be, then write what is left one by one."""
        new = [page for page in self.plan.pages if page.action is Action.CREATE]
        for page in self.plan.pages:
            if page.page_id is not None and page.action is not Action.CREATE:
                self.page_ids[page.key] = page.page_id
        for page in new:
            if page.key == HOME_KEY:
                model: type[Page] = apps.get_model(page.page_type)
                instance = model(title=page.content["title"], slug=page.slug, live=False)
                self.site_is_new = create_home(self.site, instance)
                self.page_ids[HOME_KEY] = page.page_id = instance.pk
        new = [page for page in new if page.key != HOME_KEY]
        self._release_addresses()
        creation = Creation(self.site, self.plan.pages, self.page_ids, self.plan.messages)
        written: list[PlannedPage] = []
        if self.in_bulk and new:
            written = creation.in_bulk(new, self._filled_in, self.progress)
        else:
            creation.one_by_one(new)
        for page in written:
            self._remember_page(page, apps.get_model(page.page_type))
        keys = {page.key for page in written}
        left = [
            page
            for page in self.plan.pages
            if page.action in (Action.CREATE, Action.UPDATE) and page.key not in keys
        ]
        for number, page in enumerate(left, 1):
            self.progress(f"Page {number} of {len(left)}: {page.content['title']}")
            self._fill(page)
        index_again(page.page_id for page in left if page.page_id)

    def _filled_in(self, content: dict[str, Any]) -> dict[str, Any]:
        return with_ids(content, self.page_ids, self.media_ids)

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
        clear_fields(instance, self.plan.before.get(page.key, {}).keys() - page.content.keys())
        write_fields(instance, self._filled_in(page.content))
        revision = instance.save_revision(log_action=True)
        if page.live or page.content.get("go_live_at"):
            # With a day of publication that lies ahead, Wagtail waits for it.
            revision.publish()
        elif was_live:
            Page.objects.get(pk=page.page_id).specific.unpublish()
        self._remember_page(page, type(instance))

    def _remember_page(self, page: PlannedPage, model: type[Page]) -> None:
        kinds = ImportedObject.Kind
        self.memory.add(
            kinds.SECTION if page.is_section else kinds.PAGE,
            page.key,
            model,
            self.page_ids[page.key],
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
                instance = write_setting(setting, self._filled_in(setting.content), self.site)
                kind, model = ImportedObject.Kind.SETTING, type(instance)
                self.memory.add(kind, setting.name, model, instance.pk, setting.content)

    def _write_redirects(self) -> None:
        for redirect in self.plan.redirects:
            if redirect.action in (Action.CREATE, Action.UPDATE):
                instance = write_redirect(redirect, self._filled_in(redirect.content), self.site)
                update_references(instance)
                kind, model = ImportedObject.Kind.REDIRECT, type(instance)
                self.memory.add(kind, redirect.path, model, instance.pk, redirect.content)

    def _record(self) -> ApplyResult:
        self.media.write_paths()
        self.memory.write(self.site)
        counts = Counter(page.action for page in self.plan.pages)
        kinds = (Action.CREATE, Action.UPDATE)
        written = [
            page.page_id for page in self.plan.pages if page.page_id and page.action in kinds
        ]
        run = self._end_run(counts, written)
        write_messages(run, by_importance(self.plan.messages), self._pages_by_path())
        return ApplyResult(run, self.site, self.site_is_new, counts, written)

    def _end_run(self, counts: Counter[Action], written: list[int]) -> ImportRun:
        """Write down that all is written, what is to be removed, and what the care list lacks."""
        run = self.run
        run.state = ImportRun.State.DONE
        run.site = self.site
        run.finished_at = timezone.now()
        run.plan_hash = self.plan_hash
        run.created = counts[Action.CREATE]
        run.updated = counts[Action.UPDATE]
        run.unchanged = counts[Action.KEEP]
        run.left_alone = counts[Action.LEAVE]
        run.files = self.media.replaced
        run.care_pages = written
        run.save()
        return run

    def _pages_by_path(self) -> dict[str, int]:
        """Return the page that each document or section became, for linking messages to it."""
        pages: dict[str, int] = {}
        for page in self.plan.pages:
            if page.page_id is not None:
                pages[page.source or page.key] = page.page_id
        return pages
