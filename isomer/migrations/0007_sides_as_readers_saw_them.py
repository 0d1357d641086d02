from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("isomer", "0006_sign_off_and_requests")]
    operations = [
        migrations.AddField("comparedtext", "things", models.JSONField(default=list)),
        migrations.AddField("comparedtext", "source_markup", models.TextField(blank=True)),
        migrations.AddField("comparedtext", "served_markup", models.TextField(blank=True)),
    ]
