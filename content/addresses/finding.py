"""Finding a page by any address that it has or had, for people who paste one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site, get_page_models

from content.addresses.index import AddressedPage, PageAddress, leaves_its_place, rows_of
from content.addresses.paths import equivalent_paths, normalise_path, place_in_tree
from content.addresses.redirects import redirect_path

_ADMIN_PAGE = re.compile(r"/pages/(\d+)(?:/|$)")
# Names with a dot, and a machine's own with its port.
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?|localhost(:\d+)?")


def path_of(text: str) -> str | None:
    """Return the path that a text names if it is an address, ``None`` if it is words.

    Understood are whole addresses, ones without ``https://`` (``www.agency.gov.sg/about/``), and
    paths (``/about/``). The host does not matter: the old site had another one. A host without
    ``https://`` and without a path may as well be a word or a file: ``report.pdf``.
    """
    text = text.strip()
    if not text or re.search(r"\s", text):
        return None
    if text.startswith("/") and not text.startswith("//"):
        return urlsplit(text).path
    has_scheme = re.match(r"https?://", text, re.IGNORECASE) is not None
    try:
        parts = urlsplit(text if has_scheme else f"https://{text.removeprefix('//')}")
    except ValueError:
        return None
    if has_scheme or (parts.path and _HOST.fullmatch(parts.netloc)):
        return parts.path or "/"
    return None


def pages_at(text: str) -> QuerySet[Page]:
    """Return the pages to which an address leads or led, none if the text is no address.

    Looked at in this order, until something is found: the admin's own addresses of pages, what
    visitors are led to, redirects, the places of drafts in the tree and their addresses.
    """
    path = path_of(text)
    if path is None or "\0" in path:
        return Page.objects.none()
    in_admin = _ADMIN_PAGE.search(path) if path.startswith(reverse("wagtailadmin_home")) else None
    if in_admin:
        return Page.objects.filter(pk=int(in_admin.group(1)), depth__gt=1)
    paths = [normalise_path(path), *equivalent_paths(normalise_path(path))]
    redirects = Redirect.objects.filter(old_path=redirect_path(path))
    for found in (
        _answering(paths),
        redirects.filter(redirect_page__gt=0).values_list("redirect_page_id", flat=True),
        _in_tree(paths),
        _of_drafts(paths),
    ):
        if keys := list(found):
            return Page.objects.filter(pk__in=keys)
    return Page.objects.none()


def pages_answering(site_id: int, root_path: str, paths: Collection[str]) -> dict[str, int]:
    """Return ``{path: page id}`` of the pages to which normalised paths lead on a site.

    The rules are those of ``content.addresses.routing``: a page that lives at the path, then one
    at that place in the tree, then one that lived there. A place in the tree gives way to an old
    address if its page lives elsewhere, or is a section.
    """
    places = {place_in_tree(root_path, path): path for path in paths}
    in_tree = {
        places[page.url_path]: page
        for page in Page.objects.live().filter(url_path__in=list(places))
    }
    rows = rows_of(site_id).filter(page__live=True)
    lives = set(
        rows.filter(page__in=in_tree.values(), kind=PageAddress.Kind.CANONICAL).values_list(
            "page_id", flat=True
        )
    )
    found = {path: page.pk for path, page in in_tree.items()}
    for row in rows.filter(path__in=list(paths)).select_related("page"):
        here = in_tree.get(row.path)
        is_free = here is None or leaves_its_place(here, row.page, here.pk in lives)
        if row.kind == PageAddress.Kind.CANONICAL or is_free:
            found[row.path] = row.page_id
    return found


def _answering(paths: list[str]) -> Iterator[int]:
    """Yield the pages to which the first of some paths leads that leads anywhere, by site."""
    for root in Site.get_site_root_paths():
        found = pages_answering(root.site_id, root.root_path, paths)
        yield from [found[path] for path in paths if path in found][:1]


def _in_tree(paths: Iterable[str]) -> QuerySet[Page, int]:
    roots = [root.root_path for root in Site.get_site_root_paths()]
    places = [place_in_tree(root, path) for root in roots for path in paths]
    return Page.objects.filter(url_path__in=places).values_list("pk", flat=True)


def _of_drafts(paths: list[str]) -> Iterable[int]:
    """Yield the pages that will live at one of some paths once they are published."""
    for model in get_page_models():
        if issubclass(model, AddressedPage):
            written = model.objects.filter(live=False).exclude(address="")
            for key, address in written.values_list("pk", "address"):
                if normalise_path(address) in paths:
                    yield key
