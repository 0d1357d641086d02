"""What this room adds to the admin: the menu “Imports”, and what stands behind it.

This is the one module that uses wagtail-modeladmin: four read-only listings of runs, their
messages, certificates and objects. What writes (sign-off, starting a run) are views of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, ClassVar

from django.contrib.auth.models import Permission
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.http import HttpRequest
from django.urls import URLPattern, path, re_path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page, Site
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup, modeladmin_register

from care.findings import Finding
from care.kinds import ACTIONS_HOOK, FINDINGS_HOOK, IMPORTED_HTML, KINDS_HOOK, Kind
from care.models import CareItem
from content.counting import counted
from content.panels import NOTES_HOOK
from editors.dashboard import STARTS_HOOK, Start
from isomer.apply import mark_dead_runs_if_free
from isomer.models import Certificate, ImportedObject, ImportMessage, ImportRun
from isomer.review import KINDS, findings
from isomer.views.base import NOT_SHOWN, SEE_REQUESTS, SEE_SIGN_OFF, is_readable, may
from isomer.views.dashboard import ImportsPanel, starts_for
from isomer.views.listing_rights import LimitedToReadablePages, ReadOnly, site_field
from isomer.views.page_note import ImportNote, SignOffSummary, notes_of
from isomer.views.rebuild import RebuildSideView, RebuildView
from isomer.views.record import RecordView
from isomer.views.requests import RequestListView, RequestProgressView, RequestView
from isomer.views.rule_filter import RuleFilter
from isomer.views.sides import SignOffSideView
from isomer.views.sign_off import SignOffListView, SignOffPageView
from isomer.views.whose_site import last_run, of_sites


class ReadOnlyListing(ModelAdmin):
    """A listing of what the importer remembers."""

    permission_helper_class = ReadOnly
    inspect_view_enabled = True
    # Nobody changes these rows, so they have no history; Wagtail would show it to everybody.
    history_view_enabled = False
    index_view_extra_css: ClassVar[list[str]] = ["isomer/admin.css"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows of the sites that somebody looks after."""
        rows: QuerySet[Any] = super().get_queryset(request)
        own = rows.filter(of_sites(request.user, site_field(self.model)))
        return own.annotate(is_own=Value(True))


class ImportRunAdmin(ReadOnlyListing):
    """Runs, the latest first."""

    model = ImportRun
    menu_label = "Runs"
    menu_icon = "history"
    list_display = (
        "started_at",
        "folder",
        "short_commit",
        "pages",
        "duration",
        "outcome",
        "said",
    )
    inspect_view_fields = (
        "state",
        "error",
        "missing",
        "source",
        "commit",
        "site",
        "started_at",
        "finished_at",
        "duration",
        "created",
        "updated",
        "unchanged",
        "left_alone",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportRun]:
        mark_dead_runs_if_free()
        found: QuerySet[ImportRun] = super().get_queryset(request)
        later = ImportRun.objects.done().filter(
            site=OuterRef("site"), source=OuterRef("source"), started_at__gt=OuterRef("started_at")
        )
        failed = Q(certificates__state=Certificate.State.FAILED)
        errors = Q(messages__level="error")
        return found.select_related("site").annotate(
            has_later=Exists(later),
            certificate_count=Count("certificates", distinct=True),
            failed_count=Count("certificates", filter=failed, distinct=True),
            missing_count=F("whole__missing"),
            message_count=Count("messages", distinct=True),
            error_count=Count("messages", filter=errors, distinct=True),
        )

    def get_list_filter(self, request: HttpRequest) -> tuple[str, ...]:
        """Offer the sites where there are several."""
        return ("site",) if Site.objects.count() > 1 else ()

    def pages(self, run: ImportRun) -> str:
        """What was done with how many pages."""
        counts = {
            "created": run.created,
            "updated": run.updated,
            "unchanged": run.unchanged,
            "left alone": run.left_alone,
        }
        return ", ".join(f"{number} {done}" for done, number in counts.items() if number) or "none"

    def short_commit(self, run: ImportRun) -> str:
        """The commit, as people quote it."""
        return run.commit[:12]

    short_commit.short_description = "commit"  # type: ignore[attr-defined]

    def outcome(self, run: Any) -> str:
        """What became of the run, and what its verification found."""
        if run.state != ImportRun.State.DONE:
            return f"{run.get_state_display()}. {run.error}".strip()
        if not run.certificate_count:
            verified = "not verified"
        elif run.failed_count:
            documents = counted(run.certificate_count, "document")
            verified = f"differing: {run.failed_count} of {documents}"
        else:
            verified = "verified"
        if run.missing_count:
            verified += f", {run.missing_count} of its files and addresses missing"
        return f"Done, {verified}{'; a later run followed' if run.has_later else ''}"

    outcome.short_description = "state"  # type: ignore[attr-defined]

    def said(self, run: Any) -> SafeString:
        """Link to the run's messages."""
        url = reverse("isomer_importmessage_modeladmin_index")
        link = format_html('<a href="{}?run__id__exact={}">{}</a>', url, run.pk, run.message_count)
        if not run.error_count:
            return link
        return format_html("{}, {}", link, counted(run.error_count, "error"))

    said.short_description = "messages"  # type: ignore[attr-defined]


class ImportMessageAdmin(ReadOnlyListing):
    """Messages, to be filtered by run, level and rule."""

    model = ImportMessage
    menu_label = "Messages"
    menu_icon = "warning"
    permission_helper_class = LimitedToReadablePages
    list_display = ("finding", "level", "said", "where", "on_page")
    ordering = ("-run_id", "id")
    list_filter = ("level", ("rule", RuleFilter), "run")
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
            found = found.filter(run=last_run(request.user))
        readable = found.annotate(is_readable=is_readable(request.user))
        return readable.select_related("page", "run")

    def said(self, message: Any) -> str:
        """What was found, which may quote the page."""
        return str(message.text) if message.is_readable else NOT_SHOWN

    said.short_description = "text"  # type: ignore[attr-defined]

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


class ImportedObjectAdmin(ReadOnlyListing):
    """Where each page, picture and setting came from."""

    model = ImportedObject
    menu_label = "Imported objects"
    menu_icon = "link"
    list_display = ("source_path", "kind", "address", "imported_at")
    list_filter = ("kind", "site")
    search_fields = ("source_path", "address")
    inspect_view_fields = ("source_path", "kind", "site", "address", "imported_at")


class CertificateAdmin(ReadOnlyListing):
    """What the last look at each page found, by run and state."""

    model = Certificate
    menu_label = "Certificates"
    menu_icon = "circle-check"
    permission_helper_class = LimitedToReadablePages
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
        readable = found.annotate(is_readable=is_readable(request.user))
        return readable.select_related("page", "run")

    def found(self, certificate: Any) -> SafeString | str:
        """Why the page was not compared, or the first thing that nothing explains."""
        if not certificate.is_readable:
            return NOT_SHOWN
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

    def get_submenu_items(self) -> list[MenuItem]:
        """Return the listings, and before them the views that write."""
        sign_off = reverse("isomer_sign_off")
        requests = reverse("isomer_requests")
        return [
            Guarded(SEE_SIGN_OFF, "Sign-off", sign_off, icon_name="clipboard-list", order=-2),
            Guarded(SEE_REQUESTS, "Start an import", requests, icon_name="upload", order=-1),
            *super().get_submenu_items(),
        ]


class Guarded(MenuItem):
    """An entry of the menu for those who have one of some permissions."""

    def __init__(self, permissions: tuple[str, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permissions = permissions

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, self.permissions)


modeladmin_register(ImportGroup)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """The views that write. Wagtail lets in only who may use the admin at all; each view
    checks its own permission."""
    return [
        path("imports/sign-off/", SignOffListView.as_view(), name="isomer_sign_off"),
        path("imports/sign-off/record.html", RecordView.as_view(), name="isomer_sign_off_record"),
        path(
            "imports/sign-off/record.json",
            RecordView.as_view(form="json"),
            name="isomer_sign_off_record_json",
        ),
        path("imports/sign-off/<int:pk>/", SignOffPageView.as_view(), name="isomer_sign_off_page"),
        re_path(
            r"^imports/sign-off/(?P<pk>\d+)/(?P<side>source|served)/$",
            SignOffSideView.as_view(),
            name="isomer_sign_off_side",
        ),
        path("imports/start/", RequestListView.as_view(), name="isomer_requests"),
        path("imports/start/<int:pk>/", RequestView.as_view(), name="isomer_request"),
        path(
            "imports/start/<int:pk>/progress/",
            RequestProgressView.as_view(),
            name="isomer_request_progress",
        ),
        path("imports/rebuild/<int:page>/", RebuildView.as_view(), name="isomer_rebuild"),
        re_path(
            r"^imports/rebuild/(?P<page>[0-9]+)/(?P<side>before|after)/$",
            RebuildSideView.as_view(),
            name="isomer_rebuild_side",
        ),
    ]


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """What may be given to groups under *Settings, Groups*."""
    names = ("view_signoff", "sign_off_pages", "view_runrequest", "start_import")
    return Permission.objects.filter(content_type__app_label="isomer", codename__in=names)


@hooks.register(NOTES_HOOK)
def register_notes(page: Page, request: HttpRequest) -> Iterator[ImportNote]:
    """Where a page came from, on its form."""
    return notes_of(page, request)


@hooks.register("construct_homepage_summary_items")
def add_summary(request: HttpRequest, items: list[Any]) -> None:
    """How far the sign-off is, on the admin's first page."""
    items.append(SignOffSummary(request))


@hooks.register("construct_homepage_panels")
def add_last_imports(request: HttpRequest, panels: list[Any]) -> None:
    """How the last imports stand, on the same page."""
    if ImportsPanel.is_for(request.user):
        panels.append(ImportsPanel(request.user))


@hooks.register(STARTS_HOOK)
def register_starts(user: Any) -> list[Start]:
    """Where a sign-off or an import begins."""
    return list(starts_for(user))


@hooks.register(KINDS_HOOK)
def register_care_kinds() -> list[Kind]:
    """What the care list may find with the help of this room."""
    return KINDS


@hooks.register(FINDINGS_HOOK)
def register_care_findings(ids: Collection[int] | None) -> Iterator[tuple[int, Finding]]:
    """Open messages, and names that the import made."""
    return findings(ids)


@hooks.register(ACTIONS_HOOK)
def register_care_actions(item: CareItem) -> Iterator[tuple[str, str]]:
    """Imported HTML can be tried again with the rules of today."""
    if item.kind == IMPORTED_HTML:
        address = reverse("isomer_rebuild", args=[item.page_id])
        yield "Turn it into blocks", f"{address}?{urlencode({'place': item.place})}"
