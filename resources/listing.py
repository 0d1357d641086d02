"""Listings of resource items: what they hold, in which order, and as which cards.

Articles and file or link items are two page types in one list. One query on the
tree joins both tables and orders by the date that either holds, so a listing costs
the same whether it has three items or three hundred.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.http import HttpRequest
from wagtail.documents import get_document_model
from wagtail.models import Page, PageViewRestriction

from content.addresses.index import page_url
from content.titles import whole_titles
from resources.targets import host_elsewhere, target_tag, target_url

ITEMS_ON_A_PAGE = 12
# Categories take turns with as many colours as the style sheet has.
COLOURS = 4


def _of_either(field: str) -> Coalesce:
    """Return the expression for a field that both types of items have."""
    return Coalesce(f"articlepage__{field}", f"resourcelinkpage__{field}")


_DATE = _of_either("date")


@dataclass(frozen=True)
class Category:
    """A category as a listing needs it. ``path`` is its place in Wagtail's tree."""

    title: str
    slug: str
    path: str
    colour: int


@dataclass(frozen=True)
class Card:
    """An item as a listing shows it.

    ``url`` is where the title leads, ``""`` when the target of a link is gone;
    ``own_url`` is the item's own address. ``tag`` tells a file's type and size or
    the host that a link leads to. ``published`` is when the item first went live, ``changed``
    the day of its last change. ``key`` stays the same wherever the item moves; ``language``
    is ``""`` for that of the site.
    """

    title: str
    url: str
    own_url: str
    date: datetime.date | None
    category: str
    colour: int
    tag: str
    elsewhere: bool
    published: datetime.datetime | None
    changed: datetime.date | None = None
    description: str = ""
    language: str = ""
    key: str = ""


@dataclass(frozen=True)
class Listing:
    """One page of a listing, with what its filter and its paging offer.

    ``categories`` is empty unless there is something to choose; ``chosen`` is the
    category that the request asked for. ``paging`` is a page of Django's paginator.
    """

    cards: Sequence[Card]
    categories: Sequence[Category]
    chosen: Category | None
    paging: PaginatorPage[Any]

    @property
    def numbers(self) -> list[int | str]:
        """The page numbers to offer, with an ellipsis where some are left out."""
        pages = self.paging.paginator.get_elided_page_range(
            self.paging.number, on_each_side=1, on_ends=1
        )
        return list(pages)


def items_below(page: Page) -> Any:
    """Return the live items below a page, newest first, those without a date last.

    Of one day, the item that stands last in the tree comes first: the one added
    last, as on the old site, which turned the order of its files around (format
    reference, 1.5). Items behind a restriction of their own, or of a page between,
    are left out; a restriction of the page itself or above is one that its visitor
    has passed.
    """
    items = (
        Page.objects.descendant_of(page)
        .live()
        .filter(Q(articlepage__isnull=False) | Q(resourcelinkpage__isnull=False))
    )
    closed = PageViewRestriction.objects.filter(page__path__startswith=page.path)
    for path in closed.exclude(page_id=page.pk).values_list("page__path", flat=True):
        items = items.exclude(path__startswith=path)
    return items.order_by(_DATE.desc(nulls_last=True), "-path")


def categories_below(page: Page) -> list[Category]:
    """Return the live categories at or below a page, by name without regard to case.

    The label is the menu title where there is one. A colour belongs to a place in the
    tree, so that it is the same on every page, whatever other categories there are.
    """
    rows = (
        Page.objects.descendant_of(page, inclusive=True)
        .live()
        .filter(resourcecategorypage__isnull=False)
        .annotate(label=Coalesce(NullIf("resourcecategorypage__menu_title", Value("")), "title"))
        .order_by(Lower("label"), "path")
    )
    return [
        Category(label, slug, path, _number_in_tree(path) % COLOURS + 1)
        for label, slug, path in rows.values_list("label", "slug", "path")
    ]


def _number_in_tree(path: str) -> int:
    """Return the number that treebeard gave a page among its siblings."""
    return int(Page._str2int(path[-Page.steplen :]))


def listing(page: Page, request: HttpRequest) -> Listing:
    """Return the part of a page's items that a request asks for.

    ``?category=`` is the slug of a category and ``?page=`` a number. A value that
    means nothing counts as absent, and a number past the end as the last page.
    """
    categories = categories_below(page)
    found = list(items_below(page).values_list("pk", "path"))
    filled = {path[: -Page.steplen] for _, path in found}
    choices = [category for category in categories if category.path in filled]
    asked = request.GET.get("category")
    chosen = next((category for category in choices if category.slug == asked), None)
    keys = [key for key, path in found if chosen is None or path.startswith(chosen.path)]
    paging = Paginator(keys, ITEMS_ON_A_PAGE).get_page(request.GET.get("page"))
    return Listing(
        cards=_cards(list(paging.object_list), categories, request),
        categories=choices if len(choices) > 1 else [],
        chosen=chosen,
        paging=paging,
    )


def latest_items(home_page: Page, number: int, request: HttpRequest | None) -> list[Card]:
    """Return the cards of the newest items of all rooms below a page, at most ``number``."""
    keys = list(items_below(home_page).values_list("pk", flat=True)[:number])
    return _cards(keys, categories_below(home_page), request) if keys else []


def _cards(
    keys: Sequence[int], categories: Sequence[Category], request: HttpRequest | None
) -> list[Card]:
    """Return the cards of items in the order of their primary keys."""
    pages = (
        Page.objects.filter(pk__in=keys)
        .annotate(
            item_date=_DATE,
            item_changed=_of_either("last_updated"),
            item_language=_of_either("language"),
            # Null for an article, so it also tells the two apart.
            link_address=F("resourcelinkpage__external_address"),
            link_document=F("resourcelinkpage__document"),
            link_page=F("resourcelinkpage__target_page"),
        )
        .in_bulk()
    )
    items = [pages[key] for key in keys if key in pages]
    documents = _by_key(get_document_model(), [item.link_document for item in items])
    targets = _by_key(Page, [item.link_page for item in items])
    wholes = whole_titles((item.pk, item.title, item.content_type_id) for item in items)
    by_path = {category.path: category for category in categories}
    cards = []
    for item in items:
        own_url, url, tag = page_url(item, request), "", ""
        if item.link_address is None:
            url = own_url
        else:
            document = documents.get(item.link_document)
            target = targets.get(item.link_page)
            url = target_url(item.link_address, document, target, request)
            tag = target_tag(item.link_address, document, request)
        category = by_path.get(item.path[: -Page.steplen])
        cards.append(
            Card(
                title=wholes.get(item.pk, item.title),
                url=url,
                own_url=own_url,
                date=item.item_date,
                category="" if category is None else category.title,
                colour=0 if category is None else category.colour,
                tag=tag,
                elsewhere=bool(host_elsewhere(url, request)),
                published=item.first_published_at,
                changed=item.item_changed,
                description=item.search_description,
                language=item.item_language,
                key=str(item.translation_key),
            )
        )
    return cards


def _by_key(model: Any, keys: Sequence[int | None]) -> dict[int, Any]:
    """Return objects by primary key, without a query where there is none to ask for."""
    wanted = {key for key in keys if key is not None}
    return model.objects.in_bulk(wanted) if wanted else {}
