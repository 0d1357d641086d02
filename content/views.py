"""Every public address: a page, else a file of the old site. And the admin's search of pages."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from wagtail.admin.ui.tables.pages import PageTable
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.search import SearchView
from wagtail.documents.views.serve import serve as serve_document
from wagtail.documents.wagtail_hooks import check_view_restrictions
from wagtail.models import Page, Site

from content.addresses.finding import pages_at
from content.addresses.index import living_at
from content.addresses.middleware import with_query
from content.addresses.paths import ADDRESS_LENGTH, normalise_path
from content.addresses.routing import serve as serve_page
from content.library.private_media import refusal
from content.models import MediaPath, SiteDocument

# The name of Wagtail's column of checkboxes.
TICKS = "bulk_actions"
_ENDING = re.compile(r"\.\w{1,10}")


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer ``/images/…``, ``/files/…`` and names of files elsewhere; a path that no file has is
    an ordinary page's.

    A document is served at its old path by Wagtail's own view, which asks who may
    see its collection, counts, and keeps active content from running. A picture
    gives whoever may see its collection one redirect to its stored file. The redirect
    is asked for anew each time, because a replaced picture has a new file.
    """
    found = _found(request, path) if request.method in ("GET", "HEAD") else None
    return serve_page(request, path) if found is None else _stored(request, path, found)


def page_or_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer any other path: a page, else what the old site had there under a name without an
    ending, or with that of a page."""
    try:
        return serve_page(request, path)
    except Http404:
        # Addresses of pages end with a slash, names of files do not.
        may_be_file = request.method in ("GET", "HEAD") and not path.endswith("/")
        found = _found(request, path) if may_be_file else None
        if found is None:
            raise
        return _stored(request, path, found)


def _stored(request: HttpRequest, path: str, found: MediaPath) -> HttpResponseBase:
    response: HttpResponseBase
    if found.document is not None:
        response = serve_document(request, found.document_id, found.document.filename)
        return called(response, name_at(found))
    if found.image is None:
        return serve_page(request, path)
    if (refused := refusal(request, found.image)) is not None:
        return refused
    return HttpResponsePermanentRedirect(
        found.image.file.url, headers={"Cache-Control": "no-cache"}
    )


def document(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """Answer ``/-/documents/ID/NAME``: under the name of an earlier file, with a redirect.

    Who may not see the document is not told its address. Any other name is Wagtail's view's.
    """
    found = SiteDocument.objects.filter(pk=key).first()
    if found is None or name == found.filename or name not in found.earlier_names:
        response: HttpResponseBase = serve_document(request, key, name)
        return response
    refused: HttpResponseBase | None = check_view_restrictions(found, request)
    if refused is not None:
        return refused
    address = with_query(found.url, request.META.get("QUERY_STRING", ""))
    return HttpResponsePermanentRedirect(address, headers={"Cache-Control": "no-cache"})


def name_at(found: MediaPath) -> str:
    """Return the name under which the document at an old path is saved: that in the path.

    Another kind of file that took its place keeps its own ending.
    """
    name = PurePosixPath(found.path)
    now = PurePosixPath(found.document.filename).suffix if found.document else ""
    then = name.suffix.lower().strip()
    is_other = _ENDING.fullmatch(then) and then != now.lower()
    return f"{name.stem}{now}" if is_other else name.name


def called(response: HttpResponseBase, name: str) -> HttpResponseBase:
    """Give the file in a response another name for whoever saves it; a redirect has none."""
    kind = response.get("Content-Disposition", "").partition(";")[0]
    if kind:
        header = content_disposition_header(kind.strip() == "attachment", name)
        response["Content-Disposition"] = header or kind
    return response


def _found(request: HttpRequest, path: str) -> MediaPath | None:
    """Return what a path leads to, ``None`` where a page lives (pages come before files)."""
    site = Site.find_for_request(request)
    normalised = normalise_path(path)
    if site is None or "\0" in normalised or len(normalised) > ADDRESS_LENGTH:
        return None
    rows = MediaPath.objects.filter(site=site, path=normalised)
    row = rows.select_related("image", "document").first()
    if row is None or living_at(site.pk).filter(path=normalised).exists():
        return None
    return row


class FoundByAddress:
    """Takes an address, old or new, for the page it leads to.

    One that leads nowhere, or to a page that the person may not see, is searched for as words.
    """

    request: HttpRequest
    search_query: str | None

    def at_address(self, pages: QuerySet[Page]) -> QuerySet[Page]:
        """Return those of some pages to which the words of the search lead as an address."""
        return pages.filter(pk__in=pages_at(self.search_query or "").values("pk"))


class PageSearchView(FoundByAddress, SearchView):
    """The search of the admin's menu."""

    # Wagtail's own view leaves them out, and counts “1 of 1 None”.
    verbose_name = "page"
    verbose_name_plural = "pages"

    def get_queryset(self) -> QuerySet[Any]:
        pages = super().get_queryset()
        found = self.at_address(self.permission_policy.explorable_instances(self.request.user))
        if not found.exists():
            return pages
        self.content_types: list[tuple[ContentType, int]] = []
        self.all_pages = found
        return self.annotate_queryset(found)


class TickedPageTable(PageTable):  # type: ignore[misc]
    """Wagtail's table, which in the menu's order has checkboxes beside the handles to drag."""

    columns: dict[str, Any]

    def _add_ordering_column(self) -> None:
        """Override of ``OrderableTableMixin._add_ordering_column``, which removes them."""
        ticks = self.columns.get(TICKS)
        super()._add_ordering_column()
        if ticks is not None:
            self.columns = {TICKS: ticks, **self.columns}


class PageListingView(FoundByAddress, ExplorableIndexView):
    """The listing of pages, whose search is also that of the admin's first page."""

    table_class = TickedPageTable

    def search_queryset(self, queryset: QuerySet[Page]) -> QuerySet[Any]:
        found = self.at_address(queryset) if self.is_searching else queryset.none()
        return found if found.exists() else super().search_queryset(queryset)
