"""What redirects lead to, and whether one can work."""

from __future__ import annotations

import difflib
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from content.addresses.finding import pages_answering
from content.addresses.paths import address_problem, normalise_path
from content.addresses.redirects import find_redirect
from content.addresses.routing import PAGE_PATTERNS
from content.markup.links import clean_address, host_of, is_elsewhere, resolve_address
from content.models import MediaPath

# So many paths are named that one may have meant.
NEAR = 3


def own_path(site: Site, address: str) -> str | None:
    """Return the path and query of an address on a site, ``None`` if it leads to another host."""
    address = resolve_address(clean_address(address), "/")
    if is_elsewhere(address):
        hosts = Site.objects.filter(root_page=site.root_page_id).values_list("hostname", flat=True)
        if host_of(address) not in set(hosts):
            return None
        parts = urlsplit(address)
        address = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    return address.partition("#")[0] if address.startswith("/") else None


def page_at(site: Site, address: str) -> Page | None:
    """Return the live page to which a path of a site leads without any redirect."""
    path = normalise_path(address.partition("?")[0])
    if not path:
        return site.root_page
    found = pages_answering(site.pk, site.root_page.url_path, [path])
    return Page.objects.filter(pk=found.get(path)).first()


def taken(site: Site, address: str) -> str:
    """Return a sentence that says what answers at a path of a site already, ``""`` if nothing."""
    page = page_at(site, address)
    if page is not None:
        return (
            f"The page “{page.title}” answers there, or did so and is still found there."
            " A redirect from its address would lead nobody anywhere."
        )
    path = normalise_path(address.partition("?")[0])
    if MediaPath.objects.filter(site=site, path=path).exists():
        return "A picture or file answers there, so that a redirect would lead nobody anywhere."
    return ""


def is_of_the_software(path: str) -> bool:
    """Tell whether the software itself answers at a path that no page has."""
    for form in (path, f"{path.rstrip('/')}/"):
        try:
            name = resolve(form).url_name
        except Resolver404:
            continue
        if name not in PAGE_PATTERNS:
            return True
    return False


def from_problem(path: str, sites: list[Site]) -> str:
    """Return a sentence that says why no redirect can lead from a path, ``""`` if one can.

    ``path`` has the form of :func:`content.addresses.redirects.redirect_path`. What one of several
    sites has leaves the redirect to the others.
    """
    bare = path.partition("?")[0]
    if bare != "/" and (problem := address_problem(bare)):
        return problem
    if is_of_the_software(bare):
        return f"The software itself answers at {bare}. Choose another."
    problems = [taken(site, path) for site in sites]
    return problems[0] if problems and all(problems) else ""


def target_problem(redirect: Redirect, sites: list[Site]) -> str:
    """Return a sentence that says why the address of a redirect leads visitors nowhere, ``""`` if
    it leads somewhere on one of its sites. Nobody asks other hosts."""
    targets = [(site, own_path(site, redirect.redirect_link)) for site in sites]
    if any(target is None or _answers(site, target) for site, target in targets):
        return ""
    near = [path for site, target in targets if target for path in _near(site, target)]
    paths = f" Near to it are {', '.join(dict.fromkeys(near))}." if near else ""
    return (
        f"Nothing answers at {redirect.redirect_link} on this site, so visitors would only find an"
        " error. Choose the page instead, or write the path of a public page, picture or file."
        f"{paths}"
    )


def _answers(site: Site, target: str) -> bool:
    """Tell whether something answers at a path of a site: a page, a file, the software, or a
    redirect that leads on."""
    bare = target.partition("?")[0]
    stored = [one for one in (settings.MEDIA_URL, settings.STATIC_URL) if one.startswith("/")]
    return bool(
        taken(site, bare.removesuffix("feed.xml"))
        or is_of_the_software(bare)
        or bare.startswith(tuple(stored))
        or find_redirect(site, target)
    )


def _near(site: Site, target: str) -> list[str]:
    """Return the paths of public pages whose last part is like that of a path, and begins alike:
    all slugs of a large site are too many to compare."""
    words = normalise_path(target.partition("?")[0]).rpartition("/")[2]
    pages = Page.objects.live().public().descendant_of(site.root_page)
    pages = pages.filter(slug__startswith=words[:1])
    slugs = {slug: key for key, slug in pages.order_by("-pk").values_list("pk", "slug")}
    keys = [slugs[slug] for slug in difflib.get_close_matches(words, slugs, n=NEAR)]
    found = [pages.get(pk=key).specific.get_url_parts() for key in keys]
    return [parts[2] for parts in found if parts is not None and parts[2]]


def leads_in_a_circle(redirect: Redirect, site: Site) -> bool:
    """Tell whether visitors of a site who follow a redirect come back to one that they have
    followed already. The redirect may not be stored yet."""
    followed: list[Redirect] = []
    following: Redirect | None = redirect
    while following is not None and not following.redirect_page_id:
        if any(one is following or one.pk == following.pk for one in followed):
            return True
        followed.append(following)
        target = own_path(site, following.redirect_link)
        if target is None or taken(site, target):
            return False
        following = find_redirect(site, target, first=redirect)
    return False
