"""Which files and pictures of private pages everybody may still fetch, and where else they are.

Wagtail's privacy covers pages. A file or picture is as private as its collection.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Page, ReferenceIndex, Revision, get_page_models
from wagtail.permission_policies.pages import PagePermissionPolicy

from content.addresses.paths import normalise_path
from content.library.private_media import private_collections
from content.models import MediaPath, SiteDocument, SiteImage

Key = tuple[str, int]
# Addresses of files as kept markup and links of text hold them.
_PATH = re.compile(r"""/(?:images|files)/[^"'<>\\]+|/[^"'<>\\\s]*\.[A-Za-z0-9]{2,7}\b""")
UNSEEN_PAGE = "a page that you do not see"
_MODELS: Mapping[str, type[Any]] = {"picture": SiteImage, "file": SiteDocument}


@dataclass(frozen=True)
class PublicFile:
    """A public file or picture that private pages use. ``kind`` is ``"picture"`` or ``"file"``;
    ``elsewhere`` names what else uses it, none if nothing does."""

    kind: str
    instance: Any
    elsewhere: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return what names it in a form."""
        return f"{self.kind}-{self.instance.pk}"


def public_files(page: Page, person: Any) -> list[PublicFile]:
    """Return what a page and those below it use that is in no private collection, by title.

    What a draft or a scheduled revision uses counts like what is published: a file is public from
    its upload on. Pages that ``person`` does not see in the admin are not named.
    """
    inside = set(page.get_descendants(inclusive=True).values_list("pk", flat=True))
    drafts = _drafts()
    by_page = _paths_by_page(drafts)
    used = _used_by(inside, drafts, by_page)
    private = private_collections()
    found = {
        (kind, instance.pk): instance
        for kind, model in _MODELS.items()
        for instance in model.objects.filter(
            pk__in=[number for own, number in used if own == kind]
        ).exclude(collection__in=private)
    }
    others = _elsewhere(set(found), inside, person, drafts, by_page)
    listed = [
        PublicFile(key[0], instance, tuple(sorted(others[key]))) for key, instance in found.items()
    ]
    return sorted(listed, key=lambda one: (bool(one.elsewhere), one.instance.title.lower()))


def _references() -> models.QuerySet[ReferenceIndex]:
    types = [ContentType.objects.get_for_model(model) for model in _MODELS.values()]
    return ReferenceIndex.objects.filter(to_content_type__in=types)


def _key(content_type: int, object_id: str) -> Key:
    is_picture = content_type == ContentType.objects.get_for_model(SiteImage).pk
    return ("picture" if is_picture else "file"), int(object_id)


@dataclass(frozen=True)
class Draft:
    """What the unpublished revision of a page uses: files and pictures, and normalised paths."""

    page_id: int
    used: frozenset[Key]
    paths: frozenset[str]


def _drafts() -> list[Draft]:
    """Return what revisions use that are not published yet, those that wait for a day included."""
    known = {ContentType.objects.get_for_model(model).pk for model in _MODELS.values()}
    latest = Page.objects.filter(has_unpublished_changes=True).values("latest_revision")
    waiting = models.Q(pk__in=latest) | models.Q(approved_go_live_at__isnull=False)
    found = []
    for revision in Revision.page_revisions.filter(waiting).iterator():
        page = revision.as_object()
        # The index holds what is published; this is how Wagtail fills it.
        references = ReferenceIndex._extract_references_from_object(page)
        used = frozenset(_key(kind, number) for kind, number, *_ in references if kind in known)
        values = [getattr(page, name) for name in _text_fields(type(page))]
        found.append(Draft(page.pk, used, frozenset(_normalised(values))))
    return found


def _used_by(pages: set[int], drafts: Iterable[Draft], by_page: Mapping[int, set[str]]) -> set[Key]:
    page_type = ContentType.objects.get_for_model(Page)
    rows = _references().filter(
        base_content_type=page_type, object_id__in=[str(number) for number in pages]
    )
    found = {_key(*row) for row in rows.values_list("to_content_type_id", "to_object_id")}
    for draft in drafts:
        if draft.page_id in pages:
            found |= draft.used
    paths = {path for number in pages for path in by_page.get(number, ())}
    return found | set(_objects_at(paths).values())


def _objects_at(paths: Iterable[str]) -> dict[str, Key]:
    rows = MediaPath.objects.filter(path__in=set(paths))
    return {
        path: ("picture", image) if image else ("file", document)
        for path, image, document in rows.values_list("path", "image_id", "document_id")
    }


def _elsewhere(
    keys: set[Key],
    inside: set[int],
    person: Any,
    drafts: Iterable[Draft],
    by_page: Mapping[int, set[str]],
) -> Mapping[Key, set[str]]:
    """Return the names of what uses some files and pictures beside some pages."""
    found: dict[Key, set[str]] = defaultdict(set)
    if not keys:
        return found
    using: dict[Key, set[int]] = defaultdict(set)
    page_type = ContentType.objects.get_for_model(Page)
    rows = _references().filter(to_object_id__in=[str(number) for _, number in keys])
    for row in rows.select_related("content_type"):
        key = _key(row.to_content_type_id, row.to_object_id)
        if row.base_content_type_id == page_type.pk:
            using[key].add(int(row.object_id))
        elif key in keys:
            found[key].add(str(row.content_type.get_object_for_this_type(pk=row.object_id)))
    for draft in drafts:
        for key in draft.used:
            using[key].add(draft.page_id)
    outside = {number: paths for number, paths in by_page.items() if number not in inside}
    at = _objects_at(path for paths in outside.values() for path in paths)
    for number, paths in outside.items():
        for path in paths & set(at):
            using[at[path]].add(number)
    seen = PagePermissionPolicy().explorable_instances(person)
    titles = dict(seen.values_list("pk", "title"))
    for key in keys:
        found[key].update(titles.get(number, UNSEEN_PAGE) for number in using[key] - inside)
    return found


def _paths_by_page(drafts: Iterable[Draft]) -> Mapping[int, set[str]]:
    """Return the addresses of files that the text of pages holds, published or not, by the id of
    the page, as normalised paths."""
    found: dict[int, set[str]] = defaultdict(set)
    for model in get_page_models():
        names = _text_fields(model)
        if not names:
            continue
        for number, *values in model.objects.values_list("pk", *names).iterator():
            if paths := _normalised(values):
                found[number] |= paths
    for draft in drafts:
        found[draft.page_id] |= draft.paths
    return found


def _text_fields(model: type[Any]) -> list[str]:
    """Return the names of a page type's own fields that hold text or blocks."""
    return [
        field.name
        for field in model._meta.local_fields
        if isinstance(field, StreamField | models.TextField)
    ]


def _normalised(values: Iterable[Any]) -> set[str]:
    return {normalise_path(path) for value in values for path in _paths_in(value)}


def _paths_in(value: Any) -> Iterator[str]:
    text = value if isinstance(value, str) else json.dumps(list(value.raw_data))
    for match in _PATH.finditer(text):
        yield unquote(match.group().split("#")[0].split("?")[0])
