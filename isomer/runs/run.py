"""One import from the first stage to the last."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Mapping_
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.db import Error
from django.utils import timezone
from wagtail.models import Page, Site

from content.failures import sentence
from isomer.apply import ApplyResult, apply_plan, finish_dead_runs, recorded
from isomer.apply import list_care as list_care_of
from isomer.fetch import host_name, with_far_pictures
from isomer.gc_tuning import rare_garbage_collection
from isomer.lock import ImportRunning, run_lock
from isomer.models import ImportRun
from isomer.plan import LONGEST_HOST, Mapping, MappingError, Plan, build_plan
from isomer.present import (
    SiteChanged,
    State,
    check_unchanged,
    differences,
    read_present,
    site_state,
)
from isomer.read import SourceError, check_name, open_source
from isomer.runs.origin import OtherSourceError, origin_of, what_is_replaced
from isomer.runs.plan_file import PlanFile, PlanFileError, refusal
from isomer.source import SourceSite

Progress = Callable[[str], None]
ATTEMPTS = 3


def _silent(text: str) -> None:
    """Show no progress."""


@dataclass(frozen=True)
class Request:
    """What is asked of an import.

    ``hostname`` names the site, the default one when empty; a site that does not exist is
    made. With ``recreate_deleted`` pages and files that people deleted come back, with
    ``skip_unused`` files that nothing mentions are left out. Only with ``replace_site`` may a
    repository replace what another one brought. Pictures of the hosts in ``fetch_pictures`` are
    brought into the library.
    """

    folder: Path
    mapping: Mapping
    hostname: str = ""
    recreate_deleted: bool = False
    skip_unused: bool = False
    replace_site: bool = False
    fetch_pictures: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The full path of what is imported."""
        return str(self.folder.resolve())

    def site(self) -> Site | None:
        """Return the site as it is now, ``None`` if the run will make it."""
        return find_site(*host_and_port(self.hostname))

    def check(self) -> None:
        """Raise ``MappingError``, ``SiteNameError`` or ``SourceError`` for what can't be done."""
        check_page_types(self.mapping)
        host_and_port(self.hostname)
        check_name(self.folder)
        for name in self.fetch_pictures:
            if host_name(name) != name:
                raise SiteNameError(f"{name} is not a host name. Write it as img.example.org.")

    @contextmanager
    def open(self, progress: Progress) -> Iterator[SourceSite]:
        """Read the source, with the pictures of other sites that are asked for."""
        with (
            open_source(self.folder, progress) as source,
            with_far_pictures(source, self.fetch_pictures, progress),
        ):
            yield source


@dataclass(frozen=True)
class Planned:
    """A plan, and the state of the site that it rests on.

    ``site`` is not saved yet where the run will make it; ``source_hash`` is that of the files.
    ``origin`` is by what the repository is known again, ``replaces`` what of another one the plan
    would replace, in words.
    """

    plan: Plan
    request: Request
    site: Site
    state: State
    commit: str
    started_at: datetime
    source_hash: str = ""
    origin: Mapping_[str, str] = field(default_factory=dict)
    replaces: str = ""

    @property
    def seconds(self) -> float:
        """How long it took so far."""
        return (timezone.now() - self.started_at).total_seconds()

    def binding(self, mapping_file: Path) -> PlanFile:
        """Return what a later run needs to be bound to this plan."""
        return PlanFile(
            digest=self.plan.digest,
            source=self.request.source,
            commit=self.commit,
            hostname=self.request.hostname,
            mapping=str(mapping_file.resolve()),
            recreate_deleted=self.request.recreate_deleted,
            skip_unused=self.request.skip_unused,
            made=self.started_at.isoformat(),
            steps=self.plan.steps,
            state=self.state,
            replace_site=self.request.replace_site,
            fetch_pictures=list(self.request.fetch_pictures),
        )

    def check_site(self) -> None:
        """Raise ``SiteChanged`` if somebody changed the site since."""
        check_unchanged(self.request.site(), self.state)


@dataclass
class Import:
    """A finished import: what was planned, what came of it, and what failed afterwards."""

    plan: Plan
    outcome: ApplyResult
    problems: list[str] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """How long the run took."""
        run = self.outcome.run
        return ((run.finished_at or timezone.now()) - run.started_at).total_seconds()


@rare_garbage_collection()
def plan_source(request: Request, progress: Progress = _silent) -> Planned:
    """Return what :func:`import_source` would do. Nothing is written.

    Raises:
        SourceError, SiteNameError, MappingError, OtherSourceError: as :func:`import_source` does.
    """
    started_at = timezone.now()
    request.check()
    with request.open(progress) as source:
        return _plan(source, request, started_at, progress)


def _plan(
    source: SourceSite, request: Request, started_at: datetime, progress: Progress
) -> Planned:
    site = request.site()
    # The state comes first: what changes while the rest is read makes the plan void.
    state = site_state(site)
    present = read_present(site, request.mapping.home, request.source)
    plan = build_plan(
        source,
        request.mapping,
        present,
        timezone.localtime(started_at),
        progress,
        request.recreate_deleted,
        request.skip_unused,
    )
    origin = origin_of(source, request.folder.resolve().name)
    replaces = what_is_replaced(site, source, origin, plan)
    if replaces and not request.replace_site:
        raise OtherSourceError(replaces)
    host, port = host_and_port(request.hostname)
    new_site = Site(hostname=host or "localhost", port=port or 80)
    commit = source.commit.label if source.commit else ""
    return Planned(
        plan, request, site or new_site, state, commit, started_at, source.digest, origin, replaces
    )


def import_source(
    folder: Path,
    mapping: Mapping,
    hostname: str = "",
    progress: Progress = _silent,
    recreate_deleted: bool = False,
    skip_unused: bool = False,
    bound_to: PlanFile | None = None,
    replace_site: bool = False,
    begun: Callable[[ImportRun], None] = lambda run: None,
    fetch_pictures: tuple[str, ...] = (),
) -> Import:
    """Bring a source into a site of this database; :class:`Request` explains the arguments.

    Reading and converting happen before the write transaction, which looks first whether the
    site is still as it was planned for; if not, the run plans again. ``bound_to`` is a plan that
    the run must agree with. ``begun`` is called with the row of the run, in the transaction that
    makes it. What earlier runs left undone is done first.

    Raises:
        SourceError: if nothing in ``folder`` could be read.
        SiteNameError: if ``hostname`` is not one.
        MappingError: if the mapping names a page type that does not exist.
        ImportRunning: if another import into this database is going on.
        PlanFileError: if source or site are not what ``bound_to`` was made of.
        OtherSourceError: if another repository filled the site and may not be replaced.
        SiteChanged: if people changed the site each time that the run had planned.
    """
    request = Request(
        folder, mapping, hostname, recreate_deleted, skip_unused, replace_site, fetch_pictures
    )
    request.check()
    run = ImportRun(source=request.source[:1000], site=request.site(), started_at=timezone.now())
    with run_lock():
        finish_dead_runs(progress)
        with recorded(run, begun, REFUSALS), request.open(progress) as source:
            done = _import(source, request, run, bound_to, progress)
            done.problems += list_care(done.outcome, progress)
    return done


def _import(
    source: SourceSite,
    request: Request,
    run: ImportRun,
    bound_to: PlanFile | None,
    progress: Progress,
) -> Import:
    """Plan and write, again if somebody changes the site in between."""
    for attempt in range(1, ATTEMPTS + 1):
        planned = _plan(source, request, run.started_at, progress)
        if bound_to is not None:
            _agree(planned, bound_to)
        run.commit, run.source_hash = planned.commit, planned.source_hash
        run.origin = dict(planned.origin)
        try:
            outcome = apply_plan(planned.plan, planned.site, run, progress, planned.check_site)
        except SiteChanged:
            if attempt == ATTEMPTS or bound_to is not None:
                raise
        else:
            return Import(planned.plan, outcome)
        progress("Somebody changed the site meanwhile; planning again")
    raise AssertionError("the last attempt returns or raises")


@rare_garbage_collection()
def list_care(outcome: ApplyResult, progress: Progress = _silent) -> list[str]:
    """Bring the care list up to date, apart from the import's own transaction: that takes as long
    as writing the pages, and editors can save meanwhile.

    What it fails at is returned as a sentence: the pages are there by then, and the next import
    makes up for it, as does ``update_care_list``, which runs every night.
    """
    progress("Bringing the care list up to date")
    try:
        list_care_of(outcome.run)
    except Error as error:
        return [f"The care list is not up to date yet; it will be tonight. {sentence(error)}"]
    return []


def _agree(planned: Planned, bound_to: PlanFile) -> None:
    """Raise ``PlanFileError`` unless a plan is the one that a file holds, for the same site."""
    changed = differences(bound_to.state, planned.state)
    if why := refusal(bound_to, planned.plan.digest, planned.plan.steps, changed):
        raise PlanFileError(why)


class SiteNameError(Exception):
    """The name given for a site can't be a host name. The text says why."""


# Why an import does not even begin; each says what to do.
REFUSALS: tuple[type[Exception], ...] = (
    SourceError, MappingError, SiteNameError, PlanFileError, OtherSourceError, ImportRunning,
    SiteChanged,
)  # fmt: skip


_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")


def host_and_port(name: str) -> tuple[str, int | None]:
    """Split ``"host"`` or ``"host:port"``.

    Raises:
        SiteNameError: if it is neither.
    """
    if not name:
        return "", None
    try:
        parts = urlsplit(f"//{name}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    rest = parts.path or parts.query or parts.fragment or "@" in name
    if not host or rest or port == 0 or len(host) > LONGEST_HOST or not _HOST.fullmatch(host):
        raise SiteNameError(f"{name} is not a host name. Write it as www.example.org.")
    return host, port


def find_site(host: str, port: int | None) -> Site | None:
    """Return the site of a host name (and port, if given), or the default site for ``""``."""
    sites = Site.objects.select_related("root_page")
    if not host:
        return sites.filter(is_default_site=True).first()
    named = sites.filter(hostname=host)
    return (named if port is None else named.filter(port=port)).first()


def check_page_types(mapping: Mapping) -> None:
    """Check that every page type of a mapping exists.

    Raises:
        MappingError: naming the first that does not.
    """
    for name in sorted(mapping.page_types):
        try:
            model = apps.get_model(name)
        except (LookupError, ValueError):
            model = None
        if model is None or not issubclass(model, Page):
            raise MappingError(f"The mapping names {name}, which is not a page type of this site.")
