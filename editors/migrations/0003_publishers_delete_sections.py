"""Publishers may delete a section with its pages (Wagtail's right “bulk delete”).

Given to the group that 0002 made; one that somebody made, or whose rights somebody changed since,
is left as it is.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

from editors.grants import give, rights_of, take, wanted

GROUPS = "0002_groups_and_workflow"
RIGHT = {"page": ["wagtailcore.page: bulk_delete_page"]}
# Who has these may publish everywhere, and so is the group of the table.
EXPECTED = {"page": ["wagtailcore.page: publish"]}


def publishers(apps: Any) -> Any:
    """Return the group that 0002 made of “Publishers”, ``None`` if it left it alone."""
    memory = apps.get_model("editors", "MigrationMemory").objects.filter(migration=GROUPS).first()
    made = [] if memory is None else memory.content["groups"]
    keys = [one["pk"] for one in made if one["name"] == "Publishers"]
    return apps.get_model("auth", "Group").objects.filter(pk__in=keys).first()


def forwards(apps: Any, schema_editor: Any) -> None:
    """Give the right."""
    group = publishers(apps)
    if group is not None and wanted(apps, EXPECTED) <= rights_of(apps, group):
        give(apps, group, wanted(apps, RIGHT))


def backwards(apps: Any, schema_editor: Any) -> None:
    """Take it again."""
    group = publishers(apps)
    if group is not None:
        take(apps, group, wanted(apps, RIGHT))


class Migration(migrations.Migration):
    dependencies = [("editors", "0002_groups_and_workflow")]
    operations = [migrations.RunPython(forwards, backwards)]
