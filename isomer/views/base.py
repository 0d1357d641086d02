"""What the views share: who may see them, and the furniture of the admin."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permissions import policy_registry

SIGN = "isomer.sign_off_pages"
START = "isomer.start_import"
NOT_SHOWN = "Not shown: the page is not public, and you may not edit it."
# Whoever may act may look. Signing is a judgement and changes no page, so it asks for its own
# permission alone, not for the right to edit the page.
SEE_SIGN_OFF = ("isomer.view_signoff", SIGN)
SEE_REQUESTS = ("isomer.view_runrequest", START)


def may(user: Any, permissions: tuple[str, ...]) -> bool:
    """Tell whether somebody has one of some permissions."""
    return any(user.has_perm(one) for one in permissions)


def is_readable(user: Any) -> ExpressionWrapper:
    """Return an expression over rows with a ``page``: whether somebody may read its words.

    Visitors see the page, or this person may edit it; what belongs to no page is for everybody
    who may look at all. A page may have become private since it was imported.
    """
    editable = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    return ExpressionWrapper(
        Q(page__isnull=True)
        | Q(page__in=Page.objects.live().public().values("pk"))
        | Q(page__in=editable.values("pk")),
        output_field=BooleanField(),
    )


class AllowedMixin:
    """Lets in who has one of ``permissions``; to change something, one of
    ``permissions_to_change``. Wagtail sends everybody else away with a message."""

    permissions: ClassVar[tuple[str, ...]] = ()
    permissions_to_change: ClassVar[tuple[str, ...]] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_reading = request.method in ("GET", "HEAD", "OPTIONS")
        needed = self.permissions if is_reading else self.permissions_to_change
        if not may(request.user, needed):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class AdminMixin(AllowedMixin, WagtailAdminTemplateMixin):
    """A page of the admin below *Imports*."""

    request: HttpRequest

    def crumbs(self) -> list[dict[str, Any]]:
        """The way from *Imports* to this page, as ``{"url", "label"}``; the last has no address."""
        return [{"url": "", "label": self.get_page_title()}]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, *self.crumbs()]


def crumb(name: str, label: str, *arguments: Any) -> dict[str, Any]:
    """Return an entry of the way to a page."""
    return {"url": reverse(name, args=arguments), "label": label}
