"""Pictures in the guide."""

from __future__ import annotations

from typing import Any

from django import template

from editors.guide import noted_pictures

register = template.Library()


@register.inclusion_tag("editors/admin/guide/picture.html")
def guide_picture(name: str, alt: str) -> dict[str, Any]:
    """Show a picture of the guide by its name; ``alt`` says what is to be seen."""
    return {"name": name, "alt": alt, **noted_pictures()[name]}
