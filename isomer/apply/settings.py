"""Writing the settings of a site, and its menu and footer, which are snippets it chooses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db import models
from wagtail.models import Site

from isomer.apply.field_values import write_fields
from isomer.apply.indexes import update_references
from isomer.plan import PlannedSetting
from isomer.present import SNIPPETS, latest
from navigation.branding import name_of_site


def write_setting(setting: PlannedSetting, values: Mapping[str, Any], site: Site) -> models.Model:
    """Write a setting or snippet of a site from filled-in content and return it."""
    if setting.name in SNIPPETS:
        return _write_snippet(setting, values, site)
    model = apps.get_model("navigation", setting.name)
    instance: Any = model.objects.filter(site=site).first() or model(site=site)
    write_fields(instance, values)
    instance.full_clean()
    instance.save()
    update_references(instance)
    written: models.Model = instance
    return written


def _write_snippet(setting: PlannedSetting, values: Mapping[str, Any], site: Site) -> models.Model:
    """Write and publish a snippet. A site that has chosen none yet chooses it."""
    model: Any = apps.get_model("navigation", setting.name)
    current = model.objects.filter(pk=setting.object_id).first() if setting.object_id else None
    if current is None:
        label = model._meta.verbose_name.capitalize()
        current = model.objects.create(name=f"{label} of {name_of_site(site)}"[:255], live=False)
    instance = latest(current)
    write_fields(instance, values)
    instance.save_revision(log_action=True).publish()
    chosen, _ = apps.get_model("navigation", "navigationsettings").objects.get_or_create(site=site)
    if getattr(chosen, f"{setting.name}_id") is None:
        setattr(chosen, f"{setting.name}_id", current.pk)
        chosen.save()
        update_references(chosen)
    update_references(current)
    written: models.Model = current
    return written
