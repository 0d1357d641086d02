"""Template tag for pictures: one for every place of the public site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import template
from django.utils.safestring import SafeString

from content.models import SiteImage
from content.rendering.pictures import BODY, MEASURE, PLACES, WAITING, Place, shown
from content.templatetags.content_tags import width_class

register = template.Library()

# What stands in the first two blocks or bands of a page is seen without scrolling.
BLOCKS_IN_VIEW = 2


@register.simple_tag(takes_context=True)
def picture(
    context: Mapping[str, Any],
    image: SiteImage,
    place: str,
    alt: str = "",
    percent: int | None = None,
    pixels: int | None = None,
    css_class: str = "",
) -> SafeString:
    """Return a picture at a place, a key of ``content.rendering.pictures.PLACES``.

    ``percent`` narrows a picture in a text to a part of the column. The first picture of a
    page, if it is near the top, is loaded at once and before others; all others wait until
    they are near. The logo is neither first nor waits.
    """
    chosen = _narrowed(percent) if percent and place == "body" else PLACES[place]
    values: dict[str, Any] = {"alt": alt, "class": css_class}
    if place == "logo":
        pass
    elif chosen.is_first and _is_first(context):
        values["fetchpriority"] = "high"
    else:
        values |= WAITING
    return shown(image, chosen, values, pixels)


def _narrowed(percent: int) -> Place:
    """Return the place of a picture in a text that has a width in per cent, in its steps."""
    step = int(width_class(percent).removeprefix("width-") or 100)
    least = "max(7rem, "
    wide, narrow = MEASURE * step / 100, f"calc({step}vw - {2 * step / 100:g}rem)"
    return replace(BODY, sizes=f"(min-width: 40rem) {least}{wide:g}rem), {least}{narrow})")


def _is_first(context: Mapping[str, Any]) -> bool:
    """Tell whether this is the first picture of the page, and near its top."""
    request = context.get("request")
    if request is None or getattr(request, "_picture_shown", False):
        return False
    request._picture_shown = True
    loop: Mapping[str, Any] = context.get("forloop") or {}
    while loop.get("parentloop"):
        loop = loop["parentloop"]
    return int(loop.get("counter0", 0)) < BLOCKS_IN_VIEW
