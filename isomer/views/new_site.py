"""A site to import into, for people who may start imports but manage no host names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.http.request import validate_host
from django.urls import reverse
from django.views.generic import FormView
from wagtail.admin import messages as notices
from wagtail.models import Page, Site

from isomer.apply.creation import create_home
from isomer.run import SiteNameError, host_and_port
from isomer.views.base import START, AdminMixin, crumb

LONGEST = 255


class NewSiteForm(forms.Form):
    """A host name that no site has yet, and the name of the site."""

    host = forms.CharField(
        label="Host name",
        max_length=LONGEST,
        help_text="Where visitors will find the site, such as www.example.gov.sg. A port may"
        " follow after a colon.",
    )
    name = forms.CharField(
        max_length=LONGEST,
        help_text="What the admin calls the site. The import brings the name for visitors.",
    )

    def clean_host(self) -> tuple[str, int]:
        try:
            host, port = host_and_port(self.cleaned_data["host"].strip().lower())
        except SiteNameError as error:
            raise ValidationError(str(error)) from error
        port = port or (443 if settings.SECURE_SSL_REDIRECT else 80)
        if Site.objects.filter(hostname=host, port=port).exists():
            raise ValidationError("There is a site with this host name already. Choose it instead.")
        return host, port


class NewSiteView(AdminMixin, FormView):
    """Makes a site with an empty home page, which the first import fills. No other site changes."""

    permissions = (START,)
    permissions_to_change = (START,)
    template_name = "isomer/admin/new_site.html"
    page_title = "Make a site for an import"
    header_icon = "site"
    form_class = NewSiteForm

    def crumbs(self) -> list[dict[str, Any]]:
        return [crumb("isomer_requests", "Start an import"), {"url": "", "label": self.page_title}]

    def form_valid(self, form: Any) -> HttpResponse:
        """Make the site and go back to the form that asks for a plan."""
        host, port = form.cleaned_data["host"]
        name = form.cleaned_data["name"]
        with transaction.atomic():
            site = Site(hostname=host, port=port, site_name=name)
            # As Wagtail's own first page: not public, and it gives way to the imported home page.
            create_home(site, Page(title=name, slug="home", live=False))
        notices.success(self.request, f"The site {host} was made. Choose a source for it.")
        if not validate_host(host, settings.ALLOWED_HOSTS):
            notices.warning(
                self.request,
                f"The server does not answer for {host} yet: whoever keeps it adds the name to"
                " ALLOWED_HOSTS.",
            )
        return HttpResponseRedirect(f"{reverse('isomer_requests')}?site={site.pk}")
