"""The address to which the form of a page sends what was pasted."""

from __future__ import annotations

import re

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST
from wagtail.models import Page, Site
from wagtail.permission_policies.pages import PagePermissionPolicy

from editors.pasting.blocks import pasted_blocks

# Pictures included, and without them.
MAXIMUM_BYTES = 25 * 1024 * 1024
MAXIMUM_MARKUP = 2 * 1024 * 1024
TOO_LARGE = "This is too much to paste at once. Paste it in parts."
_DATA = re.compile(rb"data:image/[^\"'\s]*")


@require_POST
def paste(request: HttpRequest) -> JsonResponse:
    """Answer with the blocks that pasted HTML (a file named ``html``) becomes, and with notes.

    Raises:
        PermissionDenied: if the person may write no page.
    """
    if not PagePermissionPolicy().user_has_any_permission(request.user, {"add", "change"}):
        raise PermissionDenied
    sent = request.FILES.get("html")
    if sent is None:
        return JsonResponse({"error": "Nothing was sent. Paste it again."}, status=400)
    if (sent.size or 0) > MAXIMUM_BYTES:
        return JsonResponse({"error": TOO_LARGE}, status=413)
    data = sent.read()
    if len(_DATA.sub(b"", data)) > MAXIMUM_MARKUP:
        return JsonResponse({"error": TOO_LARGE}, status=413)
    site = Site.find_for_request(request)
    page = site.root_page if site is not None else Page.get_first_root_node()
    made = pasted_blocks(data.decode("utf-8", "replace").replace("\0", ""), request.user, page)
    return JsonResponse({"blocks": made.blocks, "notes": made.notes})
