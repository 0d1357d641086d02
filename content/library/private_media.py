"""Pictures of private collections: who may see them, at whatever address.

Wagtail asks for documents only. Here the same question is asked for the stored file of a
picture, for every size made of it, and for its path on the old site.
"""

from __future__ import annotations

import posixpath
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers
from wagtail.documents.wagtail_hooks import check_view_restrictions
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction
from wagtail.permissions import policy_registry

from content.models import SiteImage


def private_collections() -> list[int]:
    """Return the ids of all collections that not everybody may see, those below them too."""
    found: set[int] = set()
    for restriction in CollectionViewRestriction.objects.select_related("collection"):
        below = restriction.collection.get_descendants(inclusive=True)
        found.update(below.values_list("pk", flat=True))
    return sorted(found)


def stored_name(path: str) -> str:
    """Return the name in the storage that a path below ``/-/media/`` leads to."""
    return posixpath.normpath(f"/{path}").lstrip("/")


def private_picture(path: str) -> SiteImage | None:
    """Return the picture of a private collection whose file, or a size of it, is stored under a
    path below ``/-/media/``; ``None`` for every other file."""
    collections = private_collections()
    if not collections:
        return None
    name = stored_name(path)
    private = SiteImage.objects.filter(collection__in=collections)
    own = private.filter(file=name).first()
    return own or private.filter(renditions__file=name).first()


def take_given_passwords(request: HttpRequest, collection: Collection) -> None:
    """Let a password that somebody gave for a page open a collection that has the same one.

    Otherwise the pictures of such a page would ask for it where nobody can type it.
    """
    session = getattr(request, "session", {})
    passed = session.get(PageViewRestriction.passed_view_restrictions_session_key, [])
    if not passed:
        return
    pages = PageViewRestriction.objects.filter(pk__in=passed)
    given = set(pages.values_list("password", flat=True))
    for restriction in collection.get_view_restrictions():
        is_password = restriction.restriction_type == PageViewRestriction.PASSWORD
        if is_password and restriction.password in given:
            restriction.mark_as_passed(request)


def refusal(request: HttpRequest, image: SiteImage) -> HttpResponseBase | None:
    """Return what somebody gets who may not see a picture: a login, or a form for the password.

    ``None`` if the person may see it. Whoever may work with the picture in the admin may.
    """
    user: Any = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        policy = policy_registry.get_by_type(SiteImage)
        if policy.user_has_any_permission_for_instance(user, ["change", "choose"], image):
            return None
    take_given_passwords(request, image.collection)
    answer: HttpResponseBase | None = check_view_restrictions(image, request)
    if answer is not None:
        add_never_cache_headers(answer)
    return answer


def is_private(collection: Collection) -> bool:
    """Tell whether a collection is one that not everybody may see."""
    return bool(collection.get_view_restrictions())
