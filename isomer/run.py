"""One import from the first stage to the last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.utils import timezone
from wagtail.models import Page, Site

from isomer.apply.snapshot import read_present
from isomer.apply.write import Outcome, apply_plan
from isomer.plan import Mapping, MappingError, Plan, build_plan
from isomer.read import read_source


@dataclass
class Import:
    """A finished import: what was planned and what came of it."""

    plan: Plan
    outcome: Outcome


def import_source(
    folder: Path,
    mapping: Mapping,
    hostname: str = "",
    progress: Callable[[str], None] = lambda text: None,
    recreate_deleted: bool = False,
) -> Import:
    """Bring a source into a site of this database.

    ``hostname`` names the site, the default one when empty; a site that does not
    exist is made. Reading and converting happen before the write transaction.

    Raises:
        SourceError: if nothing in ``folder`` could be read.
        MappingError: if the mapping names a page type that does not exist.
    """
    started_at = timezone.now()
    check_page_types(mapping)
    source = read_source(folder, progress)
    site = find_site(hostname)
    present = read_present(site, mapping.home)
    plan = build_plan(source, mapping, present, progress, recreate_deleted)
    outcome = apply_plan(
        plan, str(folder.resolve()), site, hostname or "localhost", started_at, progress
    )
    return Import(plan, outcome)


def find_site(hostname: str) -> Site | None:
    """Return the site of a host name, or the default site when it is empty."""
    sites = Site.objects.select_related("root_page")
    return (
        sites.filter(hostname=hostname).first()
        if hostname
        else sites.filter(is_default_site=True).first()
    )


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
