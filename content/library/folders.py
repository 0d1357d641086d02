"""Collections as folders: choosing one in a listing or chooser shows what lies below it, too.

Wagtail 8.0 shows what lies in the collection itself. Imports make collections that mirror the
folders of the source, and those above the lowest ones are mostly empty.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.admin import filters
from wagtail.admin.forms.choosers import CollectionFilterMixin
from wagtail.admin.views.generic import chooser
from wagtail.documents.views.bulk_actions.document_bulk_action import DocumentBulkAction
from wagtail.images.views.bulk_actions.image_bulk_action import ImageBulkAction
from wagtail.models import Collection


def with_those_below(collection: Any) -> list[int]:
    """Return the ids of a collection and of all below it; ``collection`` is its id.

    There are none if no collection has that id.
    """
    found = Collection.objects.filter(pk=collection).first()
    if found is None:
        return []
    return list(found.get_descendants(inclusive=True).values_list("pk", flat=True))


class FolderFilter(filters.CollectionFilter):  # type: ignore[misc]
    """The filter of the listings."""

    def filter(self, queryset: QuerySet[Any], value: Collection | None) -> QuerySet[Any]:
        if value is None:
            return queryset
        return queryset.filter(collection_id__in=with_those_below(value.pk))


class FolderFilterMixin(CollectionFilterMixin):  # type: ignore[misc]
    """The filter of the choosers."""

    def filter(self, objects: QuerySet[Any]) -> Any:
        collection = self.cleaned_data.get("collection_id")
        if collection:
            self.is_filtering_by_collection = True
            objects = objects.filter(collection_id__in=with_those_below(collection))
        # Wagtail's own mixin, which is passed over, would filter by the collection itself.
        return super(CollectionFilterMixin, self).filter(objects)


def all_in_listing(self: Any, parent_id: int | None) -> Any:
    """Return the ids of what “Select all in listing” means, the one of a bulk action: what its
    person may change, in a collection and below it, and what a search found."""
    objects = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
    if parent_id is not None:
        objects = objects.filter(collection_id__in=with_those_below(parent_id))
    objects = objects.values_list("pk", flat=True)
    words = self.request.GET.get("q")
    return objects.search(words).results() if words else objects


def show_what_lies_below() -> None:
    """Have Wagtail's views use the filters of this module; called once when the app is ready."""
    filters.CollectionFilter = FolderFilter
    chooser.CollectionFilterMixin = FolderFilterMixin
    ImageBulkAction.get_all_objects_in_listing_query = all_in_listing
    DocumentBulkAction.get_all_objects_in_listing_query = all_in_listing
