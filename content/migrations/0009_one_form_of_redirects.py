"""Write the paths of redirects in the form in which they are looked up from now on."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from content.addresses.redirects import redirect_path


def rewrite(apps: Any, schema_editor: Any) -> None:
    """Two redirects that become one stay as they are; the other of them holds."""
    model = apps.get_model("wagtailredirects", "Redirect")
    for redirect in model.objects.order_by("pk"):
        path = redirect_path(redirect.old_path)
        same_site = model.objects.filter(site=redirect.site_id)
        if path != redirect.old_path and not same_site.filter(old_path=path).exists():
            model.objects.filter(pk=redirect.pk).update(old_path=path)


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0008_contact_picture_is_decoration"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]
    operations = [migrations.RunPython(rewrite, migrations.RunPython.noop)]
