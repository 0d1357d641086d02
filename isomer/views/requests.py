"""Starting an import: ask, look at the plan, confirm, watch."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages as notices
from wagtail.models import Site

from isomer.models import RunRequest
from isomer.runs import (
    WORKING,
    RequestRefused,
    SiteNameError,
    ask,
    cancel,
    close_dead_requests,
    confirm,
    find_site,
    host_and_port,
    last_sign,
    log_file,
    sources,
)
from isomer.views.base import SEE_REQUESTS, START, AdminMixin, AllowedMixin, crumb
from isomer.views.whose_site import of_sites, sites_of

LATEST = 20


class RequestForm(forms.Form):
    """What is asked of an import. A source is named by its key alone."""

    source = forms.ChoiceField(
        help_text="The folders on the server that may be imported (setting ISOMER_SOURCES)."
    )
    site = forms.ModelChoiceField(
        Site.objects.all(), empty_label=None, help_text="The site that is filled."
    )
    new_hostname = forms.CharField(required=False, max_length=255)
    recreate_deleted = forms.BooleanField(required=False)
    skip_unused = forms.BooleanField(required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites: Any = self.fields["site"]
        sites.queryset = Site.objects.filter(pk__in=sites_of(user))
        choices = [(name, f"{name} ({path})") for name, path in sorted(sources().items())]
        self.fields["source"].choices = choices  # type: ignore[attr-defined]
        for name in ("new_hostname", "recreate_deleted", "skip_unused"):
            field: Any = RunRequest._meta.get_field(name)
            self.fields[name].label = str(field.verbose_name).capitalize()
            self.fields[name].help_text = field.help_text

    def clean_new_hostname(self) -> str:
        """Return the host name of a site that does not exist yet, ``""`` for none.

        Raises:
            ValidationError: if it is no host name, or a site has it.
        """
        name = str(self.cleaned_data["new_hostname"]).strip().lower()
        try:
            there = find_site(*host_and_port(name)) if name else None
        except SiteNameError as error:
            raise forms.ValidationError(str(error)) from error
        if there is not None:
            raise forms.ValidationError(
                "There is a site of this name. Choose it above and leave this empty."
            )
        return name


class RequestListView(AdminMixin, FormView):
    """The form that asks for a plan, and the requests so far."""

    permissions = SEE_REQUESTS
    permissions_to_change = (START,)
    template_name = "isomer/admin/requests.html"
    page_title = "Start an import"
    header_icon = "download"
    form_class = RequestForm

    def get_initial(self) -> dict[str, Any]:
        return {"site": Site.objects.filter(is_default_site=True).first()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: Any) -> HttpResponse:
        """Write the request down and go to where its plan will be."""
        asked = form.cleaned_data
        try:
            made = ask(
                asked["source"],
                asked["site"],
                self.request.user,
                asked["recreate_deleted"],
                asked["skip_unused"],
                asked["new_hostname"],
            )
        except RequestRefused as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        return HttpResponseRedirect(reverse("isomer_request", args=[made.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        close_dead_requests()
        latest = (
            requests_for(self.request.user).select_related("site", "run").defer("plan")[:LATEST]
        )
        return super().get_context_data(**kwargs) | {
            "sources": sources(),
            "may_start": self.request.user.has_perm(START),
            "requests": latest[:LATEST],
        }


def requests_for(user: Any) -> QuerySet[RunRequest]:
    """Return the imports into sites that somebody looks after, and into new ones."""
    # The site that a request has made is that of its run.
    placed = RunRequest.objects.annotate(place=Coalesce("site", "run__site"))
    return placed.filter(of_sites(user, "place"))


def progress_of(request: RunRequest) -> dict[str, Any]:
    """Return what the page of a request shows of its progress."""
    return {
        "asked": request,
        "works": request.state in WORKING,
        "doing": last_sign(request)[1],
        "log": log_file(request),
    }


class RequestView(AdminMixin, TemplateView):
    """One request: its plan, which waits for a decision, or what became of it."""

    permissions = SEE_REQUESTS
    permissions_to_change = (START,)
    template_name = "isomer/admin/request.html"
    header_icon = "download"

    @cached_property
    def asked(self) -> RunRequest:
        """The request.

        Raises:
            Http404: if there is none with this number.
        """
        close_dead_requests()
        found = requests_for(self.request.user).select_related("site", "run")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return f"Import of {self.asked.source_name}"

    def crumbs(self) -> list[dict[str, Any]]:
        return [
            crumb("isomer_requests", "Start an import"),
            {"url": "", "label": self.get_page_title()},
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirm the plan, or drop it."""
        here = reverse("isomer_request", args=[self.asked.pk])
        try:
            if "confirm" in request.POST:
                digest, replace = request.POST.get("digest", ""), "replace" in request.POST
                confirm(self.asked, digest, request.user, replace)
            elif "cancel" in request.POST:
                cancel(self.asked)
                notices.success(request, "The plan was dropped. Nothing was imported.")
        except RequestRefused as error:
            notices.error(request, str(error))
        return HttpResponseRedirect(here)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            **progress_of(self.asked),
            "report": self.asked.plan,
            "waits": self.asked.state == RunRequest.State.PLANNED,
            "may_start": self.request.user.has_perm(START),
        }


class RequestProgressView(AllowedMixin, View):
    """The part of a request's page that changes while its process is at work."""

    permissions = SEE_REQUESTS

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return the part as HTML; the header ``X-Request-State`` says in which state it is."""
        close_dead_requests()
        asked = get_object_or_404(
            requests_for(request.user).select_related("site", "run").defer("plan"), pk=pk
        )
        answer = render(request, "isomer/admin/request_progress.html", progress_of(asked))
        answer["X-Request-State"] = asked.state
        answer["Cache-Control"] = "no-store"
        return answer
