"""One export from the first stage to the last."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from wagtail.models import Site

from isomer.messages import Level
from isomer.plan.mapping import Mapping
from isomer.write.compare import compare_with_site
from isomer.write.folder import check_target, new_folder, write_files
from isomer.write.messages import Finding, by_level
from isomer.write.plan import plan_export
from isomer.write.site import read_site

Progress = Callable[[str], None]


@dataclass
class Export:
    """A finished export: how much was written, and what is to be said."""

    pages: int = 0
    media: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was lost."""
        return all(one.level is not Level.ERROR for one in self.findings)


def export_site(
    site: Site,
    target: Path,
    mapping: Mapping,
    include_drafts: bool = False,
    replace: bool = False,
    progress: Progress = lambda text: None,
) -> Export:
    """Write a site as an Isomer Classic repository into a new or empty folder.

    ``mapping`` is the table of the import that would read it again; with it everything that was
    written is read and compared with the site before the folder takes its place. With
    ``replace`` an earlier export gives way.

    Raises:
        TargetError: if the folder can't be written.
        PrivateSiteError: if the home page is private.
    """
    target = Path(os.path.abspath(target))
    check_target(target, replace)
    state = read_site(site, include_drafts, progress)
    plan, places = plan_export(state, mapping, progress)
    with new_folder(target, replace) as folder:
        findings = plan.findings + write_files(plan, folder, progress)
        progress("Reading what was written")
        findings += compare_with_site(folder, state, places, mapping, progress)
    pages = sum(1 for place in places.of.values() if place.path)
    return Export(pages, len(plan.media), by_level(findings))
