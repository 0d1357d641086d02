"""One import from the first stage to the last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.utils import timezone
from wagtail.models import Page, Site

from isomer.apply.snapshot import read_present
from isomer.apply.write import Outcome, apply_plan
from isomer.plan import Mapping, MappingError, Plan, build_plan
from isomer.read import open_source


@dataclass
class Import:
    """A finished import: what was planned and what came of it."""

    plan: Plan
    outcome: Outcome

    @property
    def seconds(self) -> float:
        """How long the run took."""
        run = self.outcome.run
        return (run.finished_at - run.started_at).total_seconds()


def import_source(
    folder: Path,
    mapping: Mapping,
    hostname: str = "",
    progress: Callable[[str], None] = lambda text: None,
    recreate_deleted: bool = False,
    skip_unused: bool = False,
) -> Import:
    """Bring a source into a site of this database.

    ``hostname`` names the site, the default one when empty; a site that does not
    exist is made. With ``skip_unused``, files that nothing mentions are left out.
    Reading and converting happen before the write transaction.

    Raises:
        SourceError: if nothing in ``folder`` could be read.
        SiteNameError: if ``hostname`` is not one.
        MappingError: if the mapping names a page type that does not exist.
    """
    started_at = timezone.now()
    check_page_types(mapping)
    host, port = host_and_port(hostname)
    with open_source(folder, progress) as source:
        site = find_site(host, port)
        present = read_present(site, mapping.home, str(folder.resolve()))
        now = timezone.localtime(started_at)
        plan = build_plan(source, mapping, present, now, progress, recreate_deleted, skip_unused)
        new_site = Site(hostname=host or "localhost", port=port or 80)
        commit = source.commit.label if source.commit else ""
        outcome = apply_plan(
            plan,
            str(folder.resolve()),
            site or new_site,
            started_at,
            progress,
            commit,
            source.digest,
        )
    return Import(plan, outcome)


class SiteNameError(Exception):
    """The name given for a site can't be a host name. The text says why."""


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
    if not host or parts.path or "@" in name:
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
