"""What a site holds, without what differs between two runs that do the same: ids and times."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, PageLogEntry, ReferenceIndex, Revision, Site

from care.models import CareItem, LinkUse
from content.addresses.index import PageAddress
from content.models import MediaPath, SiteDocument, SiteImage, SiteRendition
from isomer.models import ImportedObject, ImportRun
from navigation.models import SiteIdentity

# What storages add to a name that is taken.
ADDED = re.compile(r"_[A-Za-z0-9]{7}(?=\.)")
NUMBER = re.compile(r"\b\d+\b")


def content() -> dict[str, list[str]]:
    """Return what the transaction of an import writes."""
    pages = Page.objects.filter(depth__gt=1).specific()
    return {
        "pages": _lines(
            [page.url_path, page.title, page.live, type(page).__name__, page.numchild,
             NUMBER.sub("#", json.dumps(page.serializable_data().get("body", "")))]
            for page in pages
        ),
        "revisions": _lines(Counter(Revision.objects.values_list("object_str")).items()),
        "log": _lines(Counter(PageLogEntry.objects.values_list("label", "action")).items()),
        "sites": _lines(Site.objects.values_list("hostname", "root_page__url_path")),
        "addresses": _lines(PageAddress.objects.values_list("path", "kind", "page__url_path")),
        "pictures": _lines(_stored(SiteImage)),
        "documents": _lines(_stored(SiteDocument)),
        "collections": _lines(Collection.objects.values_list("name", "depth")),
        "paths": _lines(MediaPath.objects.values_list("path", "image__title", "document__title")),
        "redirects": _lines(
            Redirect.objects.values_list("old_path", "redirect_link", "redirect_page__url_path")
        ),
        "identity": _lines(SiteIdentity.objects.values_list("name")),
        "remembered": _lines(
            ImportedObject.objects.values_list("kind", "source_path", "content_hash", "address")
        ),
        "references": [str(ReferenceIndex.objects.count())],
    }  # fmt: skip


def rest() -> dict[str, list[str]]:
    """Return what comes after that: the care list, sizes of pictures, and every stored file."""
    return {
        "care": _lines(CareItem.objects.values_list("page__url_path", "kind", "place", "text")),
        "links": _lines(LinkUse.objects.values_list("page__url_path", "words", "path")),
        "sizes": _lines(
            [ADDED.sub("", name), spec]
            for name, spec in SiteRendition.objects.values_list("file", "filter_spec")
        ),
        "files": files(),
    }


def files() -> list[str]:
    """Return each stored file with a sum of what it holds."""
    root = Path(settings.MEDIA_ROOT)
    return _lines(
        [ADDED.sub("", file.relative_to(root).as_posix()), _sum(file)]
        for file in root.rglob("*")
        if file.is_file()
    )


def runs() -> list[list[Any]]:
    """Return the state of each run, the first one first, and whether it left something to do."""
    found = ImportRun.objects.order_by("pk")
    return [
        [run.state, bool(run.files or run.care_pages), run.error, run.finished_at is not None]
        for run in found
    ]


def _stored(model: Any) -> Iterable[list[Any]]:
    rows = model.objects.values_list("title", "file", "file_hash", "collection__name")
    for title, name, digest, collection in rows:
        path = Path(settings.MEDIA_ROOT) / name
        yield [title, ADDED.sub("", name), digest, collection, path.exists()]


def _lines(rows: Iterable[Any]) -> list[str]:
    return sorted(repr(list(row)) for row in rows)


def _sum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16]
