"""What is there before a run, read from the database into plain data."""

from __future__ import annotations

from collections.abc import Mapping

from django.apps import apps
from django.db.models import Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from content.addresses.index import PageAddress, yields_to_addresses
from content.addresses.paths import normalise_path
from content.library.stored_files import lost_files
from content.models import EmbedHost, MediaPath
from isomer.models import ImportedObject, ImportRun
from isomer.plan import PresentObject, PresentSite
from isomer.present.redirects import read_redirects
from isomer.present.settings import read_settings
from isomer.present.values import imported_values, latest, same_content


def imported_objects(site: Site) -> QuerySet[ImportedObject]:
    """Return what imports made in a site.

    Sites with one root page are one site under several host names: they share
    their pages and pictures, but each has settings of its own.
    """
    own_setting = Q(site=site) | ~Q(kind=ImportedObject.Kind.SETTING)
    return ImportedObject.objects.filter(own_setting, site__root_page=site.root_page_id)


def read_present(site: Site | None, home_type: str, source: str = "") -> PresentSite:
    """Return what a run is compared with.

    ``home_type`` names the home page's model and ``source`` the folder as a run
    records it. ``site`` is ``None`` when the run will make it.
    """
    present = PresentSite()
    waiting = EmbedHost.Decision.WAITING
    rows_of_hosts = EmbedHost.objects.values_list("host", "decision")
    present.embed_hosts = {host: decision != waiting for host, decision in rows_of_hosts}
    if site is None:
        return present
    home_model: type[Page] = apps.get_model(home_type)
    root = site.root_page.specific
    present.home_id = root.pk if isinstance(root, home_model) else None
    rows: dict[str, list[ImportedObject]] = {kind: [] for kind in ImportedObject.Kind.values}
    for row in imported_objects(site):
        rows[row.kind].append(row)
    page_rows = rows[ImportedObject.Kind.PAGE] + rows[ImportedObject.Kind.SECTION]
    page_ids = {row.source_path: row.object_id for row in page_rows}
    media_rows = rows[ImportedObject.Kind.PICTURE] + rows[ImportedObject.Kind.DOCUMENT]
    media_ids = {row.source_path: row.object_id for row in media_rows}
    pages = {page.pk: page for page in Page.objects.filter(pk__in=page_ids.values()).specific()}
    for row in page_rows:
        present.pages[row.source_path] = _present_page(
            row, pages.get(row.object_id), page_ids, media_ids
        )
    present.media = _present_media(site, media_rows)
    _read_other_targets(site, set(pages), present)
    last_run = ImportRun.objects.done().filter(site=site).first()
    present.same_source = last_run is not None and last_run.source == source
    read_redirects(
        site,
        rows[ImportedObject.Kind.REDIRECT],
        lambda row: imported_values(row.content, row.references, page_ids, media_ids),
        present,
    )
    settings = {row.source_path: row for row in rows[ImportedObject.Kind.SETTING]}
    read_settings(site, present, settings, page_ids, media_ids)
    return present


def edited_pages(site: Site) -> frozenset[str]:
    """Return the keys of the imported pages of a site that people changed since the import."""
    rows: dict[str, list[ImportedObject]] = {kind: [] for kind in ImportedObject.Kind.values}
    for row in imported_objects(site):
        rows[row.kind].append(row)
    page_rows = rows[ImportedObject.Kind.PAGE] + rows[ImportedObject.Kind.SECTION]
    media_rows = rows[ImportedObject.Kind.PICTURE] + rows[ImportedObject.Kind.DOCUMENT]
    page_ids = {row.source_path: row.object_id for row in page_rows}
    media_ids = {row.source_path: row.object_id for row in media_rows}
    pages = {page.pk: page for page in Page.objects.filter(pk__in=page_ids.values()).specific()}
    return frozenset(
        row.source_path
        for row in page_rows
        if _present_page(row, pages.get(row.object_id), page_ids, media_ids).edited
    )


def _present_media(site: Site, rows: list[ImportedObject]) -> dict[str, PresentObject]:
    """Return the pictures and files of earlier imports by public path.

    One is edited when somebody gave it another file in the admin; a new title or
    collection is not the source's business.
    """
    hashes, lost = {}, {}
    for kind, model in (
        (ImportedObject.Kind.PICTURE, get_image_model()),
        (ImportedObject.Kind.DOCUMENT, get_document_model()),
    ):
        hashes[kind] = dict(model.objects.values_list("pk", "file_hash").iterator())
        lost[kind] = set(lost_files(model)) if rows else set()
    answering = set(MediaPath.objects.filter(site=site).values_list("path", flat=True))
    present: dict[str, PresentObject] = {}
    for row in rows:
        stored = hashes[ImportedObject.Kind(row.kind)].get(row.object_id)
        path = normalise_path(row.source_path)
        present[row.source_path] = PresentObject(
            row.source_path,
            row.object_id,
            row.content,
            address=path if path in answering else "",
            edited=bool(stored) and stored != row.content.get("digest"),
            exists=stored is not None,
            lost=row.object_id in lost[ImportedObject.Kind(row.kind)],
        )
    return present


def _present_page(
    row: ImportedObject,
    page: Page | None,
    page_ids: Mapping[str, int],
    media_ids: Mapping[str, int],
) -> PresentObject:
    edited = page is not None and not same_content(
        latest(page), imported_values(row.content, row.references, page_ids, media_ids)
    )
    return PresentObject(
        row.source_path,
        row.object_id,
        row.content,
        address=getattr(page, "address", "") if page is not None else row.address,
        edited=edited,
        exists=page is not None,
        references=row.references,
    )


def _read_other_targets(site: Site, imported: set[int], present: PresentSite) -> None:
    """Read the live pages that no import made, by the paths at which they answer."""
    root = site.root_page
    addressed: set[int] = set()
    rows = PageAddress.objects.filter(site__root_page=root.pk, page__live=True)
    for row in rows.exclude(page_id__in=imported).select_related("page"):
        present.targets[row.path] = row.page_id
        if row.kind == PageAddress.Kind.CANONICAL:
            present.holders[row.path] = row.page.title
            addressed.add(row.page_id)
    for page in root.get_descendants().live().exclude(pk__in=imported):
        path = normalise_path(page.url_path[len(root.url_path) - 1 :])
        present.targets.setdefault(path, page.pk)
        if page.pk not in addressed and not yields_to_addresses(page):
            present.holders.setdefault(path, page.title)
