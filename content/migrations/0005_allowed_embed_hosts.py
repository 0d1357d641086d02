"""The hosts that are allowed from the start."""

from __future__ import annotations

from typing import Any

from django.db import migrations

# Hosts whose content nobody but themselves writes into a frame: two players of films, in the form
# that sets no cookie or does not track, and the public services of the government that old sites
# embedded most. Each alone, because names below gov.sg belong to many owners.
ALLOWED = (
    "data.gov.sg",
    "form.gov.sg",
    "player.vimeo.com",
    "www.onemap.gov.sg",
    "www.youtube-nocookie.com",
)


def allow(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("content", "EmbedHost")
    model.objects.using(schema_editor.connection.alias).bulk_create(
        [model(host=host, decision="allowed") for host in ALLOWED], ignore_conflicts=True
    )


class Migration(migrations.Migration):
    dependencies = [("content", "0004_embed_hosts_and_last_updated")]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
