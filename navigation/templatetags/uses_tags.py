"""Entries of menus and footers on the screens that ask before pages go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString
from wagtail.models import Page

from navigation.telling import FOLLOWS_ALL, GOES, GOES_BELOW, WHO, below, note
from navigation.uses import uses_of

register = template.Library()


@register.simple_tag
def entries_that_go(page: Page) -> SafeString:
    """Name what leads to a page that is unpublished. Pages below it stay unless somebody says
    otherwise; what leads to them is named apart."""
    lower = below([page]) - {page.pk}
    return note(GOES, uses_of([page.pk]), WHO) + note(GOES_BELOW, uses_of(lower))


@register.simple_tag
def entries_that_go_with(items: Iterable[dict[str, Any]]) -> SafeString:
    """Name what leads to the pages of a bulk action (``{"item": page, …}``) and to those below."""
    return note(GOES, uses_of(below([one["item"] for one in items])), WHO)


@register.simple_tag
def entries_that_follow(items: Iterable[dict[str, Any]]) -> SafeString:
    """Name what leads to the pages of a bulk action that moves them, and to those below."""
    return note(FOLLOWS_ALL, uses_of(below([one["item"] for one in items])))
