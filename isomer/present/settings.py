"""The settings of a site as they are now, and the menu and footer that it has chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db import models
from wagtail.models import Site

from isomer.models import ImportedObject
from isomer.plan import PresentObject, PresentSite
from isomer.present.values import imported_values, latest, same_content

SETTINGS = ("siteidentity", "notification")
SNIPPETS = ("menu", "footer")


def read_settings(
    site: Site,
    present: PresentSite,
    rows: Mapping[str, ImportedObject],
    page_ids: Mapping[str, int],
    media_ids: Mapping[str, int],
) -> None:
    """Note in ``present`` what the settings, the menu and the footer of a site hold.

    ``rows`` remember what earlier imports wrote, by the name of the model.
    """
    edited: set[str] = set()
    for name in (*SETTINGS, *SNIPPETS):
        row = rows.get(name)
        current = _current(name, site, row)
        if row is not None:
            present.settings[name] = PresentObject(
                name,
                row.object_id,
                row.content,
                exists=current is not None,
                references=row.references,
            )
            base = imported_values(row.content, row.references, page_ids, media_ids)
            newest = latest(current) if name in SNIPPETS and current is not None else current
            if newest is not None and not same_content(newest, base):
                edited.add(name)
        elif current is not None and (name in SNIPPETS or not _is_default(current)):
            edited.add(name)
    present.edited_settings = frozenset(edited)


def chosen_snippet(name: str, site: Site) -> models.Model | None:
    """Return the menu or footer that a site shows, if it has chosen one."""
    settings = apps.get_model("navigation", "navigationsettings").objects.filter(site=site).first()
    found: models.Model | None = None if settings is None else getattr(settings, name)
    return found


def _current(name: str, site: Site, row: ImportedObject | None) -> Any:
    """Return a setting of a site, or its menu or footer: the imported one, else the chosen one."""
    model = apps.get_model("navigation", name)
    if name in SETTINGS:
        return model.objects.filter(site=site).first()
    if row is not None:
        return model.objects.filter(pk=row.object_id).first()
    return chosen_snippet(name, site)


def _is_default(setting: Any) -> bool:
    """Tell whether nobody has filled in a setting yet (Wagtail makes the row when it is read)."""
    fresh = type(setting)()
    return all(
        getattr(setting, field.attname) == getattr(fresh, field.attname)
        for field in setting._meta.concrete_fields
        if field.name not in ("id", "site")
    )
