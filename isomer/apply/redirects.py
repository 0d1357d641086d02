"""Redirects of the old host, written as Wagtail's own redirects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from content.addresses.redirects import path_form
from isomer.apply.field_values import write_fields
from isomer.plan import PlannedRedirect


def write_redirect(planned: PlannedRedirect, values: Mapping[str, Any], site: Site) -> Redirect:
    """Write a redirect of a site from filled-in content and return it."""
    redirect = Redirect.objects.filter(pk=planned.object_id).first() if planned.object_id else None
    if redirect is None:
        redirect = Redirect(site=site)
    redirect.old_path = path_form(planned.path)
    write_fields(redirect, values)
    redirect.save()
    return redirect
