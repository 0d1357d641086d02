"""Files dropped on a room or category: each becomes a document and an item that leads to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.documents.forms import get_document_form
from wagtail.models import Page
from wagtail.permissions import page_permission_policy, policy_registry

from content.addresses.index import free_slug, site_root_above
from content.counting import counted
from content.library.file_titles import title_from_name
from content.library.pdf_titles import pdf_title
from content.models import SiteDocument
from resources.models import ListingPage, ResourceLinkPage

# More than anybody posts at once by intention.
MOST_FILES = 20
DRAFT, SUBMIT, PUBLISH = "draft", "submit", "publish"
DONE = {
    DRAFT: "Saved as draft:",
    SUBMIT: "Submitted for approval:",
    PUBLISH: "Published:",
}


def may_add_files(user: Any, parent: Page) -> bool:
    """Tell whether somebody may drop files on a page: a room or category, below which they may
    make items, and the library takes files of theirs."""
    takes_items = issubclass(parent.specific_class or Page, ListingPage)
    may_upload = policy_registry.get_by_type(SiteDocument).user_has_permission(user, "add")
    return bool(takes_items and may_upload and parent.permissions_for_user(user).can_add_subpage())


def actions_for(user: Any, parent: Page) -> list[str]:
    """Return what may become of new items, the usual one first."""
    allowed = parent.permissions_for_user(user)
    found = []
    if allowed.can_publish_subpage():
        found.append(PUBLISH)
    if parent.get_workflow() is not None:
        found.append(SUBMIT)
    return [*found, DRAFT]


@dataclass
class UploadOutcome:
    """The items that were made, a sentence for each file that was not taken, and the items that
    have a file already, by its name."""

    made: list[ResourceLinkPage] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    known: list[tuple[str, ResourceLinkPage]] = field(default_factory=list)


def add_files(parent: Page, files: Sequence[UploadedFile], user: Any, action: str) -> UploadOutcome:
    """Make an item of each file. One that is refused never keeps others from being made."""
    outcome = UploadOutcome()
    for file in files:
        form = _form_of(file, user)
        if not form.is_valid():
            words = " ".join(word for errors in form.errors.values() for word in errors)
            named = f"“{file.name}”" in words
            outcome.refused.append(words if named else f"{file.name}: {words}")
            continue
        document = form.save(commit=False)
        if (known := _item_with(document.file_hash, user)) is not None:
            outcome.known.append((str(file.name), known))
            continue
        document.uploaded_by_user = user
        try:
            with transaction.atomic():
                document.save()
                item = _item_of(document, parent, user, action)
        except ValidationError as error:
            document.file.storage.delete(document.file.name)
            outcome.refused.append(f"{file.name}: {' '.join(error.messages)}")
            continue
        outcome.made.append(item)
        if action == SUBMIT:
            # It sends e-mails, for which nobody else's save has to wait.
            parent.get_workflow().start(item, user)
    return outcome


def _form_of(file: UploadedFile, user: Any) -> Any:
    """Return Wagtail's form of documents, which judges the file, with a readable title."""
    title = pdf_title(file) or title_from_name(str(file.name))  # type: ignore[arg-type]
    collections = policy_registry.get_by_type(SiteDocument).collections_user_has_permission_for(
        user, "add"
    )
    first = collections.order_by("path").first()
    data = {"title": title, "collection": first and first.pk, "tags": ""}
    form: Any = get_document_form(SiteDocument)(data, {"file": file}, user=user)
    return form


def _item_with(file_hash: str, user: Any) -> ResourceLinkPage | None:
    """Return the item that has these very bytes already, of those that somebody can look at."""
    seen = page_permission_policy.explorable_instances(user).values("pk")
    items = ResourceLinkPage.objects.filter(document__file_hash=file_hash, pk__in=seen)
    found: ResourceLinkPage | None = items.order_by("-live", "pk").first()
    return found


def _item_of(document: SiteDocument, parent: Page, user: Any, action: str) -> ResourceLinkPage:
    item = ResourceLinkPage(
        title=document.title,
        date=timezone.localdate(),
        document=document,
        live=False,
        has_unpublished_changes=True,
        owner=user,
    )
    root = site_root_above(parent)
    if root is not None:
        item.slug = free_slug(item, parent, *root)
    parent.add_child(instance=item)
    revision = item.save_revision(user=user, log_action=True)
    if action == PUBLISH:
        revision.publish(user=user)
    return item


class AddFilesView(WagtailAdminTemplateMixin, TemplateView):
    """The form of files, for one room or category."""

    template_name = "resources/admin/add_files.html"
    page_title = "Add files"
    header_icon = "doc-full-inverse"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.parent = get_object_or_404(Page, pk=kwargs["parent"]).specific
        if not may_add_files(request.user, self.parent):
            raise PermissionDenied
        self.actions = actions_for(request.user, self.parent)

    def get_page_subtitle(self) -> str:
        """Where the files go."""
        return str(self.parent.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        explore = reverse("wagtailadmin_explore", args=[self.parent.pk])
        here = {"url": explore, "label": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, here, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "parent": self.parent,
            "actions": self.actions,
            "most": MOST_FILES,
            "address": reverse("resources_add_files", args=[self.parent.pk]),
        }

    def get_template_names(self) -> list[str]:
        """The form alone, for the script that shows it where files were dropped."""
        alone = "part" in self.request.GET
        return ["resources/admin/add_files_form.html"] if alone else [self.template_name]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make the items, then show the list with them."""
        files = request.FILES.getlist("files")
        action = request.POST.get("action", DRAFT)
        here = HttpResponseRedirect(request.path)
        if not files:
            messages.error(request, "Choose at least one file first.")
            return here
        if len(files) > MOST_FILES:
            text = (
                f"You chose {counted(len(files), 'file')}; {MOST_FILES} are possible at once."
                " None was added."
            )
            messages.error(request, text)
            return here
        if action not in self.actions:
            raise PermissionDenied
        outcome = add_files(self.parent, files, request.user, action)
        for sentence in outcome.refused:
            messages.error(request, f"{sentence} It was not added.")
        for name, item in outcome.known:
            messages.warning(request, _told_known(name, item))
        if not outcome.made:
            return here
        messages.success(request, _told(outcome.made, action))
        return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[self.parent.pk]))


def _told_known(name: str, item: ResourceLinkPage) -> str:
    text: str = format_html(
        '{} was not added: the very same file is at <a href="{}">{}</a> in “{}” already. To show it'
        " here, too, add a file or link and choose it from the library.",
        name,
        reverse("wagtailadmin_pages:edit", args=[item.pk]),
        item.get_admin_display_title(),
        item.get_parent().get_admin_display_title(),
    )
    return text


def _told(made: Sequence[ResourceLinkPage], action: str) -> str:
    links = format_html_join(
        ", ",
        '<a href="{}">{}</a>',
        ((reverse("wagtailadmin_pages:edit", args=[one.pk]), one.title) for one in made),
    )
    text: str = format_html("{} {}", DONE[action], links)
    return text
