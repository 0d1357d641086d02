"""Whose site: what imports brought is seen and judged by those who look after the site."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q
from django.http import Http404, HttpRequest
from wagtail.models import GroupPagePermission, Site
from wagtail.permission_policies.sites import SitePermissionPolicy

from isomer.models import ImportRun


def sites_of(user: Any) -> frozenset[int]:
    """Return the ids of the sites that somebody looks after.

    These are the sites on whose pages a group of theirs has a right, whichever it is, and those
    whose identity they may change. All sites for an administrator.
    """
    sites = Site.objects.select_related("root_page")
    if user.is_superuser:
        return frozenset(sites.values_list("pk", flat=True))
    identity = apps.get_model("navigation", "SiteIdentity")
    managed = SitePermissionPolicy(identity).sites_user_has_permission_for(user, "change")
    rights = GroupPagePermission.objects.filter(group__user=user)
    places = set(rights.values_list("page__path", flat=True))
    written = (
        site.pk
        for site in sites
        if any(
            site.root_page.path.startswith(place) or place.startswith(site.root_page.path)
            for place in places
        )
    )
    return frozenset(managed.values_list("pk", flat=True)) | frozenset(written)


def of_sites(user: Any, field: str) -> Q:
    """Return the condition for rows of sites that somebody looks after. ``field`` leads to the
    site; what belongs to none, such as a run that failed before it made one, is for everybody who
    may look at all."""
    if user.is_superuser:
        return Q()
    return Q(**{f"{field}__in": sites_of(user)}) | Q(**{f"{field}__isnull": True})


def last_run(user: Any) -> ImportRun | None:
    """Return the last finished run into a site that somebody looks after."""
    return ImportRun.objects.done().filter(of_sites(user, "site")).first()


def sites_with_imports(user: Any) -> list[Site]:
    """Return the sites that somebody looks after and something was imported into, the last one
    first."""
    done = ImportRun.objects.done().filter(site__in=sites_of(user))
    ids = dict.fromkeys(done.values_list("site_id", flat=True))
    found = Site.objects.select_related("root_page").in_bulk(list(ids))
    return [found[pk] for pk in ids]


def chosen_site(request: HttpRequest, sites: list[Site]) -> Site | None:
    """Return the one of some sites that ``?site=`` names, else the first, if there is any.

    ``sites`` are those of :func:`sites_with_imports`.

    Raises:
        Http404: if nothing was imported into the named site, or the person does not look after it.
    """
    key = request.GET.get("site")
    if not key:
        return sites[0] if sites else None
    for site in sites:
        if str(site.pk) == key:
            return site
    raise Http404("Nothing was imported into this site.")
