"""Turning imported HTML into blocks: before and after side by side, accept or keep."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView
from wagtail.admin import messages as notices
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from care.actions import Refused, dismiss, edit_page
from care.kinds import IMPORTED_HTML
from care.models import CareItem
from content.blocks import BodyBlock
from content.search_text.texts import stored_texts
from isomer.rebuild import NotThere, Rebuilt, put_in_place, rebuild, stream_around, words_differ
from isomer.views.base import crumb

KEPT_AS_IT_IS = "Kept as it is."


class OnePageMixin:
    """A block of imported HTML on a page that the person may edit.

    Raises:
        PermissionDenied: for others.
        Http404: for a page that is not there.
    """

    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    @cached_property
    def page(self) -> Any:
        """The page, in its own type."""
        return get_object_or_404(Page, pk=self.kwargs["page"]).specific

    @cached_property
    def draft(self) -> Any:
        """The page as its editors last left it."""
        return self.page.get_latest_revision_as_object()

    @property
    def place(self) -> str:
        """Where the block is, as the care list names it."""
        return self.request.GET.get("place", "")

    @cached_property
    def rebuilt(self) -> Rebuilt:
        """What the rules make of it.

        Raises:
            NotThere: if the block is not there any more.
        """
        return rebuild(self.draft, self.place)


class RebuildView(OnePageMixin, WagtailAdminTemplateMixin, TemplateView):
    """Both sides, what becomes of the block, and the decision."""

    template_name = "isomer/admin/rebuild.html"
    header_icon = "code"

    def get_page_title(self) -> str:
        return f"Imported HTML on “{self.title}”"

    @property
    def title(self) -> str:
        """The title of the page, as the admin shows it."""
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = crumb("care_list", "Care list")
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.rebuilt  # noqa: B018
        except NotThere as error:
            notices.warning(request, str(error))
            return HttpResponseRedirect(self._list())
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Put the blocks in place, or note that the markup stays."""
        try:
            if request.POST.get("action") == "keep":
                items = CareItem.objects.filter(
                    page=self.page.pk, kind=IMPORTED_HTML, place=self.place
                )
                dismiss(items, request.user, request.POST.get("reason") or KEPT_AS_IT_IS)
                notices.success(request, "The imported HTML stays as it is.")
            elif request.POST.get("action") == "accept":
                self._accept(request)
            else:
                raise Refused("Choose whether to accept the blocks or to keep the HTML.")
        except (NotThere, Refused) as error:
            notices.error(request, str(error))
            return HttpResponseRedirect(request.get_full_path())
        return HttpResponseRedirect(self._list())

    def _accept(self, request: HttpRequest) -> None:
        if request.POST.get("seen") != self.rebuilt.seen:
            raise NotThere("Somebody changed this block meanwhile. Look at it again.")
        public = edit_page(
            self.page,
            lambda draft: put_in_place(draft, self.place, self.rebuilt),
            request.user,
            "publish" in request.POST,
        )
        what = "published" if public else "saved as a draft"
        notices.success(request, f"“{self.title}” was rebuilt and {what}.")

    def _list(self) -> str:
        return f"{reverse('care_list')}?{urlencode({'kind': IMPORTED_HTML})}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        rebuilt = self.rebuilt
        before, after = (rendered(side_of(rebuilt, name)) for name in ("before", "after"))
        query = urlencode({"place": self.place})
        may_publish = self.page.permissions_for_user(self.request.user).can_publish()
        waits = self.page.has_unpublished_changes or not self.page.live
        return context | {
            "page": self.page,
            "rebuilt": rebuilt,
            "blocks": described(rebuilt, self._definition()),
            "words_differ": words_differ(before, after),
            "sides": [
                (label, f"{reverse('isomer_rebuild_side', args=[self.page.pk, name])}?{query}")
                for name, label in (("before", "Before"), ("after", "After"))
            ],
            "edit": f"{reverse('wagtailadmin_pages:edit', args=[self.page.pk])}"
            f"#:w:contentpath={self.place}",
            "may_publish": may_publish and not waits,
        }

    def _definition(self) -> Any:
        name, *way = self.place.split(".")
        block = self.draft._meta.get_field(name).stream_block
        return stream_around(block, getattr(self.draft, name).get_prep_value(), way)


@method_decorator(xframe_options_sameorigin, name="dispatch")
class RebuildSideView(OnePageMixin, TemplateView):
    """One side as visitors would see it, for a frame."""

    template_name = "isomer/admin/rebuild_side.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        try:
            return context | side_of(self.rebuilt, self.kwargs["side"])
        except NotThere as error:
            raise Http404(str(error)) from error


def side_of(rebuilt: Rebuilt, side: str) -> dict[str, Any]:
    """Return what the template of a side shows: ``"before"`` or ``"after"``."""
    kept = [{"type": "imported_html", "value": {"html": rebuilt.html, "pattern": ""}}]
    value = BodyBlock().to_python(kept if side == "before" else rebuilt.blocks)
    return {"value": value, "page_title": side.title()}


def rendered(side: dict[str, Any]) -> str:
    """Return a side as markup, without the page around it."""
    return "".join(str(block.render()) for block in side["value"])


def described(rebuilt: Rebuilt, definition: Any) -> list[dict[str, str]]:
    """Return the blocks that come of it by their names in the editor, each with its first
    words."""
    found = []
    for one in rebuilt.blocks:
        block = definition.child_blocks.get(one["type"]) or BodyBlock().child_blocks[one["type"]]
        words = " ".join(" ".join(stored_texts(block, one["value"])).split())
        found.append({"name": str(block.label), "words": words[:100]})
    return found
