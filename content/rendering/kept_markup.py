"""How kept markup of an old site is shown: pictures with a size, headings in steps.

What is stored stays as it was imported; only the served page differs from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from wagtail.models import Site

from content.addresses.paths import normalise_path
from content.models import MediaPath, SiteImage
from content.page_data.advice import HeadingSteps
from content.rendering import pictures
from content.rendering.pictures import PLACES, WAITING

# As the sanitiser writes it: every value in double quotes.
_PICTURE = re.compile(r'<img((?:\s+[\w-]+(?:="[^"]*")?)*)\s*/?>')
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_HEADING = re.compile(r"<h([1-6])(?=[\s>])([^>]*)>")


def with_stored_pictures(html: str, site: Site | None) -> str:
    """Return sanitised markup whose pictures have a size and wait until they are near.

    A picture of the site's library is shown in a fitting size, whatever path of the
    old site names it (format reference, 8). One that nobody stored keeps its address. A
    picture without alternative text is decoration, as in every other block. Costs two
    queries when there are pictures, however many.
    """
    if "<img" not in html:
        return html
    known = _stored({_attributes(match[1])["src"] for match in _PICTURE.finditer(html)}, site)

    def shown(match: re.Match[str]) -> str:
        given = _attributes(match[1])
        image, words = known.get(given["src"]), given.get("alt", "")
        kept = "".join(f' {key}="{escape(given[key])}"' for key in ("id", "title") if key in given)
        if image is None:
            source = escape(given["src"])
            return f'<img src="{source}" alt="{escape(words)}" loading="lazy"{kept}>'
        # Pages hold dozens, so that none is the first one.
        tag = pictures.shown(image, PLACES["kept"], {"alt": words, **WAITING})
        return tag.replace("<img ", f"<img{kept} ", 1)

    return _PICTURE.sub(shown, html)


def _attributes(written: str) -> dict[str, str]:
    return {"src": ""} | {key: unescape(value) for key, value in _ATTRIBUTE.findall(written)}


def _stored(sources: set[str], site: Site | None) -> Mapping[str, SiteImage]:
    """Return the pictures of the library that addresses in markup name."""
    if site is None:
        return {}
    paths = {source: normalise_path(source) for source in sources if source.startswith("/")}
    rows = MediaPath.objects.filter(
        site=site, path__in=set(paths.values()), image__isnull=False
    ).values_list("path", "image_id")
    ids = dict(rows)
    images = SiteImage.objects.prefetch_renditions().in_bulk(list(ids.values()))
    return {source: images[ids[path]] for source, path in paths.items() if path in ids}


def with_heading_steps(html: str) -> str:
    """Return markup in which no heading skips a level for people who listen to the page.

    Old pages chose headings by their size. The elements, and so the looks, stay; a heading
    that is too deep says its real level (WCAG 2.2, 1.3.1 and 2.4.6). Headings of
    one level under the same heading keep one level.
    """
    steps = HeadingSteps()

    def stepped(match: re.Match[str]) -> str:
        level = int(match[1])
        spoken = steps.spoken(level)
        if spoken == level or "aria-level" in match[2]:
            return match[0]
        return f'<h{level}{match[2]} aria-level="{spoken}">'

    return _HEADING.sub(stepped, html)
