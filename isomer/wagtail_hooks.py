"""What earlier imports did, for reading in the admin: runs, their messages, their objects.

This is the one module that uses wagtail-modeladmin: four read-only listings.
Anything that writes (sign-off, starting a run) belongs in views of its own.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup, modeladmin_register

from isomer.models import Certificate, ImportedObject, ImportMessage, ImportRun


class ReadOnly(PermissionHelper):
    """Nobody adds, changes or deletes what the importer remembers.

    Who has the permission to view a model may look (Django's ``view`` permission).
    """

    def user_can_list(self, user: Any) -> bool:
        return bool(self.user_has_specific_permission(user, f"view_{self.opts.model_name}"))

    def user_can_inspect_obj(self, user: Any, obj: Model) -> bool:
        return self.user_can_list(user)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Model) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Model) -> bool:
        return False

    def user_has_any_permissions(self, user: Any) -> bool:
        return self.user_can_list(user)


class ImportRunAdmin(ModelAdmin):
    """Runs, the latest first."""

    model = ImportRun
    menu_label = "Runs"
    menu_icon = "history"
    permission_helper_class = ReadOnly
    inspect_view_enabled = True
    list_display = ("started_at", "folder", "created", "updated", "unchanged", "left_alone", "said")
    list_filter = ("site",)
    inspect_view_fields = (
        "source",
        "commit",
        "site",
        "started_at",
        "finished_at",
        "created",
        "updated",
        "unchanged",
        "left_alone",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportRun]:
        found: QuerySet[ImportRun] = super().get_queryset(request)
        return found.select_related("site")

    def said(self, run: ImportRun) -> SafeString:
        """Link to the run's messages."""
        url = reverse("isomer_importmessage_modeladmin_index")
        return format_html('<a href="{}?run__id__exact={}">Messages</a>', url, run.pk)

    said.short_description = "messages"  # type: ignore[attr-defined]


class ImportMessageAdmin(ModelAdmin):
    """Messages, to be filtered by run, level and rule."""

    model = ImportMessage
    menu_label = "Messages"
    menu_icon = "warning"
    permission_helper_class = ReadOnly
    inspect_view_enabled = True
    list_display = ("finding", "level", "text", "where", "on_page")
    ordering = ("-run_id", "id")
    list_filter = ("level", "rule", "run")
    search_fields = ("source_path", "text")
    list_per_page = 50
    inspect_view_fields = (
        "title",
        "advice",
        "level",
        "source_path",
        "place",
        "text",
        "page",
        "run",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportMessage]:
        """Show the latest run, unless a filter asks for another."""
        found: QuerySet[ImportMessage] = super().get_queryset(request)
        in_listing = request.path == self.url_helper.index_url
        if in_listing and not any(name.startswith("run__") for name in request.GET):
            found = found.filter(run=ImportRun.objects.first())
        return found.select_related("page", "run")

    def finding(self, message: ImportMessage) -> SafeString:
        """The finding, and under it what to do."""
        return format_html("{}<br><small>{}</small>", message.title, message.advice)

    def where(self, message: ImportMessage) -> str:
        """The source path, and the line or field in it."""
        return ", ".join(part for part in (message.source_path, message.place) if part)

    def on_page(self, message: ImportMessage) -> SafeString | str:
        """Link to the page's edit view."""
        if message.page is None:
            return ""
        url = reverse("wagtailadmin_pages:edit", args=[message.page_id])
        return format_html('<a href="{}">{}</a>', url, message.page.get_admin_display_title())

    on_page.short_description = "page"  # type: ignore[attr-defined]


class ImportedObjectAdmin(ModelAdmin):
    """Where each page, picture and setting came from."""

    model = ImportedObject
    menu_label = "Imported objects"
    menu_icon = "link"
    permission_helper_class = ReadOnly
    inspect_view_enabled = True
    list_display = ("source_path", "kind", "address", "imported_at")
    list_filter = ("kind", "site")
    search_fields = ("source_path", "address")
    inspect_view_fields = ("source_path", "kind", "site", "address", "imported_at")


class CertificateAdmin(ModelAdmin):
    """What the last look at each page found, by run and state."""

    model = Certificate
    menu_label = "Certificates"
    menu_icon = "circle-check"
    permission_helper_class = ReadOnly
    inspect_view_enabled = True
    list_display = ("source_path", "state", "found", "on_page", "checked_at")
    list_filter = ("state", "run")
    search_fields = ("source_path", "address")
    list_per_page = 50
    inspect_view_fields = (
        "source_path",
        "address",
        "state",
        "note",
        "counts",
        "differences",
        "source_hash",
        "served_hash",
        "run",
        "checked_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Certificate]:
        found: QuerySet[Certificate] = super().get_queryset(request)
        return found.select_related("page", "run")

    def found(self, certificate: Certificate) -> SafeString | str:
        """Why the page was not compared, or the first thing that nothing explains."""
        first = next(iter(certificate.unexplained), None)
        if first is None:
            return certificate.note
        return format_html(
            "{}<br><small>was: {}<br>is: {}</small>", first["kind"], first["was"], first["now"]
        )

    def on_page(self, certificate: Certificate) -> SafeString | str:
        """Link to the page's edit view."""
        if certificate.page is None:
            return ""
        url = reverse("wagtailadmin_pages:edit", args=[certificate.page_id])
        return format_html('<a href="{}">{}</a>', url, certificate.page.get_admin_display_title())

    on_page.short_description = "page"  # type: ignore[attr-defined]


class ImportGroup(ModelAdminGroup):
    """The menu “Imports”."""

    menu_label = "Imports"
    menu_icon = "download"
    menu_order = 850
    items = (ImportRunAdmin, ImportMessageAdmin, CertificateAdmin, ImportedObjectAdmin)


modeladmin_register(ImportGroup)
