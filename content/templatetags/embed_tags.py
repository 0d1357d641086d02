"""Template tag for what waits for the visitor: frames, films, sounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from content.rendering.embeds import ShownEmbed, shown_embed

register = template.Library()


@register.simple_tag(takes_context=True)
def embed_of(context: Mapping[str, Any], value: Mapping[str, Any]) -> ShownEmbed | None:
    """Return what the page shows for an embed block, ``None`` if it has no source."""
    return shown_embed(value, context.get("request"))
