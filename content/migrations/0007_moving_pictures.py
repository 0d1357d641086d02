from typing import Any

from django.db import migrations, models

from content.library.picture_files import is_animated


def look_at_pictures(apps: Any, schema_editor: Any) -> None:
    """Note which of the pictures that are there move; one that can't be opened does not."""
    images = apps.get_model("content", "SiteImage").objects
    for ending in (".gif", ".webp", ".avif", ".png"):
        for image in images.filter(file__iendswith=ending).iterator():
            try:
                with image.file.open("rb") as opened:
                    is_moving = is_animated(opened)
            except OSError:
                continue
            if is_moving:
                images.filter(pk=image.pk).update(moves=True)


class Migration(migrations.Migration):

    dependencies = [
        ("content", "0006_language"),
    ]

    operations = [
        migrations.AddField(
            model_name="siteimage",
            name="moves",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(look_at_pictures, migrations.RunPython.noop),
    ]
