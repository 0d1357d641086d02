"""The search page."""

from __future__ import annotations

import re

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page, Site, get_page_models

from content.models import BasePage, SectionPage

QUERY_LENGTH = 200
RESULTS_ON_A_PAGE = 20


def clean_query(text: str) -> str:
    """Return the words of a query, without anything a search backend could stumble over."""
    return " ".join(re.findall(r"\w+", text[:QUERY_LENGTH]))


def find_pages(query: str, site: Site) -> list[Page]:
    """Return the public pages of a site that hold all words of a query.

    Each page type is searched by itself, since only then are its own fields
    looked at (Wagtail: "Searching pages"). Types that the site has no page of are not
    asked, and what is private is read once for all of them.
    """
    found: list[Page] = []
    private = Page.objects.all().private_q()
    below = Page.objects.live().exclude(private).descendant_of(site.root_page, inclusive=True)
    types = set(below.order_by().values_list("content_type", flat=True).distinct())
    for model in get_page_models():
        if not issubclass(model, BasePage) or issubclass(model, SectionPage):
            continue
        if ContentType.objects.get_for_model(model).pk in types:
            pages = model.objects.live().exclude(private)
            found.extend(pages.descendant_of(site.root_page, inclusive=True).search(query))
    return found


def search(request: HttpRequest) -> HttpResponse:
    """Show the search field and, for a query, the pages that hold its words."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:QUERY_LENGTH]
    words = clean_query(query)
    site = Site.find_for_request(request)
    found = find_pages(words, site) if words and site is not None else []
    results = Paginator(found, RESULTS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "search/search.html", {"query": query, "results": results})
