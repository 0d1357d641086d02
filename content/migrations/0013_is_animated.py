from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("content", "0012_whole_title")]

    operations = [migrations.RenameField("siteimage", "moves", "is_animated")]
