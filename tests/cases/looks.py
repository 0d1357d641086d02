"""Which pages of an imported case to look at, and what they are made of."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

SEED = 20


def kinds() -> dict[str, list[str]]:
    """Return, by the path of each page, the kinds of blocks and the page type it shows."""
    from wagtail.fields import StreamField
    from wagtail.models import Page

    found: dict[str, list[str]] = {}
    for page in Page.objects.live().public().filter(depth__gt=1).order_by("path").specific():
        path = page.relative_url(page.get_site())
        if not path or not page.get_sitemap_urls():
            continue
        here = {f"page:{page._meta.model_name}"}
        for field in page._meta.get_fields():
            if isinstance(field, StreamField):
                stored = getattr(page, field.name).get_prep_value()
                here |= {f"{field.name}:{kind}" for kind in _types(stored)}
        found[path] = sorted(here)
    return found


def _types(stored: Any) -> Iterator[str]:
    """Yield the kind of every block in stored data, those within others included."""
    if isinstance(stored, list):
        for one in stored:
            yield from _types(one)
    elif isinstance(stored, Mapping):
        kind = stored.get("type")
        # The parts of a list are all of one kind, which says nothing.
        if isinstance(kind, str) and kind != "item" and "value" in stored:
            yield kind
        for one in stored.values():
            yield from _types(one)


def chosen(known: Mapping[str, list[str]], number: int) -> list[str]:
    """Return the paths of so many pages that together show every kind.

    Greedy: always the page that shows most of what is missing. More than ``number`` if the
    kinds need them; else filled up by a sample that is the same every time.
    """
    missing = {kind for shown in known.values() for kind in shown}
    result: list[str] = []
    while missing:
        best = max(sorted(known), key=lambda path: len(missing & set(known[path])))
        missing -= set(known[best])
        result.append(best)
    left = sorted(set(known) - set(result))
    count = max(0, min(number - len(result), len(left)))
    return result + random.Random(SEED).sample(left, count)
