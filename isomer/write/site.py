"""A site read from Wagtail into plain data. The only part of the export that asks the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from content.addresses import PageAddress, url_of
from isomer.apply.settings import SETTINGS, SNIPPETS, chosen_snippet
from isomer.apply.snapshot import imported_objects
from isomer.models import ImportedObject
from isomer.write.library import Library
from isomer.write.messages import Finding
from isomer.write.model import SitePage, SiteRedirect, SiteState
from isomer.write.references import References

Progress = Callable[[str], None]
_PAGE_KINDS = (ImportedObject.Kind.PAGE, ImportedObject.Kind.SECTION)


def read_site(
    site: Site, include_drafts: bool = False, progress: Progress = lambda text: None
) -> SiteState:
    """Return a site as plain data.

    Private pages and files are left out, and so are pages that visitors can't see unless
    ``include_drafts``; each is named. Of a page that is live, what visitors see is read.
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

    def read(self) -> SiteState:
        pages = self._pages()
        self.paths = {page.pk: self._path(page) for page in pages}
        library = Library(self.site, self.findings)
        links = {number: url_of(path) for number, path in self._all_paths().items()}
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
        state.redirects = self._redirects()
        return state

    def _setting(self, setting: Any, without: frozenset[str]) -> dict[str, Any] | None:
        return None if setting is None else self.references.fields_of(setting, without)

    def _pages(self) -> list[Any]:
        """Return the pages to write, in the order of the tree."""
        private = list(
            PageViewRestriction.objects.filter(page__path__startswith=self.root.path)
            .order_by("page__path")
            .values_list("page__path", flat=True)
        )
        found: list[Any] = []
        everything = Page.objects.descendant_of(self.root, inclusive=True).order_by("path")
        for page in everything.specific():
            if any(page.path.startswith(path) for path in private):
                self._say("page-private", page, page.title)
            elif page.live or self.include_drafts or page.pk == self.root.pk:
                found.append(page)
            else:
                self._say("draft-left-out", page, page.draft_title)
        return found

    def _say(self, rule: str, page: Any, text: str) -> None:
        self.findings.append(Finding(rule, self._path(page), text))

    def _path(self, page: Any) -> str:
        """Return where a page is found, as it is written in a permalink."""
        name = "public_address" if page.live else "address"
        address = str(getattr(page, name, ""))
        return address or self._tree_path(page)

    def _tree_path(self, page: Page) -> str:
        return "/" + page.url_path[len(self.root.url_path) :]

    def _all_paths(self) -> dict[int, str]:
        """Return the path of every page of the site, since links lead to those left out, too."""
        known = dict(self.paths)
        left = Page.objects.descendant_of(self.root).exclude(pk__in=known)
        known |= {page.pk: self._path(page) for page in left.specific(defer=False)}
        return known

    def _elsewhere(self) -> dict[int, str]:
        """Return the full addresses of the pages of other sites."""
        if Site.objects.exclude(root_page=self.root).first() is None:
            return {}
        others = Page.objects.live().not_descendant_of(self.root, inclusive=True)
        found = ((page.pk, page.full_url) for page in others.filter(depth__gt=1).specific())
        return {number: url for number, url in found if url}

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
        without = frozenset({"page_ptr", "address"})
        return SitePage(
            id=page.pk,
            type=page.specific_class._meta.label,
            title=shown.title,
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

    def _redirects(self) -> list[SiteRedirect]:
        """Return redirects, and the former addresses of pages, which are some, too."""
        found: dict[str, SiteRedirect] = {}
        for one in Redirect.get_for_site(self.site).order_by("old_path", "-site_id"):
            target = one.redirect_link
            if one.redirect_page_id:
                target = self.references.pages.get(one.redirect_page_id, "")
            path = str(one.old_path)
            found.setdefault(path, SiteRedirect(path, target, one.is_permanent))
        old = PageAddress.objects.filter(site=self.site, kind=PageAddress.Kind.OLD)
        for path, page_id in old.values_list("path", "page_id"):
            target = self.references.pages.get(page_id, "")
            found.setdefault(path, SiteRedirect(path, target, True))
        return [found[path] for path in sorted(found)]
