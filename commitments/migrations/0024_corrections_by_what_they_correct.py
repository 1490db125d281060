from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0023_duties_met_by_what_the_record_does_not_name"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="statusupdate",
            index=models.Index(
                condition=models.Q(("corrects__isnull", False)),
                fields=["corrects"],
                name="update_by_what_it_corrects",
            ),
        ),
    ]
