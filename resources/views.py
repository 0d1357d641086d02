"""The feed of a site's newest resources."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from wagtail.models import Site

from navigation.models import SiteIdentity
from resources.listing import Card, latest_items

ENTRIES = 20


@dataclass(frozen=True)
class Source:
    """What a request's feed is made of."""

    request: HttpRequest
    name: str
    cards: list[Card]


class LatestItemsFeed(Feed[Card, Source]):
    """The newest items of the request's site, in Atom like the old sites' ``/feed.xml``.

    A link item leads to its target, and is left out while that is gone. The feed has
    no visitor who could have passed a login, so a site that is private as a whole
    has an empty one.
    """

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: object, **kwargs: object) -> Source:
        """Read the items.

        Raises:
            Http404: if the request belongs to no site.
        """
        site = Site.find_for_request(request)
        if site is None:
            raise Http404("There is no site at this host.")
        root = site.root_page
        cards: list[Card] = []
        if not root.get_view_restrictions():
            cards = [card for card in latest_items(root, ENTRIES, request) if card.url]
        return Source(request, SiteIdentity.for_request(request).name, cards)

    def title(self, source: Source) -> str:
        return source.name

    def link(self, source: Source) -> str:
        return source.request.build_absolute_uri("/")

    def items(self, source: Source) -> list[Card]:
        # Readers know an entry by its id, which Atom wants as a full address.
        full = source.request.build_absolute_uri
        return [replace(card, own_url=full(card.own_url)) for card in source.cards]

    def item_title(self, item: Card) -> str:
        return item.title

    def item_description(self, item: Card) -> str:
        return ""

    def item_link(self, item: Card) -> str:
        return item.url

    def item_guid(self, item: Card) -> str:
        return item.own_url

    def item_pubdate(self, item: Card) -> datetime.datetime | None:
        if item.date is None:
            return item.published
        return timezone.make_aware(datetime.datetime.combine(item.date, datetime.time()))

    def item_updateddate(self, item: Card) -> datetime.datetime | None:
        return self.item_pubdate(item)

    def item_categories(self, item: Card) -> list[str]:
        return [item.category] if item.category else []
