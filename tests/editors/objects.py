"""An object for every address that the project adds to the admin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from content.models import EmbedHost
from isomer.models import Certificate, ImportedObject, ImportMessage, ImportRun, RunRequest
from navigation.models import Footer, Menu
from resources.models import ResourceCategoryPage, ResourceRoomPage
from tests.factories import make_page
from tests.isomer.admin.people import make_site, row_of

# Beginnings of the names of addresses, and which object they are for.
OBJECTS = {
    "wagtailredirects": "redirect",
    "wagtailsearchpromotions": "promotion",
    "isomer_sign_off_side": "side",
    "isomer_sign_off": "page",
    "isomer_request": "request",
    "isomer_rebuild": "kept_html",
    "editors_guide_chapter": "chapter",
    "content_private_files": "kept_page",
    "navigation_preview_colours": "colours",
    "resources_add_files": "category",
}


def make_objects(folder: Path) -> dict[str, list[Any]]:
    """Import a small site and return, by kind of object, what addresses name of it."""
    site = make_site(folder)
    found: dict[str, list[Any]] = {"site": [site.pk], "colours": ["000000", "ffffff"]}
    for model in (Menu, Footer):
        part = model.objects.create(name="Part")
        revisions = [part.save_revision() for _ in range(2)]
        found[str(model._meta.model_name)] = [part.pk, revisions[0].pk, revisions[1].pk]
    for kept in (Certificate, ImportedObject, ImportMessage, ImportRun):
        found[str(kept._meta.model_name)] = [kept.objects.values_list("pk", flat=True)[0]]
    now = timezone.now()
    request = RunRequest.objects.create(
        source_name="agency", person_name="P", requested_at=now, alive_at=now, state="planned"
    )
    promotion = SearchPromotion.objects.create(
        query=Query.get("trials"), page=site.root_page, description="x"
    )
    redirect = Redirect.objects.create(old_path="/a", redirect_link="/b", site=site)
    host = EmbedHost.objects.create(host="form.example.org")
    kept = make_page(
        site.root_page,
        "Kept",
        body=[("imported_html", {"html": "<div>Words</div>", "pattern": ""})],
    )
    room = make_page(site.root_page, "Room", model=ResourceRoomPage)
    return found | {
        "category": [make_page(room, "Circulars", model=ResourceCategoryPage).pk],
        "chapter": ["care"],
        "embedhost": [host.pk],
        "kept_html": [kept.pk, "before"],
        "kept_page": [kept.pk],
        "place": [f"body.{kept.body[0].id}"],
        "page": [row_of(site, "third.md").pk],
        "promotion": [promotion.query_id],
        "side": [row_of(site, "third.md").pk, "source"],
        "redirect": [redirect.pk],
        "request": [request.pk],
    }


def url_of(name: str, objects: dict[str, list[Any]]) -> str:
    """Return an address by the name that :func:`tests.editors.addresses.our_addresses` gives it,
    for an object of its kind."""
    query = f"?place={objects['place'][0]}" if name.startswith("isomer_rebuild") else ""
    base, _, setting = name.rstrip("]").partition("[")
    if setting:
        return reverse(base, args=["navigation", setting, *objects["site"]])
    beginnings = [kind for start, kind in OBJECTS.items() if name.startswith(start)]
    models = [kind for kind in objects if kind in base.replace(":", "_").split("_")]
    given = objects[(beginnings or models or ["site"])[0]]
    for number in range(len(given) + 1):
        try:
            return reverse(name, args=given[:number]) + query
        except NoReverseMatch:
            continue
    raise AssertionError(f"no object for {name}")
