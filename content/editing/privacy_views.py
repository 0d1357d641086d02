"""The screen that makes a page private, and the one that makes its files private."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction
from wagtail.permissions import policy_registry

from content.counting import counted
from content.editing.privacy import PublicFile, public_files
from content.library.private_media import private_collections
from content.library.rights import may_replace

# So many names stand in the small window; the screen behind its link has all.
NAMES_SHOWN = 4
NEW = "new"


class PagePrivacyView(SetPrivacyView):
    """Wagtail's screen, which also says what stays public."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the public files and pictures of the page and of those below it."""
        files = public_files(self.page, self.request.user)
        return {
            **super().get_context_data(**kwargs),
            "files": files[:NAMES_SHOWN],
            "more": max(0, len(files) - NAMES_SHOWN),
            "movable": sum(not one.elsewhere for one in files),
            "files_url": reverse("content_private_files", args=[self.page.pk]),
        }

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Show Wagtail's form with our note above it, in the same window."""
        if not self.page.private_page_options:
            return super().render_to_response(context, **kwargs)
        answer: HttpResponse = render_modal_workflow(
            self.request,
            "content/admin/set_privacy.html",
            template_vars=context,
            json_data={"step": "set_privacy"},
            **kwargs,
        )
        return answer


class PrivateFilesView(WagtailAdminTemplateMixin, TemplateView):
    """Names the public files and pictures of a page and of those below it; moves those that
    nothing else uses into a private collection.

    For whoever may set the page private; each file asks for the right to change it, and the
    collection for the right to add to it.
    """

    template_name = "content/admin/private_files.html"
    page_title = "Files of private pages"
    header_icon = "lock"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.page.permissions_for_user(request.user).can_set_view_restrictions():
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    @cached_property
    def page(self) -> Page:
        found: Page = get_object_or_404(Page, pk=self.kwargs["page_id"]).specific_deferred
        return found

    @cached_property
    def files(self) -> list[PublicFile]:
        return public_files(self.page, self.request.user)

    @cached_property
    def movable(self) -> dict[str, PublicFile]:
        """The files that nothing else uses and that the person may change, by their key."""
        return {
            one.key: one
            for one in self.files
            if not one.elsewhere and may_replace(self.request.user, one.instance)
        }

    def _collections_for(self, files: list[PublicFile]) -> set[int]:
        """Return the private collections to which the person may add all of some files."""
        allowed = set(private_collections())
        for model in {type(one.instance) for one in files}:
            policy = policy_registry.get_by_type(model)
            some = policy.collections_user_has_permission_for(self.request.user, "add")
            allowed &= set(some.values_list("pk", flat=True))
        return allowed

    @cached_property
    def restriction(self) -> PageViewRestriction | None:
        """What keeps the page private, the nearest first."""
        found: PageViewRestriction | None = (
            self.page.get_view_restrictions().order_by("-page__depth").first()
        )
        return found

    @property
    def may_make_collection(self) -> bool:
        """Whether there can be a collection as private as the page. Who may make the page private
        may make one for its files; the right to make collections of any kind is not asked for."""
        return self.restriction is not None

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.get_page_subtitle()},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        movable = list(self.movable.values())
        collections = Collection.objects.filter(pk__in=self._collections_for(movable))
        return super().get_context_data(
            files=self.files,
            movable=self.movable,
            collections=collections.order_by("path"),
            may_make_collection=self.may_make_collection,
            is_private=self.restriction is not None,
            new=NEW,
            edit_url=reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Move what was ticked, all or nothing."""
        chosen = [self.movable[key] for key in request.POST.getlist("files") if key in self.movable]
        if not chosen:
            messages.error(request, "Nothing was moved. Tick the files that are to be private.")
            return HttpResponseRedirect(request.path)
        with transaction.atomic():
            collection = self._chosen_collection(request.POST.get("collection", ""), chosen)
            if collection is None:
                messages.error(request, "Nothing was moved. Choose a private collection.")
                return HttpResponseRedirect(request.path)
            for one in chosen:
                one.instance.collection = collection
                one.instance.save()
        what = counted(len(chosen), "file is", "files are")
        messages.success(request, f"{what} in the private collection “{collection.name}” now.")
        return HttpResponseRedirect(request.path)

    def _chosen_collection(self, value: str, files: list[PublicFile]) -> Collection | None:
        if value == NEW and self.may_make_collection:
            return self._new_collection()
        is_number = value.isascii() and value.isdigit() and len(value) < 10
        if not is_number or int(value) not in self._collections_for(files):
            return None
        found: Collection | None = Collection.objects.filter(pk=int(value)).first()
        return found

    def _new_collection(self) -> Collection:
        """Make a collection that is as private as the page."""
        given = self.restriction
        if given is None:
            raise PermissionDenied
        name = f"Private: {self.page.title}"[:255]
        made: Collection = Collection.get_first_root_node().add_child(name=name)
        restriction = CollectionViewRestriction.objects.create(
            collection=made, restriction_type=given.restriction_type, password=given.password
        )
        restriction.groups.set(given.groups.all())
        return made
