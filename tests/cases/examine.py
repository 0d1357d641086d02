"""Look into the database of an imported case; run as ``python -m tests.cases.examine WHAT``.

A process of its own, because a test process has another database. Prints JSON.
Nothing that is looked at is changed.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

from tests.cases.looks import kinds
from tests.cases.served import largest_form, served

# What saving a page changes by itself.
OF_REVISIONS = frozenset(
    {
        "latest_revision", "live_revision", "latest_revision_created_at", "last_published_at",
        "has_unpublished_changes",
    }
)  # fmt: skip
# What every run writes about itself.
OF_RUNS = ("isomer.certificate", "isomer.importrun", "isomer.importmessage")


def rows() -> dict[str, int]:
    """Return how many rows each table has and how many files are stored, runs left out."""
    from django.apps import apps

    counts = {
        model._meta.label_lower: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    counts["stored files"] = len(_stored_files())
    return {name: count for name, count in counts.items() if name not in OF_RUNS}


def tree() -> dict[str, Any]:
    """Return what is wrong with the page tree, and how many pages there are of each type."""
    from collections import Counter

    from wagtail.models import Page

    types = Page.objects.values_list("content_type__model", flat=True)
    return {"problems": [list(found) for found in Page.find_problems()], "types": Counter(types)}


def media() -> dict[str, list[str]]:
    """Return objects that answer at no old path, and files that belong to no object."""
    from content.models import MediaPath, SiteDocument, SiteImage, SiteRendition

    paths = MediaPath.objects
    images, documents = SiteImage.objects.all(), SiteDocument.objects.all()
    without_path = [
        *images.exclude(pk__in=paths.filter(image__isnull=False).values("image")),
        *documents.exclude(pk__in=paths.filter(document__isnull=False).values("document")),
    ]
    known = {
        str(name)
        for objects in (images, documents, SiteRendition.objects.all())
        for name in objects.values_list("file", flat=True)
    }
    stored = _stored_files()
    return {
        "without path": [one.title for one in without_path],
        "without object": sorted(stored - known),
        "without file": sorted(known - stored),
    }


def forms(number: str, seed: str) -> dict[str, Any]:
    """Save the edit forms of so many pages untouched (``0``: of all), undo it, and return by
    title what that changed; and which pages the importer would take for edited."""
    from django.contrib.auth import get_user_model
    from django.db import transaction
    from django.test import Client
    from django.test.utils import setup_test_environment
    from wagtail.models import Page, Site

    from isomer.present.snapshot import read_present

    # So that a refused form can be looked into.
    setup_test_environment()
    pages = list(Page.objects.filter(depth__gt=1).order_by("path").specific())
    if int(number):
        pages = random.Random(seed).sample(pages, min(int(number), len(pages)))
    with transaction.atomic():
        officer = get_user_model().objects.create_superuser("officer-of-forms")
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(officer)
        changed = {page.title: found for page in pages if (found := _saved(page, client))}
        site = Site.objects.get(is_default_site=True)
        present = read_present(site, "home.HomePage", "").pages
        edited = [key for key, page in present.items() if page.exists and page.edited]
        transaction.set_rollback(True)
    return {"pages": len(pages), "changed": changed, "edited": edited}


def _saved(page: Any, client: Any) -> list[str]:
    """Post a page's form as it is and return the names of the fields that differ afterwards."""
    from django.urls import reverse

    from tests.forms import page_form_data

    # What the editor opens: a draft has its content in its revision only.
    page = page.get_latest_revision_as_object()
    before = _fields(page)
    data = page_form_data(page) | ({"action-publish": "action-publish"} if page.live else {})
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    if response.status_code != 302:
        form = (response.context or {}).get("form")
        return [f"refused with {response.status_code}: {form.errors if form else ''}"]
    after = _fields(type(page).objects.get(pk=page.pk).get_latest_revision_as_object())
    return sorted(name for name in before if before[name] != after[name])


def _fields(page: Any) -> dict[str, str]:
    """Return a page's fields in one form: keys of the editor and kinds of line end don't count."""
    data = page.serializable_data()
    return {
        name: re.sub(r" data-block-key=\\?\"[^\"]*\"", "", str(value)).replace("\\r\\n", "\\n")
        for name, value in data.items()
        if name not in OF_REVISIONS
    }


def damage(number: str, seed: str) -> dict[str, Any]:
    """Damage the served pages so many times, and return what the certificates would not notice."""
    from isomer.models import ImportRun
    from isomer.read import open_source
    from isomer.verify.certify import Verifier
    from tests.isomer.verify.damage import damage_pages, whole_pages

    run = ImportRun.objects.select_related("site").first()
    assert run is not None
    assert run.site is not None
    with open_source(Path(run.source)) as source:
        pages = whole_pages(Verifier.of(run, run.site, source))
        outcome = damage_pages(pages, int(number), seed)
    return {"trials": outcome.trials, "missed": outcome.missed, "pages": len(pages)}


def certificates() -> dict[str, int]:
    """Return how many certificates there are in each state."""
    from collections import Counter

    from isomer.models import Certificate

    return Counter(Certificate.objects.values_list("state", flat=True))


def moves(seed: str) -> dict[str, Any]:
    """Move and rename every page, undo it, and return what that broke."""
    from django.db import transaction
    from django.test.utils import setup_test_environment
    from wagtail.models import Site

    from tests.moving import MovedSite

    setup_test_environment()
    with transaction.atomic():
        moved = MovedSite(Site.objects.get(is_default_site=True), int(seed))
        moved.do_everything()
        found = {
            "done": moved.done,
            "problems": [str(one) for one in moved.problems()],
            "lost": moved.lost_places(),
            "broken": sorted(set(moved.broken_links()) - moved.broken_before),
        }
        transaction.set_rollback(True)
    return found


def _stored_files() -> set[str]:
    from django.conf import settings

    root = Path(settings.MEDIA_ROOT)
    return {str(file.relative_to(root)) for file in root.rglob("*") if file.is_file()}


if __name__ == "__main__":
    django.setup()
    known: dict[str, Callable[..., Any]] = {
        "rows": rows, "tree": tree, "media": media, "forms": forms, "served": served,
        "largest form": largest_form, "kinds": kinds,
        "damage": damage, "certificates": certificates, "moves": moves,
    }  # fmt: skip
    sys.stdout.write(json.dumps(known[sys.argv[1]](*sys.argv[2:])))
