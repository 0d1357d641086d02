"""Redirects of a site and former addresses of its pages, but for those that would name a page
which was left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import F
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from content.addresses import PageAddress, rows_of
from content.paths import normalise_path
from isomer.write.messages import Finding
from isomer.write.model import SiteRedirect


@dataclass
class LeftOut:
    """Pages that are not written: where each is found and where it stands in the tree, by id, and
    which are private, those of other sites among them."""

    paths: dict[int, str] = field(default_factory=dict)
    places: dict[int, str] = field(default_factory=dict)
    private: set[int] = field(default_factory=set)

    def __contains__(self, page_id: object) -> bool:
        return page_id in self.paths or page_id in self.private


def redirects_of(
    site: Site,
    targets: Mapping[int, str],
    written: Mapping[int, str],
    left_out: LeftOut,
    findings: list[Finding],
) -> list[SiteRedirect]:
    """Return what leads from one path to another, in the order of the paths.

    A former address of a live page comes before a redirect of the same path, as for visitors
    (:mod:`content.routing`). ``targets`` gives the address of each page by id, ``written`` the
    path of each that is written. What leads to, or from, a page that was left out would tell
    its address and is named in ``findings`` instead.
    """
    return _Redirects(site, targets, written, left_out, findings).read()


class _Redirects:
    def __init__(
        self,
        site: Site,
        targets: Mapping[int, str],
        written: Mapping[int, str],
        left_out: LeftOut,
        findings: list[Finding],
    ) -> None:
        self.site = site
        self.targets = targets
        self.left_out = left_out
        self.findings = findings
        self.found: dict[str, SiteRedirect] = {}
        rows = rows_of(site.pk).order_by("path")
        self.rows = list(rows.values_list("path", "page_id", "kind", "page__live"))
        known = {normalise_path(path) for path in written.values()}
        self.hidden = self._paths_of(set(left_out.paths)) - known
        self.private = self._paths_of(left_out.private) - known

    def _paths_of(self, page_ids: set[int]) -> set[str]:
        """Return all paths at which pages of this site are or were found."""
        paths = {path for path, page_id, _, _ in self.rows if page_id in page_ids}
        for where in (self.left_out.paths, self.left_out.places):
            paths |= {normalise_path(where[number]) for number in page_ids if number in where}
        return paths

    def read(self) -> list[SiteRedirect]:
        old = [row for row in self.rows if row[2] == PageAddress.Kind.OLD]
        self._former((path, page_id) for path, page_id, _, is_live in old if is_live)
        # Wagtail prefers a redirect of the site to one of all sites.
        own_first = F("site_id").desc(nulls_last=True)
        for one in Redirect.get_for_site(self.site).order_by("old_path", own_first):
            self._redirect(one)
        self._former((path, page_id) for path, page_id, _, is_live in old if not is_live)
        return sorted(self.found.values(), key=lambda one: one.path)

    def _former(self, rows: Iterable[tuple[str, int]]) -> None:
        for path, page_id in rows:
            if page_id in self.left_out:
                self._leave_out(path)
            else:
                self._add(SiteRedirect(path, self.targets.get(page_id, ""), True))

    def _redirect(self, one: Redirect) -> None:
        path, page_id = str(one.old_path), one.redirect_page_id
        target = self.targets.get(page_id, "") if page_id else one.redirect_link
        if (
            page_id in self.left_out
            # The page itself answers there, so that the redirect leads nobody anywhere.
            or self._lookup(path) in self.private
            or (not page_id and self._lookup(target) in self.hidden)
        ):
            self._leave_out(path)
        else:
            self._add(SiteRedirect(path, target, one.is_permanent))

    def _lookup(self, address: str) -> str | None:
        """Return the path that an address on this site names, in the form of the index."""
        own = address.removeprefix(self.site.root_url)
        path = re.split(r"[?#]", own, maxsplit=1)[0]
        return normalise_path(path) if path.startswith("/") else None

    def _add(self, redirect: SiteRedirect) -> None:
        self.found.setdefault(normalise_path(redirect.path), redirect)

    def _leave_out(self, path: str) -> None:
        self.findings.append(Finding("redirect-left-out", path))
