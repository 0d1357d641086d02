"""What a page's form and the admin's first page say about imports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from isomer.models import Certificate
from isomer.review import current_runs, imported_pages, open_messages, readiness
from isomer.views.base import SEE_SIGN_OFF, may
from isomer.views.sign_off import describe, imported_of
from isomer.views.whose_site import sites_with_imports

# Who may read what imports found.
SEE_NOTES = (*SEE_SIGN_OFF, "isomer.view_importedobject", "isomer.view_importmessage")


class ImportNote(Component):
    """Where a page came from, when it was last imported, its certificate and open messages."""

    template_name = "isomer/admin/page_note.html"

    def __init__(self, request: HttpRequest, imported: Any) -> None:
        self.request = request
        self.imported = imported

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        site = self.imported.site
        certificate = Certificate.objects.filter(pk=self.imported.certificate_id).first()
        return {
            "imported": self.imported,
            "row": describe([self.imported], site)[0],
            "certificate": certificate,
            "runs": current_runs(site),
            "found": open_messages(site).filter(page=self.imported.object_id),
            "may_see": may(self.request.user, SEE_SIGN_OFF),
        }


def notes_of(page: Page, request: HttpRequest) -> Iterator[ImportNote]:
    """Yield the note about a page that came from a document, for those who may read it."""
    if not may(request.user, SEE_NOTES):
        return
    row = imported_of(page)
    if row is None:
        return
    imported = imported_pages(row.site).select_related("site").filter(pk=row.pk).first()
    if imported is not None:
        yield ImportNote(request, imported)


class SignOffSummary(SummaryItem):
    """How many imported pages wait for somebody, on the admin's first page."""

    order = 300
    template_name = "isomer/admin/summary.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        site = sites_with_imports(self.request.user)[0]
        found = readiness(site)
        return {"readiness": found, "waiting": found.pages - found.accepted, "site": site}

    def is_shown(self) -> bool:
        return may(self.request.user, SEE_SIGN_OFF) and bool(sites_with_imports(self.request.user))
