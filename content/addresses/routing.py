"""How a request finds its page: one address answers, everything else leads to it.

Overrides ``Page.route`` on the root of a site and ``wagtail.views.serve``; see
``content.addresses.index``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from content.addresses.index import PageAddress, leaves_its_place, may_see, rows_of
from content.addresses.paths import equivalent_paths, normalise_path
from content.addresses.redirects import find_redirect

# The patterns of scri/urls.py under which pages live.
PAGE_PATTERNS = frozenset({"wagtail_serve", "media", "listing_feed"})


class SiteRootMixin:
    """Routing for a page that can be the root of a site."""

    @property
    def public_address(self) -> str:
        """The root of a site lives at "/", whatever an import or a script wrote into the field.

        A page of the same type further down lives at its address like any other.
        """
        url_path = self.url_path  # type: ignore[attr-defined]
        if any(root.root_path == url_path for root in Site.get_site_root_paths()):
            return ""
        address: str = super().public_address  # type: ignore[misc]
        return address

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Override of ``Page.route`` on the site's root: addresses first, then the tree.

        An address beats a tree path; an old address is honoured where the tree
        has no page that lives there.
        """
        path = normalise_path("/".join(path_components))
        if "\0" in path:
            raise Http404  # PostgreSQL refuses to look for it
        site = Site.find_for_request(request)
        if not path or site is None or site.root_page_id != self.pk:  # type: ignore[attr-defined]
            return super().route(request, path_components)  # type: ignore[misc]
        rows = _rows_at(request, site.pk, [path, *equivalent_paths(path)])
        row = rows.get(path)
        if row is not None and row.kind == PageAddress.Kind.CANONICAL:
            return RouteResult(row.page.specific)
        result: RouteResult | None
        try:
            result = super().route(request, path_components)  # type: ignore[misc]
        except Http404:
            result = None
        if row is not None and (
            result is None
            or leaves_its_place(result[0], row.page, bool(getattr(result[0], "public_address", "")))
        ):
            return RouteResult(row.page.specific)
        if result is None:
            result = self._served_by_static_hosts(request, path, rows)
        if result is None:
            raise Http404
        return result

    def _served_by_static_hosts(
        self, request: HttpRequest, path: str, rows: Mapping[str, PageAddress]
    ) -> RouteResult | None:
        """Return the page that static hosts answered with at a path that no page has.

        A redirect that somebody set up for the path comes first.
        """
        found: RouteResult | None = None
        for same in equivalent_paths(path):
            if same in rows:
                found = RouteResult(rows[same].page.specific)
            elif not same.endswith(".html"):  # no place in the tree has a dot
                try:
                    found = super().route(  # type: ignore[misc]
                        request, [part for part in same.split("/") if part]
                    )
                except Http404:
                    continue
            if found is not None:
                break
        if found is None or find_redirect(Site.find_for_request(request), request.path):
            return None
        return found


def _rows_at(request: HttpRequest, site_id: int, paths: Iterable[str]) -> dict[str, PageAddress]:
    """Return the rows of pages that can be reached by path, a page's own address first."""
    found: dict[str, PageAddress] = {}
    rows = rows_of(site_id).filter(path__in=list(paths)).select_related("page")
    for row in rows.order_by("kind"):
        found.setdefault(row.path, row)
    return {
        path: row
        for path, row in found.items()
        if row.page.live and row.page.get_url_parts(request)
    }


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Serve a page in place of ``wagtail.views.serve``: one address answers, others lead to it.

    With and without a trailing slash are one page, as are an old address, a place
    in the tree, what static hosts answered with the same file, and the address: whichever
    is not the page's own gives one permanent redirect. Who may not see a private page is
    not told its address.
    """
    if request.method in ("GET", "HEAD"):
        result = Page.route_for_request(request, path)
        target: str | None = None
        if result is None:
            target = _slash_forgotten(request)
        elif not result[1] and not result[2]:
            target = _canonical_elsewhere(request, result[0])
        if target is not None:
            # An editor may clear an address again. Browsers that kept the redirect
            # without asking would then go round in circles.
            return HttpResponsePermanentRedirect(target, headers={"Cache-Control": "no-cache"})
    # Wagtail's views need all models, and the mixin above is part of one.
    from wagtail.views import serve as wagtail_serve

    response: HttpResponse = wagtail_serve(request, path)
    return response


def _slash_forgotten(request: HttpRequest) -> str | None:
    """Return where ``/admin`` leads. Our pattern matches every path, so Django's own
    redirect to the form with a slash never comes to its turn."""
    if request.path_info.endswith("/"):
        return None
    try:
        match = resolve(f"{request.path_info}/")
    except Resolver404:
        return None
    if match.url_name in PAGE_PATTERNS:
        return None
    return request.get_full_path(force_append_slash=True)


def _canonical_elsewhere(request: HttpRequest, page: Page) -> str | None:
    parts = page.get_url_parts(request)
    if parts is None or parts[2] is None:
        return None
    site_id, root_url, page_path = parts
    site = Site.find_for_request(request)
    here = site is not None and site_id == site.pk
    if (here and unquote(page_path) == request.path) or not may_see(request, page):
        return None
    query = request.META.get("QUERY_STRING", "")
    return f"{'' if here else root_url}{page_path}{'?' if query else ''}{query}"
