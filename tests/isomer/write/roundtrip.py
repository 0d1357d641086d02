"""From a site to a repository and back, for tests of the export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from wagtail.models import Site

from content.models import SiteDocument, SiteImage
from content.paths import normalise_path
from isomer.plan import load_mapping
from isomer.run import import_source
from isomer.write.body import comparable
from isomer.write.compare import Titles, named, settled
from isomer.write.model import SitePage, SiteState
from isomer.write.run import Export, export_site
from isomer.write.site import read_site

HOST = "localhost"


def export(target: Path, **options: Any) -> Export:
    """Write the default site with the shipped mapping."""
    site = Site.objects.get(is_default_site=True)
    return export_site(site, target, load_mapping(settings.ISOMER_MAPPING), **options)


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files of a folder by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def start_over() -> None:
    """Remove the default site with its pages, and the library."""
    site = Site.objects.get(is_default_site=True)
    site.root_page.delete()
    Site.objects.filter(pk=site.pk).delete()
    SiteImage.objects.all().delete()
    SiteDocument.objects.all().delete()


def import_into_nothing(repository: Path) -> None:
    """Import a repository into a new default site."""
    start_over()
    done = import_source(repository, load_mapping(settings.ISOMER_MAPPING), HOST)
    Site.objects.filter(pk=done.outcome.site.pk).update(is_default_site=True)


@dataclass
class RoundTrip:
    """A site, its export, the site that an import of it makes, and the export of that."""

    first: SiteState
    second: SiteState
    exports: tuple[Export, Export]
    files: tuple[dict[str, bytes], dict[str, bytes]]


def round_trip(folder: Path) -> RoundTrip:
    """Go there and back with the default site, drafts included."""
    folder.mkdir(exist_ok=True)
    one = export(folder / "one", include_drafts=True)
    first = read_site(Site.objects.get(is_default_site=True), include_drafts=True)
    import_into_nothing(folder / "one")
    two = export(folder / "two", include_drafts=True)
    second = read_site(Site.objects.get(is_default_site=True), include_drafts=True)
    files = files_of(folder / "one"), files_of(folder / "two")
    return RoundTrip(first, second, (one, two), files)


def said(state: SiteState) -> dict[str, Any]:
    """Return what a site says, in a form in which two sites can be compared: pages with their
    places, titles, addresses and blocks, settings, menus, redirects, media.

    Entries of menus bear the title that visitors see. The order of pages that stand in no menu
    and in no section is nobody's to see.
    """
    titles = Titles(state)
    pages = list(_pages(state.home, ""))
    return {
        "pages": {page["path"]: page for page in pages},
        "order": [page["path"] for page in pages if page["in menus"] or page["above"] != "/"],
        **{
            name: named(settled(comparable(getattr(state, name))), titles)
            for name in ("identity", "notification", "menu", "footer")
        },
        "redirects": [(one.path, one.target, one.permanent) for one in state.redirects],
        "media": [(one.path, one.is_picture) for one in state.media],
    }


def _pages(page: SitePage, above: str) -> Iterator[dict[str, Any]]:
    path = normalise_path(page.path)
    yield {
        "path": path,
        "above": above,
        "type": page.type,
        "title": page.title,
        "live": page.live,
        "waits": page.is_waiting,
        "search": [page.seo_title, page.description],
        "in menus": page.in_menus or not above,
        "fields": {name: settled(comparable(value)) for name, value in page.fields.items()},
    }
    for child in page.children:
        yield from _pages(child, path or "/")
