"""Feeds of the newest resources: of the whole site, and of each room and category."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from wagtail.models import Page, Site

from content.addresses.routing import serve
from content.titles import title_of
from navigation.models import SiteIdentity
from resources.feeds import FEED_FILE, feed_url
from resources.listing import Card, latest_items
from resources.models import ListingPage

ENTRIES = 20
# What XML can't hold, however it is written (XML 1.0, 2.2).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Source:
    """What a request's feed is made of. ``link`` is the page that lists the items."""

    request: HttpRequest
    title: str
    author: str
    language: str
    link: str
    own_url: str
    cards: list[Card]


class LanguageAtomFeed(Atom1Feed):
    """Atom that knows the language of the site, and of an entry in another one."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xml:lang": self.feed["site_language"]}

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["item_language"]} if item["item_language"] else {}


class LatestItemsFeed(Feed[Card, Source]):
    """The newest items of the request's site, in Atom like the old sites' ``/feed.xml``.

    A link item leads to its target, and is left out while that is gone. The feed has
    no visitor who could have passed a login, so a site that is private as a whole
    has an empty one. An entry keeps its id when its page moves or the host changes.
    """

    feed_type = LanguageAtomFeed

    def get_object(self, request: HttpRequest, *args: object, **kwargs: object) -> Source:
        """Read the items.

        Raises:
            Http404: if the request belongs to no site.
        """
        return source_of(request, None)

    def title(self, source: Source) -> str:
        return in_xml(source.title)

    def link(self, source: Source) -> str:
        return source.link

    def feed_url(self, source: Source) -> str:
        return source.own_url

    def author_name(self, source: Source) -> str:
        # Atom wants somebody to have written each entry.
        return in_xml(source.author or source.title)

    def feed_extra_kwargs(self, source: Source) -> dict[str, Any]:
        return {"site_language": source.language}

    def items(self, source: Source) -> list[Card]:
        return source.cards

    def item_title(self, item: Card) -> str:
        return in_xml(item.title)

    def item_description(self, item: Card) -> str | None:  # type: ignore[override]
        # Readers take a summary for HTML. Without one there is none: an empty one would be shown.
        return escape(in_xml(item.description)) or None

    def item_link(self, item: Card) -> str:
        return in_xml(item.url)

    def item_guid(self, item: Card) -> str:
        return f"urn:uuid:{item.key}"

    def item_pubdate(self, item: Card) -> datetime.datetime | None:
        return item.published if item.date is None else _moment(item.date)

    def item_updateddate(self, item: Card) -> datetime.datetime | None:
        changed = None if item.changed is None else _moment(item.changed)
        moments = [self.item_pubdate(item), changed]
        return max((moment for moment in moments if moment), default=None)

    def item_categories(self, item: Card) -> list[str]:
        return [in_xml(item.category)] if item.category else []

    def item_extra_kwargs(self, item: Card) -> dict[str, Any]:
        return {"item_language": item.language}


class ListingFeed(LatestItemsFeed):
    """The newest items of one room or category, which ``get_object`` is given as ``page``."""

    def get_object(self, request: HttpRequest, *args: object, **kwargs: Any) -> Source:
        page: ListingPage = kwargs["page"]
        return source_of(request, page)


def source_of(request: HttpRequest, listing: ListingPage | None) -> Source:
    """Return what the feed of a listing is made of, or that of the whole site for ``None``.

    Raises:
        Http404: if the request belongs to no site.
    """
    site = Site.find_for_request(request)
    if site is None:
        raise Http404("There is no site at this host.")
    root: Page = site.root_page if listing is None else listing
    cards: list[Card] = []
    if not root.get_view_restrictions():
        cards = [card for card in latest_items(root, ENTRIES, request) if card.url]
    identity = SiteIdentity.for_request(request)
    full = request.build_absolute_uri
    if listing is None:
        title, link, own = identity.name or site.hostname, full("/"), full(reverse("feed"))
    else:
        title = " – ".join(filter(None, [title_of(listing), identity.name]))
        link, own = full(listing.get_url(request)), full(feed_url(listing, request))
    return Source(request, title, identity.name, identity.language, link, own, cards)


def listing_feed(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve the feed of a room or category below its address.

    A page that lives at such an address is older than feeds, and comes first. Where there
    is no listing, this is an address like any other.
    """
    site = Site.find_for_request(request)
    if site is None or Page.route_for_request(request, f"{path}{FEED_FILE}") is not None:
        return serve(request, f"{path}{FEED_FILE}")
    page = _page_at(site, request, path)
    if not isinstance(page, ListingPage) or page.get_view_restrictions():
        raise Http404("There is no feed here.")
    if feed_url(page, request) != request.path:
        response = HttpResponse(status=301, headers={"Cache-Control": "no-cache"})
        response["Location"] = feed_url(page, request)
        return response
    return ListingFeed()(request, page=page)


def _page_at(site: Site, request: HttpRequest, path: str) -> Page | None:
    steps = [step for step in path.split("/") if step]
    try:
        return site.root_page.specific.route(request, steps)[0]
    except Http404:
        return None


def in_xml(text: str) -> str:
    """Return a text without the characters that XML can't hold."""
    return _NOT_XML.sub("", text)


def _moment(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
