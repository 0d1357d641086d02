"""How the sections of a home page are set out: which belong together, and on which side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import template

from content.markup.links import split_address
from content.templatetags.content_tags import link_url

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


@dataclass
class _Stripes:
    """White and tint in turn (format reference, 3.1): after every section but the hero.

    A carousel is tinted, and so is what follows it.
    """

    tinted: bool = False

    def next(self, kind: str) -> bool:
        """Tell whether the next band, of a kind, is tinted."""
        if kind == "carousel":
            self.tinted = True
            return True
        self.tinted = not self.tinted
        return not self.tinted


@register.simple_tag(takes_context=True)
def bands(context: Mapping[str, Any], sections: Iterable[Any]) -> list[Band]:
    """Return the bands of a home page, top to bottom.

    Every infopic counts, with a picture or without: words left on odd ones, right
    on even ones. Neighbours without a picture share a band of two columns; the
    second of each pair is set lower, whichever side it is on. Bands are white and
    tinted in turn. An empty section takes no space; an empty infopic counts.
    """
    result: list[Band] = []
    stripes = _Stripes()
    infopics = 0
    for block in sections:
        kind, side = block.block_type, ""
        if kind == "infopic":
            infopics += 1
            side = "left" if infopics % 2 else "right"
        if not block.block.shows(block.value, context.get("page"), context.get("request")):
            continue
        if kind == "hero":
            result.append(Band(kind, [Placed(block)]))
        elif kind == "infopic" and not block.value.get("image"):
            if not result or result[-1].kind != "notes":
                result.append(Band("notes", tinted=stripes.next(kind)))
            neighbours = result[-1].sections
            neighbours.append(Placed(block, side, lower=len(neighbours) % 2 == 1))
        else:
            result.append(Band(kind, [Placed(block, side)], stripes.next(kind)))
    return result


@register.filter
def has_title(sections: Iterable[Any]) -> bool:
    """Tell whether a hero with a title opens the page; without one the page title is spoken."""
    return any(block.block_type == "hero" and block.value.get("title") for block in sections)


@register.simple_tag(takes_context=True)
def dropdown_links(
    context: Mapping[str, Any], dropdown: Mapping[str, Any] | None
) -> list[dict[str, str]]:
    """Return the links of a dropdown that have both a text and an address (``title``, ``url``)."""
    links: list[dict[str, str]] = []
    for option in (dropdown or {}).get("options") or ():
        url = link_url(context, option.get("link"))
        if option.get("title") and url:
            links.append({"title": option["title"], "url": url})
    return links


@register.filter
def holds_link(rich_text: Any) -> bool:
    """Tell whether rich text holds a link, within which no other link may stand."""
    return "<a " in getattr(rich_text, "source", str(rich_text or ""))


@register.filter
def spoken_address(url: str) -> str:
    """Return what to call a link that has nothing but an address: its host, else its path."""
    return split_address(url).netloc or url
