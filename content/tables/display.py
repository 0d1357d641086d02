"""A stored table as the editor's browser and as visitors see it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from content.models import SiteImage
from content.rendering.pictures import PLACES, WAITING, rendition, shown
from content.tables.cells import PICTURE_SIZES, quoted

# As content.tables.stored writes them.
_PICTURE = re.compile(
    r'<embed embedtype="image" id="(\d+)" alt="([^"]*)" format="([^"]*)"( decorative="true")?/>'
)
_LINK = re.compile(r'<a linktype="(page|document)" id="(\d+)">')


def table_for_visitors(stored: str) -> str:
    """Return the markup of a stored table with links that lead somewhere and pictures with a
    size. Costs two queries for pictures and one for each kind of link, however many."""
    images = _images(stored)

    def picture(match: re.Match[str]) -> str:
        image = images.get(int(match[1]))
        if image is None:
            return ""
        width = PICTURE_SIZES.get(match[3], 100)
        size_class = f"width-{width}" if width < 100 else ""
        values = {"alt": unescape(match[2]), "class": size_class, **WAITING}
        return shown(image, PLACES["cell"], values)

    return str(expand_db_html(_PICTURE.sub(picture, stored)))


def table_for_editor(stored: str) -> str:
    """Return the markup of a stored table as a browser can show and change it.

    References keep their ids in ``data-`` attributes, from which
    :func:`content.tables.stored.clean_table` makes the stored form again.
    """
    images = _images(stored)

    def picture(match: re.Match[str]) -> str:
        image = images.get(int(match[1]))
        file = rendition(image, "max-320x640") if image is not None else None
        source = file.url if file is not None else ""
        mark = ' data-decorative="true"' if match[4] else ""
        return (
            f'<img data-embedtype="image" data-id="{match[1]}" data-format="{match[3]}"'
            f' alt="{match[2]}" src="{quoted(source)}"{mark}>'
        )

    known = {"page": _page_addresses(stored), "document": _document_addresses(stored)}

    def link(match: re.Match[str]) -> str:
        address, parent = known[match[1]].get(int(match[2]), ("", ""))
        more = f' data-parent-id="{parent}"' if parent else ""
        target = quoted(address)
        return f'<a href="{target}" data-linktype="{match[1]}" data-id="{match[2]}"{more}>'

    return _LINK.sub(link, _PICTURE.sub(picture, stored))


def _images(stored: str) -> Mapping[int, SiteImage]:
    ids = {int(match[1]) for match in _PICTURE.finditer(stored)}
    if not ids:
        return {}
    return SiteImage.objects.prefetch_renditions().in_bulk(list(ids))


def _page_addresses(stored: str) -> dict[int, tuple[str, str]]:
    """Return the address and the parent's id of each page that links of a table lead to."""
    pages = list(Page.objects.filter(pk__in=_targets(stored, "page")).specific())
    above = {page.path[: -page.steplen] for page in pages}
    parents = dict(Page.objects.filter(path__in=above).values_list("path", "pk"))
    return {
        page.pk: (str(page.url or ""), str(parents.get(page.path[: -page.steplen], "")))
        for page in pages
    }


def _document_addresses(stored: str) -> dict[int, tuple[str, str]]:
    found = get_document_model().objects.in_bulk(_targets(stored, "document"))
    return {number: (str(document.url), "") for number, document in found.items()}


def _targets(stored: str, kind: str) -> list[int]:
    return list({int(match[2]) for match in _LINK.finditer(stored) if match[1] == kind})
