"""Redirects that people and imports make: the form of their paths, and which one holds."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from django.db.models.signals import pre_save
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from content.addresses.paths import normalise_path

_HOST = re.compile(r"https?://[^/?#]*", re.IGNORECASE)


def redirect_path(address: str) -> str:
    """Return the form in which the path of a redirect is stored and looked up.

    ``address`` is as people write it or as a browser asks for it: with or without a host,
    percent-encoded or not. The path gets the form of
    :func:`content.addresses.paths.normalise_path`; a query stays, its parts in order. A fragment
    goes, since browsers keep it to themselves. The form of a form is the form itself.
    """
    address = _HOST.sub("", address.strip(), count=1)
    path, _, query = address.partition("#")[0].partition("?")
    path = path_form(path)
    query = "&".join(sorted(uri_to_iri(query).split("&")))
    return f"{path}?{query}" if query else path


def path_form(path: str) -> str:
    """Return the form of a path that has no query: ``?``, ``#`` and ``;`` are signs of its own.

    Encoded, they keep their meaning and their place when Wagtail's model takes the path apart.
    """
    path = normalise_path(path) or "/"
    for mark in "?#;":
        path = path.replace(mark, quote(mark))
    return path


def find_redirect(
    site: Site | None, address: str, first: Redirect | None = None
) -> Redirect | None:
    """Return the redirect that holds for an address of a site, if any.

    One with the query comes before one without, one of the site before one of all sites.
    ``first`` is one that may not be stored yet and is looked at as it is.
    """
    if "\0" in normalise_path(address):
        return None  # PostgreSQL refuses to look for it
    forms = [redirect_path(address), redirect_path(address.partition("?")[0])]
    rows = Redirect.get_for_site(site).filter(old_path__in=forms).select_related("redirect_page")
    found = list(rows)
    if first is not None:
        found = [row for row in found if row.pk != first.pk]
        found += [first] if first.old_path in forms else []
    return min(
        found, key=lambda row: (forms.index(row.old_path), row.site_id is None), default=None
    )


def _store_in_form(sender: type[Redirect], instance: Redirect, **kwargs: Any) -> None:
    instance.old_path = redirect_path(instance.old_path)


def connect_signals() -> None:
    """Connect the receiver of this module; called once when the app is ready."""
    pre_save.connect(_store_in_form, sender=Redirect, dispatch_uid="content.redirects.form")
