"""Unpublishing a page, and where its address leads from then on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.widgets import AdminPageChooser
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.signals import page_published

from content.addresses import PageAddress, site_root_above
from content.redirect_checks import taken
from content.redirects import redirect_path

NOWHERE, PARENT, CHOSEN = "", "parent", "page"
LONGEST = Redirect._meta.get_field("old_path").max_length or 255


class LeadOnForm(forms.Form):
    """Where the address of a page leads once the page is unpublished."""

    lead_to = forms.ChoiceField(
        label="Who comes to its address",
        required=False,
        widget=forms.RadioSelect,
        help_text="The redirect goes when the page is published again.",
    )
    lead_page = forms.ModelChoiceField(
        label="The other page",
        required=False,
        queryset=Page.objects.filter(depth__gt=1),
        help_text="Only for “is led to another page”. It must be public.",
    )

    def __init__(self, page: Page, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.parent = page.get_parent()
        choices = [(NOWHERE, "is told that there is no such page")]
        if self.parent is not None and self.parent.live and site_root_above(self.parent):
            choices.append((PARENT, f"is led to the page above, “{self.parent.title}”"))
        choices.append((CHOSEN, "is led to another page, chosen below"))
        self.fields["lead_to"].choices = choices  # type: ignore[attr-defined]
        self.fields["lead_page"].widget = AdminPageChooser()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("lead_to") == CHOSEN and "lead_page" not in self.errors:
            self._check(data.get("lead_page"))
        return data

    def _check(self, chosen: Page | None) -> None:
        problem = ""
        if chosen is None:
            problem = "Choose the page to which the address is to lead."
        elif chosen.pk == self.page.pk or (
            self.data.get("include_descendants") and chosen.is_descendant_of(self.page)
        ):
            problem = "That page is unpublished, too. Choose one that stays."
        elif not chosen.live:
            problem = "That page is not public. Choose one that is."
        if problem:
            self.add_error("lead_page", ValidationError(problem))

    @property
    def target(self) -> Page | None:
        """The page to which the address of the other one is to lead, if any."""
        choice = self.cleaned_data.get("lead_to")
        if choice == PARENT:
            return self.parent
        target: Page | None = self.cleaned_data.get("lead_page") if choice == CHOSEN else None
        return target


class LeadingOnUnpublishView(UnpublishView):
    """Wagtail's screen, which also asks where the address of the page is to lead."""

    made = 0

    @cached_property
    def form(self) -> LeadOnForm:
        """The choice, as it was posted."""
        return LeadOnForm(self.object, self.request.POST if self.request.method == "POST" else None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer the choice where the page has an address."""
        offered = bool(self.object.live and site_root_above(self.object))
        form = self.form if offered else None
        return {**super().get_context_data(**kwargs), "lead_on": form}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(**kwargs))
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def unpublish(self) -> HttpResponse | None:
        """Unpublish, then lead on from every address that has become free."""
        going = [*self.get_objects_to_unpublish()]
        if self.request.POST.get("include_descendants"):
            going += [below for page in going for below in page.get_descendants().live()]
        target = self.form.target
        with transaction.atomic():
            answer: HttpResponse | None = super().unpublish()
            if target is not None:
                self.made = lead_on(going, target)
        return answer

    def get_success_message(self) -> str:
        message = str(super().get_success_message())
        target = self.form.target
        if target is None or not self.made:
            return message
        return f"{message} Its address leads to “{target.title}” now."


def addresses_of(pages: Iterable[Page]) -> Iterator[tuple[Site, str]]:
    """Yield each site and path at which visitors find pages, or did so once."""
    for page in pages:
        root = site_root_above(page)
        if root is None:
            continue
        own = getattr(page.specific_deferred, "public_address", "")
        yield root[0], redirect_path(own or f"/{page.url_path[len(root[1]) :]}")
        rows = PageAddress.objects.filter(page_id=page.pk).select_related("site")
        for row in rows:
            yield row.site, redirect_path(row.address)


def lead_on(pages: Iterable[Page], target: Page) -> int:
    """Have the addresses of pages that are not public lead to another page; return how many do.

    An address at which something else answers is left alone.
    """
    hidden = Page.objects.filter(pk__in=[page.pk for page in pages], live=False)
    made = 0
    for site, path in dict.fromkeys(addresses_of(hidden)):
        if len(path) > LONGEST or taken(site, path):
            continue
        leads = {"redirect_page": target, "redirect_link": "", "is_permanent": False}
        Redirect.objects.update_or_create(
            old_path=path,
            site=site,
            defaults=leads,
            create_defaults={**leads, "automatically_created": True},
        )
        made += 1
    return made


def _take_back(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Remove what leads away from a page that is public again."""
    for site, path in addresses_of([instance]):
        made = Redirect.objects.filter(site=site, old_path=path, automatically_created=True)
        made.exclude(redirect_page=instance.pk).delete()


def connect_signals() -> None:
    """Connect the receiver of this module; called once when the app is ready."""
    page_published.connect(_take_back, dispatch_uid="content.unpublishing.take_back")
