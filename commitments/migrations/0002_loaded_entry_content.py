from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("commitments", "0001_initial")]

    operations = [
        migrations.AddField("loadedentry", "content", models.JSONField(default=dict)),
        migrations.AddField("loadedentry", "corrections", models.JSONField(default=list)),
    ]
