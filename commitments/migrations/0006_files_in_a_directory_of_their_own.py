from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("commitments", "0005_merger_of_limited_precision")]

    operations = [
        migrations.AlterField(
            model_name="storedfile",
            name="content",
            field=models.FileField(max_length=200, upload_to="%Y/%m", verbose_name="content"),
        ),
    ]
