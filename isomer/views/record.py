"""The record of a sign-off, for the agency's archive: one HTML file, and the same as JSON."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.views import View
from wagtail.models import Site

from isomer.models import SignOff
from isomer.review import Looked, current_runs, imported_pages, name_of, readiness
from isomer.views.base import SEE_SIGN_OFF, AllowedMixin
from isomer.views.sign_off import describe
from isomer.views.whose_site import chosen_site, sites_with_imports
from navigation.branding import name_of_site


def record_data(site: Site, person: Any) -> dict[str, Any]:
    """Return everything that a record says, as JSON-like data, with a handful of queries.

    ``person`` is who exports it. Each page has all decisions about it, the last one first, and
    whether that one still holds (``state``).
    """
    rows = describe(imported_pages(site), site)
    decisions: dict[int, list[dict[str, str]]] = {}
    for one in SignOff.objects.filter(imported__in=[row["imported"].pk for row in rows]):
        decisions.setdefault(one.imported_id, []).append(
            {
                "decision": one.get_decision_display(),
                "person": one.person_name,
                "date": timezone.localtime(one.decided_at).isoformat(timespec="seconds"),
                "remark": one.remark,
                "certificate": one.get_certificate_display() or "Not verified",
            }
        )
    state = readiness(site)
    looked = Counter(row["imported"].looked for row in rows)
    return {
        "site": name_of_site(site),
        "host": site.hostname,
        "exported": timezone.localtime().isoformat(timespec="seconds"),
        "exported_by": name_of(person),
        "ready": state.ready,
        "obstacles": [{"number": one.number, "text": one.text} for one in state.obstacles],
        "counts": {one.label: looked[one.value] for one in Looked},
        "imports": [
            {
                "number": run.pk,
                "source": run.folder,
                "commit": run.commit,
                "date": timezone.localtime(run.started_at).isoformat(timespec="seconds"),
            }
            for run in current_runs(site)
        ],
        "pages": [
            {
                "title": row["title"],
                "source": row["imported"].source_path,
                "old_address": row["was"],
                "address": row["now"],
                "certificate": row["verified"],
                "messages": row["messages"],
                "state": row["looked"],
                "decisions": decisions.get(row["imported"].pk, []),
            }
            for row in rows
        ],
    }


class RecordView(AllowedMixin, View):
    """The record as a file to keep; ``form`` is ``"html"`` or ``"json"``."""

    permissions = SEE_SIGN_OFF
    form = "html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return the file.

        Raises:
            Http404: if nothing was imported yet.
        """
        site = chosen_site(request, sites_with_imports(request.user))
        if site is None:
            raise Http404("Nothing was imported yet.")
        data = record_data(site, request.user)
        response: HttpResponse
        if self.form == "json":
            response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
        else:
            response = HttpResponse(render_to_string("isomer/record.html", {"record": data}))
        name = f"sign-off-{slugify(site.hostname)}-{data['exported'][:10]}.{self.form}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
