"""What the head of a page tells browsers, search engines, and sites that show a link to it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from content.markup.links import split_address
from content.rendering.pictures import rendition
from content.titles import title_of
from navigation.entries import Entry
from navigation.models import SiteIdentity
from navigation.tree import Node

# Titles of home pages that say nothing beside the name of the site.
_NO_TITLE = {"home", "homepage", "home page", "welcome"}
# With these no word of the data can end its element, nor begin another.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


@dataclass(frozen=True)
class SharedPicture:
    """The picture that stands for a page elsewhere. ``alt`` is ``""`` where nobody wrote one.

    ``url`` names the host, as other sites need it; ``file_url`` is for pages of this site.
    """

    url: str
    file_url: str
    width: int
    height: int
    alt: str
    is_logo: bool


def title_of_page(page: Page, node: Node | None, name: str, number: int | None) -> str:
    """Return the text of ``<title>``: page – section – site, each once.

    A title for search engines is used as an editor wrote it. The home page has the name of the
    site first, and its own title after it if it says something else; a longer form of the name
    stands for the name. ``number`` is that of a page of a list, from the second on.
    """
    if page.seo_title and number is None:
        return str(page.seo_title).strip()
    parts = [page.seo_title or title_of(page)]
    if node is not None and node.parent is None:
        return _title_of_home(title_of(page).strip(), name)
    if number is not None:
        parts.append(f"Page {number}")
    if page.seo_title:
        return joined(parts)
    if node is not None and node.section is not None and node.section is not node:
        parts.append(node.section.title)
    return joined([*parts, name])


def _title_of_home(title: str, name: str) -> str:
    known, own = name.casefold(), title.casefold()
    if not known or known in own:
        return title
    return name if own in _NO_TITLE or own in known else joined([name, title])


def joined(parts: Sequence[str]) -> str:
    """Return the parts of a title with dashes between, empty and repeated ones left out."""
    return " – ".join(dict.fromkeys(part.strip() for part in parts if part and part.strip()))


def shared_picture(
    page: Page | None, identity: SiteIdentity | None, request: HttpRequest | None
) -> SharedPicture | None:
    """Return the page's own picture, else the site's, else the logo, as JPEG or PNG.

    Other sites show no drawings, so those are passed over, and so are files that are gone.
    """
    form = "fill-1200x630|format-jpeg"
    candidates = [(getattr(page, "share_image", None), form, False)]
    if identity is not None:
        candidates.append((identity.share_image, form, False))
        candidates.append((identity.logo, "max-1200x630|format-png", True))
    for image, wanted, is_logo in candidates:
        if image is None or image.is_svg():
            continue
        shown = rendition(image, wanted)
        if shown is None:
            continue
        url = shown.url if request is None else request.build_absolute_uri(shown.url)
        alt = identity.name if is_logo and identity is not None else image.description
        return SharedPicture(url, shown.url, shown.width, shown.height, alt, is_logo)
    return None


@dataclass(frozen=True)
class Described:
    """What structured data is made of. ``root`` and ``canonical`` are full URLs."""

    request: HttpRequest
    page: Page
    identity: SiteIdentity | None
    is_home: bool
    root: str
    canonical: str
    language: str
    above: Sequence[Node]
    social: Sequence[Entry]
    picture: SharedPicture | None
    search: str


def structured_data(given: Described) -> list[dict[str, Any]]:
    """Return what the page is in the words of schema.org: only what stands in it or its site.

    The home page tells who the organisation is and how to search, a page with a breadcrumb
    where it stands, a dated text its days.
    """
    if given.is_home:
        return _of_home(given)
    found = []
    if given.above:
        found.append(_breadcrumb(given))
    day: datetime.date | None = getattr(given.page, "article_date", None)
    if day is not None:
        found.append(_article(given, day))
    return found


def as_json(graph: Sequence[dict[str, Any]]) -> SafeString:
    """Return structured data as text for a data block, in which nothing ends the element."""
    data = {"@context": "https://schema.org", "@graph": list(graph)}
    return mark_safe(json.dumps(data, separators=(",", ":")).translate(_ESCAPES))


def _of_home(given: Described) -> list[dict[str, Any]]:
    identity = given.identity
    if identity is None or not identity.name:
        return []
    organisation = {**_organisation(given), "@id": f"{given.root}#organization"}
    elsewhere = [entry.url for entry in given.social if split_address(entry.url).scheme == "https"]
    if elsewhere:
        organisation["sameAs"] = elsewhere
    website = {
        "@type": "WebSite",
        "name": identity.name,
        "url": given.root,
        "inLanguage": identity.language,
        "publisher": {"@id": organisation["@id"]},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{given.search}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }
    return [organisation, website]


def _organisation(given: Described) -> dict[str, Any]:
    identity = given.identity
    if identity is None or not identity.name:
        return {}
    kind = "GovernmentOrganization" if identity.is_government else "Organization"
    about: dict[str, Any] = {"@type": kind, "name": identity.name, "url": given.root}
    if identity.logo is not None:
        about["logo"] = given.request.build_absolute_uri(identity.logo.file.url)
    return about


def _breadcrumb(given: Described) -> dict[str, Any]:
    full = given.request.build_absolute_uri
    names = [
        ("Home" if place == 0 else node.title, full(node.url))
        for place, node in enumerate(given.above)
        if node.url
    ]
    items: list[dict[str, Any]] = [{"name": name, "item": url} for name, url in names]
    items.append({"name": title_of(given.page), "item": given.canonical})
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, **item}
            for place, item in enumerate(items, start=1)
        ],
    }


def _article(given: Described, day: datetime.date) -> dict[str, Any]:
    page: Any = given.page
    article: dict[str, Any] = {
        "@type": "Article",
        "headline": title_of(page),
        "datePublished": day.isoformat(),
        "mainEntityOfPage": given.canonical,
        "inLanguage": given.language,
    }
    if page.last_updated is not None and page.last_updated >= day:
        article["dateModified"] = page.last_updated.isoformat()
    if page.search_description:
        article["description"] = page.search_description
    if given.picture is not None and not given.picture.is_logo:
        article["image"] = given.picture.url
    publisher = _organisation(given)
    return {**article, "publisher": publisher} if publisher else article
