"""One imported page: what the views of its sign-off share."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.models import Page, Site

from isomer.models import Certificate, ImportedObject
from isomer.review import imported_pages
from isomer.views.whose_site import sites_of


class ImportedPageMixin:
    """The page whose row the address names by its key."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def site(self) -> Site:
        """The site that the page belongs to.

        Raises:
            PermissionDenied: if the person does not look after it.
        """
        row = get_object_or_404(
            ImportedObject.objects.only("site").select_related("site__root_page"),
            pk=self.kwargs["pk"],
        )
        if row.site_id not in sites_of(self.request.user):
            raise PermissionDenied
        return row.site

    @cached_property
    def imported(self) -> Any:
        """The row of the page.

        Raises:
            Http404: if the row stands for no page, or for one that was deleted.
        """
        return get_object_or_404(imported_pages(self.site), pk=self.kwargs["pk"])

    @cached_property
    def page(self) -> Page:
        """The page itself."""
        return get_object_or_404(Page, pk=self.imported.object_id)

    @cached_property
    def certificate(self) -> Certificate | None:
        """The last certificate of the page."""
        return Certificate.objects.filter(pk=self.imported.certificate_id).first()

    @property
    def may_read(self) -> bool:
        """Whether the text may be shown: visitors see it, or this person may edit the page.

        A page may have become private since it was verified.
        """
        if self.page.live and not self.page.get_view_restrictions():
            return True
        return self.may_edit

    @cached_property
    def may_edit(self) -> bool:
        """Whether this person may edit the page."""
        return bool(self.page.permissions_for_user(self.request.user).can_edit())
