"""What a plan rests on: the state of a site, so that a later look can tell what changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db import connection
from django.forms.models import model_to_dict
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from content.addresses.index import PageAddress
from content.models import EmbedHost, MediaPath
from isomer.plan import content_hash
from isomer.present.settings import SETTINGS, SNIPPETS, chosen_snippet
from isomer.present.snapshot import imported_objects

NAMED = 10

# By name of an object: what people call it, and a hash of the state it is in.
State = Mapping[str, tuple[str, str]]


def site_state(site: Site | None) -> State:
    """Return the state of everything that a plan is compared with.

    ``site`` is ``None`` when a run will make it; then only what all sites share counts. A
    handful of queries, whatever the size of the site.
    """
    return {name: (label, content_hash({"state": state})) for name, label, state in _states(site)}


def differences(before: State, now: State) -> list[str]:
    """Return what became another between two states, in words: ``"page “About us” was
    changed"``."""
    found = []
    for name in sorted({*before, *now}):
        old, new = before.get(name), now.get(name)
        if old is None and new is not None:
            found.append(f"{new[0]} is new")
        elif new is None and old is not None:
            found.append(f"{old[0]} is gone")
        elif old is not None and new is not None and tuple(old)[1] != tuple(new)[1]:
            found.append(f"{new[0]} was changed")
    return found


class SiteChanged(Exception):
    """People changed the site between planning and writing. The text names what."""


def check_unchanged(site: Site | None, state: State) -> None:
    """Keep others from changing pages until the transaction ends, and look whether one was.

    On SQLite a transaction that writes shuts out other writers anyway.

    Raises:
        SiteChanged: if the site is not in ``state`` any more.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(Page._meta.db_table)
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
    if changed := differences(state, site_state(site)):
        raise SiteChanged(
            "The site was changed while the import was about to write: "
            + "; ".join(changed[:NAMED])
            + ". Nothing was imported; start it again."
        )


def _states(site: Site | None) -> Iterator[tuple[str, str, Any]]:
    for host, decision in EmbedHost.objects.values_list("host", "decision"):
        yield f"host {host}", f"the host of embedded content {host}", decision
    if site is None:
        return
    yield from _pages(site)
    yield from _media(site)
    yield from _redirects(site)
    for name in (*SETTINGS, *SNIPPETS):
        yield f"setting {name}", f"the setting “{_label(name)}”", _setting(name, site)
    # What earlier imports wrote: another import in between shows here at least.
    rows = imported_objects(site).values_list("kind", "source_path", "object_id", "content_hash")
    yield "memory", "what earlier imports remember", sorted(rows)


def _pages(site: Site) -> Iterator[tuple[str, str, Any]]:
    root = site.root_page
    below = Page.objects.filter(path__startswith=root.path)
    fields = ("pk", "draft_title", "latest_revision_id", "live", "url_path", "slug")
    addresses: dict[int, list[tuple[str, str]]] = {}
    of_site = PageAddress.objects.filter(site__root_page=root.pk)
    for page_id, path, kind in of_site.values_list("page_id", "path", "kind").order_by("path"):
        addresses.setdefault(page_id, []).append((path, kind))
    for row in below.values_list(*fields):
        yield f"page {row[0]}", f"the page “{row[1]}”", [*row, addresses.get(row[0], [])]


def _media(site: Site) -> Iterator[tuple[str, str, Any]]:
    for kind, model in (("picture", get_image_model()), ("document", get_document_model())):
        for pk, title, digest in model._default_manager.values_list("pk", "title", "file_hash"):
            yield f"{kind} {pk}", f"the {kind} “{title}”", digest
    rows = MediaPath.objects.filter(site=site).values_list("path", "image_id", "document_id")
    yield "paths", "the old paths of pictures and files", sorted(map(str, rows))


def _redirects(site: Site) -> Iterator[tuple[str, str, Any]]:
    fields = ("pk", "old_path", "redirect_page_id", "redirect_link", "is_permanent")
    for row in Redirect.get_for_site(site).values_list(*fields):
        yield f"redirect {row[0]}", f"the redirect {row[1]}", list(row)


def _label(name: str) -> str:
    return str(apps.get_model("navigation", name)._meta.verbose_name)


def _setting(name: str, site: Site) -> Any:
    """Return what a setting holds; of a menu or footer, which it is and its latest revision."""
    if name in SNIPPETS:
        chosen: Any = chosen_snippet(name, site)
        return None if chosen is None else [chosen.pk, chosen.latest_revision_id]
    row = apps.get_model("navigation", name).objects.filter(site=site).first()
    # Wagtail makes an empty row when a setting is read first; that is no change.
    empty = apps.get_model("navigation", name)(site=site)
    values = model_to_dict(row or empty)
    values.pop("id", None)
    return {key: str(value) for key, value in values.items()}
