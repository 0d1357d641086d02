"""Where the enquiry contact of a platform page stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

register = template.Library()


@register.filter
def has_contact(body: Sequence[Any]) -> bool:
    """Tell whether a platform page names a mailbox for enquiries."""
    return any(block.block_type == "enquiry_contact" for block in body)


@register.filter
def contact_beside(body: Sequence[Any]) -> bool:
    """Tell whether there is something that the enquiry contact can stand beside."""
    return has_contact(body) and body[0].block_type != "enquiry_contact"
