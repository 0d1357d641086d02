"""Pages that are suggested while somebody types."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.models import Page

from content.addresses.index import page_url
from content.search_text.words import typed_terms
from navigation.tree import SiteTree
from search.backend import beginnings
from search.find import sections_of, tree_step
from search.visible import Visible, found_models, keys_of

MOST = 8
# A single letter begins too many words.
SHORTEST = 2


def suggestions(
    typed: str, visible: Visible, tree: SiteTree, request: HttpRequest
) -> list[dict[str, str]]:
    """Return at most ``MOST`` pages whose titles hold the words, the last one perhaps unfinished.

    Each is ``{"title", "url", "section"}``, ``section`` being ``""`` outside of all sections.
    """
    terms = typed_terms(typed)
    if not terms or (len(typed) < SHORTEST and typed.isascii()):
        return []
    keys = [
        int(key)
        for key in beginnings(terms)
        .filter(type_id__in=list(found_models()), object_id__in=keys_of(visible.pages))
        .values_list("object_id", flat=True)[:MOST]
    ]
    found: dict[int, Page] = visible.pages.in_bulk(keys)
    names = {node.path: node.menu_title for node in sections_of(tree)}
    return [
        {"title": page.title, "url": url, "section": names.get(page.path[: tree_step(tree)], "")}
        for key in keys
        if (page := found.get(key)) is not None and (url := page_url(page, request))
    ]
