"""A site's plain data as the files of a repository. No database, nothing written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from isomer.plan.mapping import Mapping
from isomer.write.documents import DocumentWriter
from isomer.write.messages import Finding
from isomer.write.model import ExportPlan, SiteState
from isomer.write.names import is_inside
from isomer.write.places import Places, place_pages
from isomer.write.settings_files import settings_files


def plan_export(
    state: SiteState, mapping: Mapping, progress: Callable[[str], None] = lambda text: None
) -> tuple[ExportPlan, Places]:
    """Return the files of a repository that says what a site holds, and where each page went.

    The same site always gives the same files. Findings are added to those of the site.
    """
    plan = ExportPlan(findings=state.findings)
    places = place_pages(state.home, mapping, plan.findings)
    writer = DocumentWriter(state, mapping)
    pages = [page for page in state.home.walk() if places.of[page.id].path]
    for number, page in enumerate(pages, 1):
        place = places.of[page.id]
        progress(f"Writing {number} of {len(pages)}: {place.path}")
        plan.texts[place.path] = writer.text(page, place)
    plan.texts |= settings_files(state, places, plan.findings)
    for media in state.media:
        path = media.path.removeprefix("/")
        if is_inside(path):
            plan.media[path] = replace(media, path=path)
        else:
            plan.findings.append(Finding("file-missing", media.path, "no file can have this path"))
    return plan, places
