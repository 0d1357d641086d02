"""Titles with more characters than Wagtail's title field holds.

A page keeps the beginning in ``title``, where Wagtail looks for it, and all of it in
``whole_title``. The field counts only as long as the title is that beginning: who writes another
title needs not know of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType

# As many characters as Wagtail's title field holds.
MAXIMUM_TITLE = 255
# A longer title is cut at the end of a word, but not so far in front that little is left.
SHORTEST = 200
CUT = "…"


def title_fields(title: str) -> dict[str, str]:
    """Return the fields of a page that hold a title: ``title``, and ``whole_title`` if the first
    is too short for it."""
    if len(title) <= MAXIMUM_TITLE:
        return {"title": title}
    room = MAXIMUM_TITLE - len(CUT)
    end = title.rfind(" ", SHORTEST, room + 1)
    return {"title": title[: room if end == -1 else end] + CUT, "whole_title": title}


def whole_title(title: str, whole: str) -> str:
    """Return the title that a page shows, given its two fields."""
    return whole if _is_cut(title) and whole.startswith(title.removesuffix(CUT)) else title


def title_of(page: Any) -> str:
    """Return the title that a page shows, of whatever type it is."""
    return whole_title(str(page.title), getattr(page, "whole_title", ""))


def whole_titles(pages: Iterable[tuple[int, str, int]]) -> dict[int, str]:
    """Return the whole title of each of these pages whose title is only a beginning, by id.

    Each page is ``(id, title, id of its content type)``. Without long titles there is no query,
    else one for each type that has some.
    """
    of_types: dict[int, dict[int, str]] = defaultdict(dict)
    for page_id, title, type_id in pages:
        if _is_cut(title):
            of_types[type_id][page_id] = title
    found: dict[int, str] = {}
    for type_id, titles in of_types.items():
        model: Any = ContentType.objects.get_for_id(type_id).model_class()
        if hasattr(model, "whole_title"):
            rows = model.objects.filter(pk__in=titles).values_list("pk", "whole_title")
            found |= {page_id: whole_title(titles[page_id], whole) for page_id, whole in rows}
    return found


def _is_cut(title: str) -> bool:
    return len(title) > SHORTEST and title.endswith(CUT)
