"""What every visitor may see, and so what searches may tell of: one definition for results,
counts, filters, suggestions, spelling and recommended pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, Site, get_page_models
from wagtail.query import PageQuerySet

from content.models import BasePage


def found_models() -> dict[int, type[BasePage]]:
    """Return the page types that searches lead to, by content type."""
    models = [
        model for model in get_page_models() if issubclass(model, BasePage) and model.is_found
    ]
    types = ContentType.objects.get_for_models(*models)
    return {types[model].pk: model for model in models}


@dataclass(frozen=True)
class Visible:
    """The pages and documents of a site that every visitor may see. What is private is read
    when this is made, once for a request."""

    pages: PageQuerySet
    documents: QuerySet[Any]

    @classmethod
    def of_site(cls, site: Site) -> Visible:
        """Return what is live, not expired, and behind no login or password.

        A page whose time is over is not found even before the next ``publish_scheduled``.
        Documents in a collection are as private as the collections that it lies in.
        """
        pages = (
            Page.objects.live()
            .public()
            .descendant_of(site.root_page, inclusive=True)
            .filter(content_type__in=found_models())
            .exclude(expire_at__lte=timezone.now())
            .order_by()
        )
        closed = Q(pk__in=[])
        for path in CollectionViewRestriction.objects.values_list("collection__path", flat=True):
            closed |= Q(collection__path__startswith=path)
        return cls(pages, get_document_model().objects.exclude(closed).order_by())


def keys_of(objects: QuerySet[Any]) -> QuerySet[Any]:
    """Return the primary keys of objects as the search index holds them, which is as text."""
    return objects.annotate(key=Cast("pk", CharField())).values("key")
