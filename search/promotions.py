"""Results that editors recommend (Wagtail's ``search_promotions``)."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from content.addresses.index import page_url
from content.markup.links import is_elsewhere, is_safe_address
from content.search_text.words import query_words
from search.visible import Visible


@dataclass(frozen=True)
class Recommended:
    title: str
    url: str
    description: str
    elsewhere: bool


def key_of(text: str) -> frozenset[tuple[tuple[str, ...], ...]]:
    """Return what makes two queries the same: their words, in any order and form."""
    return frozenset(word.choices[:1] for word in query_words(text))


def recommended(text: str, visible: Visible, request: HttpRequest) -> list[Recommended]:
    """Return what editors recommend for a query, in their order, without what visitors may
    not see."""
    asked = key_of(text)
    rows = [
        row
        for row in SearchPromotion.objects.select_related("query", "page").order_by("sort_order")
        if asked and key_of(row.query.query_string) == asked
    ]
    shown = set(
        visible.pages.filter(pk__in=[row.page_id for row in rows if row.page_id]).values_list(
            "pk", flat=True
        )
        if rows
        else ()
    )
    found = []
    for row in rows:
        if row.page_id:
            url = page_url(row.page, request) if row.page_id in shown else ""
        else:
            url = row.external_link_url if is_safe_address(row.external_link_url) else ""
        if url:
            title = row.title or url
            found.append(Recommended(title, url, row.description, is_elsewhere(url)))
    return found


def count_query(text: str) -> None:
    """Count a query that found something, where the setting ``SEARCH_COUNTS_QUERIES`` says so:
    its words and the day, never who asked."""
    if settings.SEARCH_COUNTS_QUERIES:
        Query.get(text).add_hit()
