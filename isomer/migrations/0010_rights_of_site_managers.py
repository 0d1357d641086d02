"""Site managers may look at imports, sign pages off, and start imports.

Given to the group that the migration of groups made. Where that one gave these rights already, as it
did before, nothing is done: somebody may have taken one away since.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

from editors.grants import give, rights_of, take, wanted

GROUPS, NAME = "0002_groups_and_workflow", "Site managers"
RIGHTS = {
    "": [
        "isomer.importrun: view",
        "isomer.importmessage: view",
        "isomer.certificate: view",
        "isomer.importedobject: view",
        "isomer.signoff: view sign_off_pages",
        "isomer.runrequest: view start_import",
    ]
}
# Who has this is still the group of the table.
EXPECTED = {"": ["navigation.siteidentity: change"]}


def managers(apps: Any) -> Any:
    """Return the group to which this migration gives rights, ``None`` if there is none."""
    memory = apps.get_model("editors", "MigrationMemory").objects.filter(migration=GROUPS).first()
    made = [] if memory is None else memory.content["groups"]
    keys = [
        one["pk"]
        for one in made
        if one["name"] == NAME and not any(right[0].startswith("isomer.") for right in one["given"])
    ]
    return apps.get_model("auth", "Group").objects.filter(pk__in=keys).first()


def forwards(apps: Any, schema_editor: Any) -> None:
    """Give the rights."""
    group = managers(apps)
    if group is not None and wanted(apps, EXPECTED) <= rights_of(apps, group):
        give(apps, group, wanted(apps, RIGHTS))


def backwards(apps: Any, schema_editor: Any) -> None:
    """Take them again, and forget that the migration of groups gave any: the next way forwards
    gives them."""
    memory = apps.get_model("editors", "MigrationMemory").objects.filter(migration=GROUPS).first()
    if memory is not None:
        for one in memory.content["groups"]:
            one["given"] = [right for right in one["given"] if not right[0].startswith("isomer.")]
        memory.save()
    group = managers(apps)
    if group is not None:
        take(apps, group, wanted(apps, RIGHTS))


class Migration(migrations.Migration):
    dependencies = [
        ("isomer", "0009_site_certificates"),
        ("editors", "0003_publishers_delete_sections"),
        ("navigation", "0004_statistics"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]
