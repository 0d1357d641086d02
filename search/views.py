"""The search page, and what is suggested while somebody types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from content.addresses.index import page_url
from content.models import ContactPage, SiteDocument
from content.titles import title_of
from navigation.tree import SiteTree
from search.find import DOCUMENTS, Found, Hit, clean_query, find
from search.promotions import count_query, recommended
from search.snippets import Part, marked, snippet
from search.spelling import other_spelling
from search.suggestions import suggestions
from search.visible import Visible

RESULTS_ON_A_PAGE = 10
# Suggestions are the same for everybody; a new page may wait this many seconds for its place.
KEPT = 300


@dataclass(frozen=True)
class Result:
    """A result as the page shows it; ``tag`` tells the kind and size of a file."""

    url: str
    title: list[Part]
    snippet: list[Part]
    date: date | None = None
    tag: str = ""


@dataclass(frozen=True)
class FilterLink:
    """A choice of a filter as a link; ``count`` is what it leaves."""

    name: str
    count: int
    address: str
    is_chosen: bool


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the search field and, for a query, what holds its words.

    The address holds ``q``, ``page``, ``type`` (a kind of ``search.find.KINDS``) and ``section``
    (the id of a section). Nothing in them is an error.
    """
    query = clean_query(request.GET.get("q", ""))
    site, tree = Site.find_for_request(request), SiteTree.for_request(request)
    context: dict[str, Any] = {"query": query, "found": None}
    if query and site is not None and tree is not None:
        chosen = request.GET.get("type", ""), request.GET.get("section", "")
        visible = Visible.of_site(site)
        found = find(query, visible, tree, *chosen)
        paging = Paginator(found.hits, RESULTS_ON_A_PAGE).get_page(request.GET.get("page"))
        context |= {
            "found": found,
            "paging": paging,
            "results": _results(found, paging, visible, request),
            "filters": _filters(found),
            "address": _address(found, found.kind, found.section),
        }
        if paging.number == 1 and not (found.kind or found.section):
            context["recommended"] = recommended(query, visible, request)
        if found.total:
            count_query(query)
        else:
            spelling = other_spelling(query, visible)
            context |= {
                "spelling": spelling,
                "spelling_address": urlencode({"q": spelling}),
                "contact": _contact_url(visible, request),
            }
    return render(request, "search/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Return ``{"suggestions": [{"title", "url", "section"}, …]}`` for what was typed (``q``)."""
    site, tree = Site.find_for_request(request), SiteTree.for_request(request)
    typed = clean_query(request.GET.get("q", ""))
    found = []
    if site is not None and tree is not None:
        found = suggestions(typed, Visible.of_site(site), tree, request)
    response = JsonResponse({"suggestions": found})
    response["Cache-Control"] = f"public, max-age={KEPT}"
    return response


def _contact_url(visible: Visible, request: HttpRequest) -> str:
    """Return where the site's contact page is, ``""`` if it has none that visitors may see."""
    of_type = ContentType.objects.get_for_model(ContactPage)
    page = visible.pages.filter(content_type=of_type).order_by("path").first()
    return "" if page is None else page_url(page, request)


def _address(found: Found, kind: str, section: str) -> str:
    """Return the address of the first page of results with the filters chosen."""
    parts = {"q": found.text, "type": kind, "section": section}
    return "?" + urlencode({name: value for name, value in parts.items() if value})


def _filters(found: Found) -> list[tuple[str, list[FilterLink]]]:
    """Return the filters that part the results: ``(name, links)``, the first link being “All”."""
    filters = []
    for name, chosen, choices in (
        ("Type", found.kind, found.kinds),
        ("Section", found.section, found.sections),
    ):
        links = [
            FilterLink(
                choice.name,
                choice.count,
                _address(found, choice.value, found.section)
                if name == "Type"
                else _address(found, found.kind, choice.value),
                choice.value == chosen,
            )
            for choice in choices
        ]
        every = (
            _address(found, "", found.section)
            if name == "Type"
            else _address(found, found.kind, "")
        )
        if len(links) > 1 or chosen:
            filters.append((name, [FilterLink("All", 0, every, not chosen), *links]))
    return filters


def _results(
    found: Found, paging: PaginatorPage[Hit], visible: Visible, request: HttpRequest
) -> list[Result]:
    hits = list(paging)
    page_ids = [hit.id for hit in hits if hit.kind != DOCUMENTS]
    # Read anew through what visitors may see, for the few that are shown.
    pages = {page.pk: page for page in visible.pages.filter(pk__in=page_ids).specific()}
    for model in {type(page) for page in pages.values() if page.document_field}:
        items = [page for page in pages.values() if type(page) is model]
        prefetch_related_objects(items, model.document_field)
    files = _documents(hits, list(pages.values()), visible)
    results = []
    for hit in hits:
        if hit.kind == DOCUMENTS and hit.id in files:
            document = files[hit.id]
            title = marked(document.title, found.terms)
            name = marked(document.filename, found.terms)
            results.append(Result(document.url, title, name, tag=_tag(document)))
        elif hit.kind != DOCUMENTS and hit.id in pages:
            results.append(_result(pages[hit.id], found, files, request))
    return results


def _documents(hits: list[Hit], pages: list[Page], visible: Visible) -> dict[int, SiteDocument]:
    """Return the documents of a page of results that everybody may see, by id."""
    ids = {hit.id for hit in hits if hit.kind == DOCUMENTS}
    ids |= {_document_id(page) for page in pages} - {None}
    return visible.documents.in_bulk(list(ids)) if ids else {}


def _document_id(page: Any) -> Any:
    return getattr(page, f"{page.document_field}_id") if page.document_field else None


def _result(
    page: Any, found: Found, files: dict[int, SiteDocument], request: HttpRequest
) -> Result:
    document = files.get(_document_id(page))
    return Result(
        page_url(page, request),
        marked(title_of(page), found.terms),
        snippet(page, found.terms),
        getattr(page, "date", None),
        "" if document is None else _tag(document),
    )


def _tag(document: SiteDocument) -> str:
    size = filesizeformat(document.file_size) if document.file_size else ""
    return " · ".join(filter(None, [document.file_extension.upper(), size]))
