from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0021_webhooks_that_rotate_replay_and_stop"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="statusupdate",
            index=models.Index(
                condition=models.Q(("state", "published")),
                fields=["-as_of_on", "-published_at", "-id"],
                name="update_published_by_day",
            ),
        ),
    ]
