"""A site read from Wagtail into plain data. The only part of the export that asks the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from content.addresses import url_of
from content.titles import title_of
from isomer.apply.settings import SETTINGS, SNIPPETS, chosen_snippet
from isomer.apply.snapshot import imported_objects
from isomer.models import ImportedObject
from isomer.write.library import Library
from isomer.write.messages import Finding
from isomer.write.model import SitePage, SiteState
from isomer.write.redirects import LeftOut, redirects_of
from isomer.write.references import References

Progress = Callable[[str], None]
_PAGE_KINDS = (ImportedObject.Kind.PAGE, ImportedObject.Kind.SECTION)


class PrivateSiteError(Exception):
    """Nothing of a site may be written. The text says what to do."""


def read_site(
    site: Site, include_drafts: bool = False, progress: Progress = lambda text: None
) -> SiteState:
    """Return a site as plain data.

    Private pages and files are left out, and so are pages that visitors can't see unless
    ``include_drafts``; each is named. Of a page that is live, what visitors see is read.

    Raises:
        PrivateSiteError: if the home page is private.
    """
    return _Reader(site, include_drafts, progress).read()


class _Reader:
    def __init__(self, site: Site, include_drafts: bool, progress: Progress) -> None:
        self.site = site
        self.root: Page = site.root_page
        self.include_drafts = include_drafts
        self.progress = progress
        self.findings: list[Finding] = []
        self.paths: dict[int, str] = {}
        self.left_out = LeftOut()
        restrictions = PageViewRestriction.objects.select_related("page").order_by("page__path")
        self.private: dict[str, str] = {one.page.path: one.page.title for one in restrictions}

    def read(self) -> SiteState:
        pages = self._pages()
        self.paths = {page.pk: self._path(page) for page in pages}
        library = Library(self.site, self.findings)
        # Links lead to pages that were left out, too: visitors see them.
        all_paths = self.paths | self.left_out.paths
        links = {number: url_of(path) for number, path in all_paths.items()}
        links |= self._elsewhere()
        self.references = References(links, library.pictures, library.documents)
        home = self._tree(pages)
        state = SiteState(self.site.root_url, home, timezone.localtime(), findings=self.findings)
        state.media = library.media
        for name in SETTINGS:
            model: Any = apps.get_model("navigation", name)
            setting = model.objects.filter(site=self.site).first()
            label = "identity" if name == "siteidentity" else name
            without = frozenset({"id", "site"})
            setattr(state, label, self._setting(setting, without))
            state.defaults[name] = self.references.fields_of(model(), without)
        unsaid = frozenset(
            {
                "id", "name", "live", "has_unpublished_changes", "first_published_at",
                "last_published_at", "live_revision", "go_live_at", "expire_at", "expired",
                "latest_revision", "locked", "locked_at", "locked_by",
            }
        )  # fmt: skip
        for name in SNIPPETS:
            snippet: Any = chosen_snippet(name, self.site)
            empty = apps.get_model("navigation", name)()
            state.defaults[name] = self.references.fields_of(empty, unsaid)
            if snippet is not None and snippet.live:
                setattr(state, name, self._setting(snippet, unsaid))
        state.redirects = redirects_of(
            self.site, self.references.pages, self.paths, self.left_out, self.findings
        )
        return state

    def _setting(self, setting: Any, without: frozenset[str]) -> dict[str, Any] | None:
        return None if setting is None else self.references.fields_of(setting, without)

    def _pages(self) -> list[Any]:
        """Return the pages to write, in the order of the tree.

        Raises:
            PrivateSiteError: if the home page is private.
        """
        found: list[Any] = []
        everything = Page.objects.descendant_of(self.root, inclusive=True).order_by("path")
        if self._is_private(self.root):
            causes = (
                self.private[path] for path in self.private if self.root.path.startswith(path)
            )
            raise PrivateSiteError(
                f"The home page of {self.site.hostname} is private, and all below it, as set at"
                f" “{next(causes)}”. A repository is read by everybody who has it, so nothing was"
                " written. Make that page public in the admin and export again."
            )
        for page in everything.specific():
            if self._is_private(page):
                self._leave_out("page-private", page, page.title)
            elif page.live or self.include_drafts or page.pk == self.root.pk:
                found.append(page)
            else:
                self._leave_out("draft-left-out", page, page.draft_title)
        return found

    def _is_private(self, page: Page) -> bool:
        """Tell whether a restriction of a page, or of one above it, keeps visitors away
        (``Page.get_view_restrictions`` of Wagtail)."""
        return any(page.path.startswith(path) for path in self.private)

    def _leave_out(self, rule: str, page: Any, text: str) -> None:
        self._say(rule, page, text)
        self.left_out.paths[page.pk] = self._path(page)
        self.left_out.places[page.pk] = self._tree_path(page)
        if rule == "page-private":
            self.left_out.private.add(page.pk)

    def _say(self, rule: str, page: Any, text: str) -> None:
        self.findings.append(Finding(rule, self._path(page), text))

    def _path(self, page: Any) -> str:
        """Return where a page is found, as it is written in a permalink."""
        name = "public_address" if page.live else "address"
        address = str(getattr(page, name, ""))
        return address or self._tree_path(page)

    def _tree_path(self, page: Page) -> str:
        return "/" + page.url_path[len(self.root.url_path) :]

    def _elsewhere(self) -> dict[int, str]:
        """Return the full addresses of the pages of other sites."""
        if Site.objects.exclude(root_page=self.root).first() is None:
            return {}
        others = Page.objects.live().not_descendant_of(self.root, inclusive=True)
        found: dict[int, str] = {}
        for page in others.filter(depth__gt=1).specific():
            found[page.pk] = page.full_url or ""
            if self._is_private(page):
                self.left_out.private.add(page.pk)
        return {number: url for number, url in found.items() if url}

    def _tree(self, pages: list[Any]) -> SitePage:
        keys = imported_objects(self.site).filter(kind__in=_PAGE_KINDS)
        sources = dict(keys.values_list("object_id", "source_path"))
        made: dict[str, SitePage] = {}
        for number, page in enumerate(pages, 1):
            self.progress(f"Reading page {number} of {len(pages)}: {page.title}")
            own = self._page(page, sources.get(page.pk, ""))
            made[page.path] = own
            above = page.path[: -page.steplen]
            # Below a page that was left out, the nearest one above it.
            while page.pk != self.root.pk and above not in made:
                above = above[: -page.steplen]
            if page.pk != self.root.pk:
                made[above].children.append(own)
        return made[self.root.path]

    def _page(self, page: Any, source: str) -> SitePage:
        shown = page if page.live else page.get_latest_revision_as_object()
        has_changes = page.live and page.has_unpublished_changes
        if has_changes:
            self._say("changes-not-published", page, page.title)
        without = frozenset({"page_ptr", "address", "whole_title"})
        return SitePage(
            id=page.pk,
            type=page.specific_class._meta.label,
            title=title_of(shown),
            slug=shown.slug,
            path="/" if page.pk == self.root.pk else self.paths[page.pk],
            address=getattr(shown, "address", ""),
            source=source,
            live=page.live,
            is_waiting=not page.live and shown.go_live_at is not None,
            has_changes=has_changes,
            seo_title=shown.seo_title,
            description=shown.search_description,
            in_menus=shown.show_in_menus,
            fields=self.references.fields_of(shown, without),
        )
