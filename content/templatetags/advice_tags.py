"""What to check on a page, for the parts of its form that autosave brings anew."""

from __future__ import annotations

from django import template
from wagtail.models import Page

from content.page_data.advice import Advice, advice

register = template.Library()


@register.simple_tag
def advice_of(page: Page) -> list[Advice]:
    """Return what there is to check on a page as it is in memory."""
    return advice(page)
