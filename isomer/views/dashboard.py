"""What imports add to the admin's first page: how the last ones stand, and where one begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from editors.dashboard import ROWS, Start
from isomer.models import ImportMessage, ImportRun
from isomer.review import current_runs, open_messages
from isomer.views.base import SIGN, START, may
from isomer.views.whose_site import sites_with_imports

SEE_RUNS = ("isomer.view_importrun", "isomer.view_importmessage")


def starts_for(user: Any) -> Iterator[Start]:
    """Yield the ways to begin that somebody may go."""
    if may(user, (SIGN,)) and sites_with_imports(user):
        yield Start("Import", "Sign off pages", reverse("isomer_sign_off"), ": ")
    if may(user, (START,)):
        yield Start("Import", "Plan an import", reverse("isomer_requests"), ": ")


@dataclass(frozen=True)
class LastImport:
    """The last import of a source, and how many of its findings are open."""

    run: ImportRun
    address: str
    findings: int
    messages: str


class ImportsPanel(Component):
    """How the last import of each source stands."""

    name = "last_imports"
    template_name = "isomer/admin/last_imports.html"
    order = 260

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        messages = reverse("isomer_importmessage_modeladmin_index")
        rows = []
        for site in sites_with_imports(self.user):
            found = open_messages(site)
            for run in current_runs(site)[:ROWS]:
                inspect = reverse("isomer_importrun_modeladmin_inspect", args=[run.pk])
                number = found.filter(run=run).count()
                query = f"{messages}?run__id__exact={run.pk}"
                rows.append(LastImport(run, inspect, number, query))
        return {"rows": rows}

    @staticmethod
    def is_for(user: Any) -> bool:
        """Tell whether somebody may look at imports, and there are any."""
        return all(user.has_perm(one) for one in SEE_RUNS) and bool(
            ImportMessage.objects.exists() or ImportRun.objects.exists()
        )
