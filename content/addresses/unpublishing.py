"""Unpublishing and deleting pages, and where their addresses lead from then on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.admin import messages
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.widgets import AdminPageChooser
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.signals import page_published

from content.addresses.index import PageAddress, site_root_above
from content.addresses.redirect_checks import taken
from content.addresses.redirects import redirect_path
from content.counting import counted

NOWHERE, PARENT, CHOSEN = "", "parent", "page"
NOT_FOUND = "Visitors are told that there is no such page."
LONGEST = Redirect._meta.get_field("old_path").max_length or 255


class LeadOnForm(forms.Form):
    """Where the addresses of pages lead once the pages are gone."""

    lead_to = forms.ChoiceField(
        label="Who comes to its address", required=False, widget=forms.RadioSelect
    )
    lead_page = forms.ModelChoiceField(
        label="The other page",
        required=False,
        queryset=Page.objects.filter(depth__gt=1),
        help_text="Only for “is led to another page”. It must be public.",
    )

    def __init__(
        self, pages: Sequence[Page], *args: Any, is_for_good: bool = False, **kwargs: Any
    ) -> None:
        """``is_for_good`` says that the pages are deleted, with all pages below them."""
        super().__init__(*args, **kwargs)
        self.pages = pages
        self.is_for_good = is_for_good
        field: Any = self.fields["lead_to"]
        choices = [(NOWHERE, "is told that there is no such page")]
        above = {up.pk: up for page in pages if (up := page.get_parent()) and _is_public(up)}
        if above:
            name = f", “{next(iter(above.values())).title}”" if len(above) == 1 else " each"
            choices.append((PARENT, f"is led to the page above{name}"))
        choices.append((CHOSEN, "is led to another page, chosen below"))
        field.choices = choices
        if len(pages) > 1:
            field.label = "Who comes to one of their addresses"
        if not is_for_good:
            field.help_text = "The redirect goes when the page is published again."
        self.fields["lead_page"].widget = AdminPageChooser()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("lead_to") == CHOSEN and "lead_page" not in self.errors:
            self._check(data.get("lead_page"))
        return data

    def _check(self, chosen: Page | None) -> None:
        problem = ""
        with_those_below = self.is_for_good or self.data.get("include_descendants")
        if chosen is None:
            problem = "Choose the page to which the address is to lead."
        elif any(
            chosen.pk == page.pk or (with_those_below and chosen.is_descendant_of(page))
            for page in self.pages
        ):
            action = "deleted" if self.is_for_good else "unpublished"
            problem = f"That page is {action}, too. Choose one that stays."
        elif not chosen.live or chosen.get_view_restrictions():
            problem = "That page is not public. Choose one that is."
        if problem:
            self.add_error("lead_page", ValidationError(problem))

    @property
    def is_leading(self) -> bool:
        """Whether the addresses are to lead anywhere."""
        return bool(self.cleaned_data.get("lead_to"))

    @property
    def chosen(self) -> Page | None:
        """The page to which all addresses are to lead; ``None`` for the one above each."""
        is_chosen = self.cleaned_data.get("lead_to") == CHOSEN
        target: Page | None = self.cleaned_data.get("lead_page") if is_chosen else None
        return target


class LeadingOnUnpublishView(UnpublishView):
    """Wagtail's screen, which also asks where the address of the page is to lead."""

    told = ""

    @cached_property
    def form(self) -> LeadOnForm:
        """The choice, as it was posted."""
        data = self.request.POST if self.request.method == "POST" else None
        return LeadOnForm([self.object], data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer the choice where the page has an address."""
        form = self.form if _is_public(self.object) else None
        return {**super().get_context_data(**kwargs), "lead_on": form}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(**kwargs))
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def unpublish(self) -> HttpResponse | None:
        """Unpublish, then lead on from every address that has become free."""
        below = bool(self.request.POST.get("include_descendants"))
        leaving = departures(self.form, self.get_objects_to_unpublish(), below)
        with transaction.atomic():
            answer: HttpResponse | None = super().unpublish()
            self.told = lead_on(leaving, self.form)
        return answer

    def get_success_message(self) -> str:
        return f"{super().get_success_message()} {self.told or NOT_FOUND}"


class LeadingOnDeleteView(DeleteView):  # type: ignore[misc]
    """Wagtail's screen, which also asks where the addresses of the pages are to lead."""

    @cached_property
    def form(self) -> LeadOnForm:
        """The choice, as it was posted."""
        data = self.request.POST if self.request.method == "POST" else None
        return LeadOnForm([self.page], data, is_for_good=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer the choice where the page, or one below it, has an address."""
        form = self.form if site_root_above(self.page) else None
        return {**super().get_context_data(), "lead_on": form, **kwargs}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        leaving = departures(self.form, [self.page], True)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        if told := lead_on(leaving, self.form):
            messages.success(request, told)
        return answer


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


@dataclass(frozen=True)
class Departure:
    """A public page that may be about to go: its addresses, the redirects that lead to it, and
    the ids of the pages above it, the nearest first."""

    page_id: int
    addresses: tuple[tuple[Site, str], ...]
    redirects: tuple[Redirect, ...]
    above: tuple[int, ...]


def departures(form: LeadOnForm, pages: Iterable[Page], with_those_below: bool) -> list[Departure]:
    """Return what is known of public pages before they go; nothing if no address is to lead on."""
    if not form.is_leading:
        return []
    going: dict[int, Page] = {}
    for page in pages:
        some = page.get_descendants(inclusive=True) if with_those_below else [page]
        going |= {one.pk: one for one in some if one.live}
    return [
        Departure(
            page.pk,
            tuple(addresses_of([page])),
            tuple(Redirect.objects.filter(redirect_page=page)),
            tuple(page.get_ancestors().reverse().values_list("pk", flat=True)),
        )
        for page in going.values()
    ]


def lead_on(leaving: Iterable[Departure], form: LeadOnForm) -> str:
    """Have the addresses of pages that are gone lead where somebody chose; say so in words.

    An address at which something else answers is left alone. Redirects that led to a deleted page,
    which Wagtail deletes with it, lead on as well.
    """
    if not form.is_leading:
        return ""
    live = dict(Page.objects.filter(live=True, depth__gt=1).values_list("pk", "title"))
    made: Counter[int] = Counter()
    for one in leaving:
        above = next((key for key in one.above if key in live), None)
        target = form.chosen.pk if form.chosen else above
        if one.page_id in live or target is None:
            continue
        for row in one.redirects:
            if not Redirect.objects.filter(pk=row.pk).exists():
                row.redirect_page_id = target
                row.save(force_insert=True)
        led = [_lead(site, path, target) for site, path in dict.fromkeys(one.addresses)]
        made[target] += any(led)
    pages = made.total()
    if not pages:
        return ""
    targets = [live[key] for key, number in made.items() if number]
    many = f"The addresses of {counted(pages, 'page')} lead"
    whose = "Its address leads" if pages == 1 else many
    return f"{whose} to {f'“{targets[0]}”' if len(targets) == 1 else 'the pages above them'} now."


def _lead(site: Site, path: str, target: int) -> bool:
    """Make the redirect from a free path; tell whether it was made."""
    if len(path) > LONGEST or taken(site, path):
        return False
    leads = {"redirect_page_id": target, "redirect_link": "", "is_permanent": False}
    Redirect.objects.update_or_create(
        old_path=path,
        site=site,
        defaults=leads,
        create_defaults={**leads, "automatically_created": True},
    )
    return True


def _is_public(page: Page) -> bool:
    return bool(page.live and site_root_above(page))


def take_back(pages: Iterable[Page]) -> None:
    """Remove the redirects that lead away from pages that are public again."""
    made = Redirect.objects.filter(automatically_created=True)
    if not made.exists():
        # The usual case, in which the addresses of many new pages need not be asked for.
        return
    for page in pages:
        for site, path in addresses_of([page]):
            made.filter(site=site, old_path=path).exclude(redirect_page=page.pk).delete()


def _take_back(sender: type[Page], instance: Page, in_bulk: bool = False, **kwargs: Any) -> None:
    """Who publishes many pages at once calls :func:`take_back` once for them all."""
    if not in_bulk:
        take_back([instance])


def connect_signals() -> None:
    """Connect the receiver of this module; called once when the app is ready."""
    page_published.connect(_take_back, dispatch_uid="content.addresses.unpublishing.take_back")
