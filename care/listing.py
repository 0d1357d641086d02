"""Which items somebody sees, and what the list can be narrowed down to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.models import Page, Revision
from wagtail.permissions import page_permission_policy

from care.kinds import SHARED, Kind, guarded_kinds
from care.models import CareItem

MINE = "mine"
ALL = "all"


def may_see(user: Any) -> bool:
    """Tell whether somebody may edit any page at all, or mend something else that the list has."""
    may_edit = bool(page_permission_policy.user_has_permission(user, "change"))
    return may_edit or any(user.has_perm(one) for one in guarded_kinds().values())


def editable_pages(user: Any) -> QuerySet[Any]:
    """Return the ids of the pages that somebody may edit, for use in another query."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    return pages.order_by().values("pk")


def visible_items(user: Any) -> QuerySet[CareItem]:
    """Return the items of the pages that somebody may edit, and of the kinds that are for whoever
    has a permission (:class:`care.kinds.Kind`); nobody sees others."""
    guarded = guarded_kinds()
    allowed = [code for code, permission in guarded.items() if user.has_perm(permission)]
    of_pages = Q(page__in=editable_pages(user)) & ~Q(kind__in=list(guarded))
    return CareItem.objects.filter(of_pages | Q(kind__in=allowed))


def counted_once(items: QuerySet[CareItem]) -> QuerySet[CareItem]:
    """Return items without those that a change at one place mends together with an earlier one
    (:data:`care.kinds.SHARED`)."""
    together = items.filter(kind__in=SHARED).order_by().values("kind", "key", "state")
    first = together.annotate(first=Min("pk")).values("first")
    return items.filter(~Q(kind__in=SHARED) | Q(pk__in=first))


def of_person(user: Any) -> Q:
    """Return the condition for items of pages that somebody owns, or ever wrote a revision of."""
    written = Revision.objects.filter(
        user=user,
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("page_id"), CharField()),
    )
    return Q(page__owner=user) | Q(Exists(written))


def with_the_same(items: Iterable[CareItem], user: Any) -> list[CareItem]:
    """Return items with those of other pages that :func:`counted_once` counts with them."""
    wanted = list(items)
    keys = {(one.state, one.key) for one in wanted if one.kind in SHARED}
    same = visible_items(user).filter(kind__in=SHARED, key__in={key for _, key in keys})
    known = {one.pk for one in wanted}
    return wanted + [one for one in same if (one.state, one.key) in keys and one.pk not in known]


@dataclass(frozen=True)
class Filter:
    """The parts of the list's address. What names nothing that is there finds nothing."""

    whose: str = ALL
    kind: str = ""
    state: str = CareItem.State.OPEN.value
    section: str = ""
    words: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Filter:
        """Return the filter that an address asks for."""
        return cls(
            whose=data.get("whose") or ALL,
            kind=data.get("kind", ""),
            state=data.get("state") or CareItem.State.OPEN.value,
            section=data.get("section", ""),
            words=data.get("q", "").strip(),
        )

    def query(self) -> str:
        """Return the part of an address that asks for this filter."""
        parts = {
            "whose": self.whose,
            "kind": self.kind,
            "state": self.state,
            "section": self.section,
            "q": self.words,
        }
        return urlencode({name: value for name, value in parts.items() if value})

    def apply(self, items: QuerySet[CareItem], user: Any) -> QuerySet[CareItem]:
        """Return what is left of :func:`visible_items`, page by page in the order of the tree."""
        items = items.filter(state=self.state)
        if self.whose == MINE:
            items = items.filter(of_person(user))
        if self.kind:
            items = items.filter(kind=self.kind)
        if self.section:
            items = items.filter(page__in=_pages_below(self.section))
        if self.words:
            items = items.filter(
                Q(page__draft_title__icontains=self.words) | Q(text__icontains=self.words)
            )
        return counted_once(items).order_by("page__path", "kind", "pk")


def _pages_below(key: str) -> QuerySet[Page]:
    top = Page.objects.filter(pk=key).first() if key.isdecimal() and len(key) < 10 else None
    found = Page.objects.none() if top is None else Page.objects.descendant_of(top, inclusive=True)
    return found.order_by().values("pk")


def sections(user: Any) -> list[tuple[str, str]]:
    """Return the pages right below the sites' home pages as ``(key, title)``, if they have pages
    below and somebody finds them in Wagtail's explorer. Titles of others stay unknown."""
    below_homes = Q(pk__in=[])
    for home in Page.objects.filter(sites_rooted_here__isnull=False).distinct():
        below_homes |= Q(path__startswith=home.path, depth=home.depth + 1)
    explorable = page_permission_policy.explorable_instances(user)
    found = explorable.filter(below_homes, numchild__gt=0).order_by("path")
    return [(str(pk), title) for pk, title in found.values_list("pk", "draft_title")]


@dataclass(frozen=True)
class KindCount:
    """How many open items of a kind there are."""

    kind: Kind
    number: int
    query: str


def counts(items: QuerySet[CareItem], kinds: Mapping[str, Kind], whose: str) -> Sequence[KindCount]:
    """Return how many open items of each kind there are, in the order of the kinds."""
    rows = counted_once(items.filter(state=CareItem.State.OPEN)).order_by().values_list("kind")
    numbers = dict(rows.annotate(number=Count("pk")))
    return [
        KindCount(kind, numbers[code], Filter(whose=whose, kind=code).query())
        for code, kind in kinds.items()
        if numbers.get(code)
    ]


def edit_address(item: CareItem) -> str:
    """Return the address of the form, at the very field or block of an item.

    Wagtail's editor knows a "content path" behind ``#:w:contentpath=``: it chooses the tab and
    scrolls there. ``static/care/editor.js`` opens what is folded up on the way.
    """
    address = reverse("wagtailadmin_pages:edit", args=[item.page_id])
    return f"{address}#:w:contentpath={item.place}" if item.place else address
