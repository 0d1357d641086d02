"""Finding a page by any address that it has or had, for people who paste one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.db.models import QuerySet
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site, get_page_models

from content.addresses import AddressedPage, PageAddress
from content.paths import equivalent_paths, normalise_path

_ADMIN_PAGE = re.compile(r"/pages/(\d+)(?:/|$)")
_ADMIN = "/admin/"


def path_of(text: str) -> str | None:
    """Return the path that a text names if it is an address, ``None`` if it is words.

    Understood are whole addresses, ones without ``https://`` (``www.agency.gov.sg/about/``), and
    paths (``/about/``). The host does not matter: the old site had another one.
    """
    text = text.strip()
    if not text or re.search(r"\s", text):
        return None
    if text.startswith("/") and not text.startswith("//"):
        return urlsplit(text).path
    if "://" not in text:
        text = f"https://{text.removeprefix('//')}"
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return parts.path or "/" if "." in parts.netloc or ":" in parts.netloc else None


def pages_at(text: str) -> QuerySet[Page]:
    """Return the pages to which an address leads or led, none if the text is no address.

    Looked at in this order, until something is found: the admin's own addresses of pages, where
    pages live, where they were, their places in the tree, redirects, addresses of drafts.
    """
    path = path_of(text)
    if path is None or "\0" in path:
        return Page.objects.none()
    in_admin = _ADMIN_PAGE.search(path) if path.startswith(_ADMIN) else None
    if in_admin:
        return Page.objects.filter(pk=int(in_admin.group(1)), depth__gt=1)
    paths = [normalise_path(path), *equivalent_paths(normalise_path(path))]
    rows = PageAddress.objects.filter(path__in=paths)
    for found in (
        rows.filter(kind=PageAddress.Kind.CANONICAL).values_list("page_id", flat=True),
        rows.values_list("page_id", flat=True),
        _in_tree(paths),
        Redirect.objects.filter(old_path=Redirect.normalise_path(path), redirect_page__gt=0)
        .values_list("redirect_page_id", flat=True),
        _of_drafts(paths),
    ):  # fmt: skip
        if keys := list(found):
            return Page.objects.filter(pk__in=keys)
    return Page.objects.none()


def _in_tree(paths: Iterable[str]) -> QuerySet[Page, int]:
    roots = [root.root_path for root in Site.get_site_root_paths()]
    places = [f"{root}{path[1:]}/" if path else root for root in roots for path in paths]
    return Page.objects.filter(url_path__in=places).values_list("pk", flat=True)


def _of_drafts(paths: list[str]) -> Iterable[int]:
    """Yield the pages that will live at one of some paths once they are published."""
    for model in get_page_models():
        if issubclass(model, AddressedPage):
            written = model.objects.filter(live=False).exclude(address="")
            for key, address in written.values_list("pk", "address"):
                if normalise_path(address) in paths:
                    yield key
