"""What the list of imported pages can be narrowed down to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page, Site

from isomer.models import ImportedObject
from isomer.review import NOT_ACCEPTED, UNVERIFIED, Looked, open_messages


@dataclass(frozen=True)
class Filter:
    """The parts of the list's address. What names nothing that is there finds nothing.

    ``state`` is one of :class:`isomer.review.sign_off.Looked` or ``"not accepted"``,
    ``certificate`` a state or ``"unverified"``, ``messages`` a level or ``"any"``,
    ``section`` the key of a page.
    """

    state: str = ""
    certificate: str = ""
    messages: str = ""
    section: str = ""
    words: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Filter:
        """Return the filter that an address asks for."""
        return cls(
            state=data.get("state", ""),
            certificate=data.get("certificate", ""),
            messages=data.get("messages", ""),
            section=data.get("section", ""),
            words=data.get("q", "").strip(),
        )

    def query(self, site: Site | None) -> str:
        """Return the part of an address that asks for this filter and site."""
        parts = {
            "site": str(site.pk) if site else "",
            "state": self.state,
            "certificate": self.certificate,
            "messages": self.messages,
            "section": self.section,
            "q": self.words,
        }
        return urlencode({name: value for name, value in parts.items() if value})

    def apply(self, pages: QuerySet[Any], site: Site) -> QuerySet[Any]:
        """Return what is left of :func:`isomer.review.sign_off.imported_pages`."""
        if self.state == NOT_ACCEPTED:
            pages = pages.exclude(looked=Looked.ACCEPTED)
        elif self.state:
            pages = pages.filter(looked=self.state)
        if self.certificate == "unverified":
            pages = pages.filter(verified__in=UNVERIFIED)
        elif self.certificate:
            pages = pages.filter(verified=self.certificate)
        if self.messages:
            found = open_messages(site).filter(page_id=OuterRef("object_id"))
            if self.messages != "any":
                found = found.filter(level=self.messages)
            pages = pages.filter(Exists(found))
        if self.section:
            pages = pages.filter(object_id__in=_pages_below(self.section))
        if self.words:
            titled = Page.objects.filter(draft_title__icontains=self.words).values("pk")
            pages = pages.filter(
                Q(source_path__icontains=self.words)
                | Q(address__icontains=self.words)
                | Q(object_id__in=titled)
            )
        return pages


def _pages_below(key: str) -> QuerySet[Page]:
    top = Page.objects.filter(pk=key).first() if key.isdecimal() and len(key) < 10 else None
    found = Page.objects.none() if top is None else Page.objects.descendant_of(top, inclusive=True)
    return found.order_by().values("pk")


def sections_of(site: Site) -> list[tuple[str, str]]:
    """Return the sections of a site as ``(key, title)``: what stands below its home page and has
    imported pages below itself."""
    imported = ImportedObject.objects.filter(
        site__root_page=site.root_page_id, kind=ImportedObject.Kind.PAGE
    ).values("object_id")
    root = site.root_page
    below = Page.objects.filter(pk__in=imported, depth__gt=root.depth + 1)
    steplen = root.steplen * (root.depth + 1)
    tops = {path[:steplen] for path in below.values_list("path", flat=True)}
    sections = Page.objects.child_of(root).filter(path__in=tops).order_by("path")
    return [(str(pk), title) for pk, title in sections.values_list("pk", "draft_title")]
