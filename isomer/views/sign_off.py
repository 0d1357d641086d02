"""The list of imported pages, and one page with its source beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.generic import ListView, TemplateView
from wagtail.admin import messages as notices
from wagtail.models import Page, Site

from isomer.messages import Level
from isomer.models import Certificate, ComparedText, ImportedObject, SignOff
from isomer.review import (
    NOT_ACCEPTED,
    UNVERIFIED,
    VERIFIED_LABELS,
    WAITING,
    ChangedMeanwhile,
    Looked,
    RemarkNeeded,
    Verified,
    decide,
    imported_pages,
    open_messages,
    public_addresses,
    readiness,
    seen,
)
from isomer.verify import RULES
from isomer.views.accepting import AcceptingMixin
from isomer.views.base import (
    NOT_SHOWN,
    SEE_SIGN_OFF,
    SIGN,
    AdminMixin,
    crumb,
    may,
)
from isomer.views.filters import Filter, sections_of
from isomer.views.imported_page import ImportedPageMixin
from isomer.views.sides import SIDES
from isomer.views.whose_site import chosen_site, sites_with_imports

# Rows of a comparison that are shown; a browser gets slow beyond.
MOST_ROWS = 3000
# What the list can be narrowed down to.
CERTIFICATES = [
    ("unverified", "Not verified since the last import"),
    *Certificate.State.choices,
    (Verified.NO_DOCUMENT.value, Verified.NO_DOCUMENT.label),
]


def describe(pages: Iterable[Any], site: Site) -> list[dict[str, Any]]:
    """Return pages of :func:`imported_pages` with what a list shows of them, with a handful of
    queries however many there are."""
    found = list(pages)
    ids = [one.object_id for one in found]
    titles = dict(Page.objects.filter(pk__in=ids).values_list("pk", "draft_title"))
    addresses = public_addresses(site, ids)
    certificates = Certificate.objects.defer("counts", "differences").in_bulk(
        [one.certificate_id for one in found if one.certificate_id]
    )
    decisions = SignOff.objects.in_bulk([one.decided for one in found if one.decided])
    messages = Counter(open_messages(site).filter(page__in=ids).values_list("page_id", flat=True))
    return [
        {
            "imported": one,
            "seen": seen(one),
            "title": titles.get(one.object_id, ""),
            "was": _old_address(one, certificates.get(one.certificate_id)),
            "now": addresses.get(one.object_id, ""),
            "certificate": certificates.get(one.certificate_id),
            "verified": VERIFIED_LABELS[one.verified],
            "looked": Looked(one.looked).label,
            "waits": one.looked in WAITING,
            "decision": decisions.get(one.decided),
            "messages": messages[one.object_id],
        }
        for one in found
    ]


def _old_address(imported: Any, certificate: Certificate | None) -> str:
    return (certificate.address if certificate else "") or imported.address


class SignOffListView(AcceptingMixin, AdminMixin, ListView):
    """Imported pages with their state, to be filtered, searched and accepted."""

    permissions = SEE_SIGN_OFF
    permissions_to_change = (SIGN,)
    template_name = "isomer/admin/sign_off_list.html"
    page_title = "Sign-off"
    header_icon = "clipboard-list"
    paginate_by = 50
    page_kwarg = "p"

    @cached_property
    def site(self) -> Site | None:
        """The site that is signed off."""
        return chosen_site(self.request, self.sites)

    @cached_property
    def sites(self) -> list[Site]:
        """The sites that the person may choose from."""
        return sites_with_imports(self.request.user)

    @cached_property
    def filter(self) -> Filter:
        """What the list is narrowed down to."""
        return Filter.of(self.request.GET)

    def get_queryset(self) -> QuerySet[Any]:
        if self.site is None:
            return ImportedObject.objects.none()
        return self.filter.apply(imported_pages(self.site), self.site)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        site = self.site
        context |= {
            "site": site,
            "sites": self.sites,
            "filter": self.filter,
            "query": self.filter.query(site),
            "states": [(NOT_ACCEPTED, "Not accepted"), *Looked.choices],
            "may_sign": self.request.user.has_perm(SIGN),
        }
        if site is not None:
            context |= {
                "rows": describe(context["object_list"], site),
                "readiness": readiness(site),
                "certificates": CERTIFICATES,
                "sections": sections_of(site),
                **self.accepting(site),
            }
        return context


class SignOffPageView(ImportedPageMixin, AdminMixin, TemplateView):
    """One page: where it came from, what was found, both texts, and the decision."""

    permissions = SEE_SIGN_OFF
    permissions_to_change = (SIGN,)
    template_name = "isomer/admin/sign_off_page.html"
    header_icon = "clipboard-list"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.typed = {"decision": "", "remark": ""}
        self.error = ""

    @cached_property
    def filter(self) -> Filter:
        """What the list was narrowed down to from which this page was opened."""
        return Filter.of(self.request.GET)

    def get_page_title(self) -> str:
        return str(self.page.get_admin_display_title())

    def crumbs(self) -> list[dict[str, Any]]:
        way = crumb("isomer_sign_off", "Sign-off")
        way["url"] += f"?{self.filter.query(self.site)}"
        return [way, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def next_url(self) -> str:
        """The next page of the list that waits for somebody, else the list itself."""
        waiting = self.filter.apply(imported_pages(self.site), self.site)
        if not self.filter.state:
            waiting = waiting.filter(looked__in=WAITING)
        waiting = waiting.exclude(pk=self.imported.pk)
        after = waiting.filter(page_path__gt=self.imported.page_path).first() or waiting.first()
        query = self.filter.query(self.site)
        if after is None:
            return f"{reverse('isomer_sign_off')}?site={self.site.pk}"
        return f"{reverse('isomer_sign_off_page', args=[after.pk])}?{query}"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Record the decision and go on to the next page."""
        self.typed = {
            "decision": request.POST.get("decision", ""),
            "remark": request.POST.get("remark", ""),
        }
        if self.typed["decision"] not in SignOff.Decision.values:
            self.error = "Choose whether the page is accepted or needs work."
            return self.get(request, *args, **kwargs)
        has_errors = self.messages.filter(level=Level.ERROR).exists()
        following = self.next_url
        try:
            made = decide(
                self.imported,
                self.typed["decision"],
                request.user,
                self.typed["remark"],
                request.POST.get("seen", ""),
                has_errors,
            )
        except (ChangedMeanwhile, RemarkNeeded) as error:
            self.error = str(error)
            return self.get(request, *args, **kwargs)
        notices.success(request, f"{self.get_page_title()}: {made.get_decision_display()}.")
        return HttpResponseRedirect(following)

    @cached_property
    def messages(self) -> QuerySet[Any]:
        """What the last import found on the page and is still open."""
        return open_messages(self.site).filter(page=self.page.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        certificate = self.certificate
        compared = self._compared()
        rows = [] if compared is None else numbered(compared.rows)
        return context | {
            "imported": self.imported,
            "page": self.page,
            "row": describe([self.imported], self.site)[0],
            "certificate": certificate if self.may_read else None,
            "unverified": self.imported.verified in UNVERIFIED,
            "explained": _explained(certificate) if self.may_read else [],
            "found": self.messages,
            "decisions": self.imported.sign_offs.all(),
            "rows": rows[:MOST_ROWS],
            "sides": SIDES if compared is not None and compared.served_markup else (),
            "things": [] if compared is None else compared.things,
            "rows_left_out": max(0, len(rows) - MOST_ROWS),
            "differing": sum(row["differs"] for row in rows),
            "may_read": self.may_read,
            "not_shown": NOT_SHOWN,
            "may_edit": self.may_edit,
            "may_sign": may(self.request.user, (SIGN,)),
            "seen": seen(self.imported),
            "typed": self.typed,
            "error": self.error,
            "next_url": self.next_url,
            "query": self.filter.query(self.site),
        }

    def _compared(self) -> ComparedText | None:
        """What the certificate compared, if there is something that may be shown."""
        if self.certificate is None or not self.may_read:
            return None
        return ComparedText.objects.filter(certificate=self.certificate).first()


def numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of a comparison with their numbers, and whether they differ."""
    for number, row in enumerate(rows, 1):
        pieces = [*row["left"], *row["right"]]
        row["number"] = number
        row["differs"] = any(mark and "rule" not in mark for _text, mark, _target in pieces)
    return rows


def _explained(certificate: Certificate | None) -> list[dict[str, Any]]:
    """Return what rules explain: the sentence of the rule, how often, an example."""
    if certificate is None:
        return []
    return [
        one | {"sentence": RULES[one["rule"]].sentence if one["rule"] in RULES else one["rule"]}
        for one in certificate.differences
        if one["rule"]
    ]


def imported_of(page: Page) -> ImportedObject | None:
    """Return the row of a page that came from a document, if it is one."""
    return (
        ImportedObject.objects.filter(kind=ImportedObject.Kind.PAGE, object_id=page.pk)
        .select_related("site__root_page")
        .defer("content", "references")
        .first()
    )
