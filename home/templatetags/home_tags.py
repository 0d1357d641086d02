"""How the sections of a home page are set out: which belong together, and on which side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import template

register = template.Library()


@dataclass(frozen=True)
class Placed:
    """A section with its place: the side its words stand on, and whether it is set lower."""

    block: Any
    side: str = ""
    lower: bool = False


@dataclass
class Band:
    """A stripe of the page. ``notes`` are neighbouring infopics that have no picture."""

    kind: str
    sections: list[Placed] = field(default_factory=list)
    tinted: bool = False


def _shows_something(infopic: Any) -> bool:
    """Tell whether an infopic has anything to show; a button needs a text and a link."""
    button = infopic.get("button") or {}
    link = button.get("link") or {}
    return bool(
        any(infopic.get(part) for part in ("title", "subtitle", "description", "image"))
        or (button.get("text") and (link.get("page") or link.get("address")))
    )


@register.simple_tag
def bands(sections: Iterable[Any]) -> list[Band]:
    """Return the bands of a home page, top to bottom.

    Every infopic counts, with a picture or without: words left on odd ones, right
    on even ones. Neighbours without a picture share a band of two columns; the
    second of each pair is set lower, whichever side it is on. Bands of infopics are
    white and tinted in turn. An empty infopic counts, but takes no space.
    """
    result: list[Band] = []
    infopics = stripes = 0
    for block in sections:
        if block.block_type != "infopic":
            result.append(Band(block.block_type, [Placed(block)]))
            continue
        infopics += 1
        side = "left" if infopics % 2 else "right"
        if not _shows_something(block.value):
            continue
        if block.value.get("image"):
            stripes += 1
            result.append(Band("infopic", [Placed(block, side)], tinted=stripes % 2 == 0))
            continue
        if not result or result[-1].kind != "notes":
            stripes += 1
            result.append(Band("notes", tinted=stripes % 2 == 0))
        neighbours = result[-1].sections
        neighbours.append(Placed(block, side, lower=len(neighbours) % 2 == 1))
    return result


@register.filter
def has_title(sections: Iterable[Any]) -> bool:
    """Tell whether a hero with a title opens the page; without one the page title is spoken."""
    return any(block.block_type == "hero" and block.value.get("title") for block in sections)
