"""A fault of a source is resolved in one of three ways, with what was done in words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0012_notices_by_hand_go_by_themselves"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="sourcefault",
            name="source_fault_resolution_says_how",
        ),
        migrations.AddField(
            model_name="historicalsourcefault",
            name="resolved_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("replaced", "other evidence was given in its place"),
                    ("works", "it can be opened again and says what was cited"),
                    ("archived", "an archived copy says what was cited"),
                ],
                max_length=8,
                verbose_name="how it was resolved",
            ),
        ),
        migrations.AddField(
            model_name="sourcefault",
            name="resolved_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("replaced", "other evidence was given in its place"),
                    ("works", "it can be opened again and says what was cited"),
                    ("archived", "an archived copy says what was cited"),
                ],
                max_length=8,
                verbose_name="how it was resolved",
            ),
        ),
        migrations.AlterField(
            model_name="historicalsourcefault",
            name="resolution",
            field=models.TextField(blank=True, verbose_name="what was done"),
        ),
        migrations.AlterField(
            model_name="sourcefault",
            name="resolution",
            field=models.TextField(blank=True, verbose_name="what was done"),
        ),
        migrations.AddConstraint(
            model_name="sourcefault",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("resolved_at__isnull", True), ("resolved_how", "")),
                    models.Q(
                        ("resolved_at__isnull", False),
                        ("resolved_how__in", ["replaced", "works", "archived"]),
                    ),
                    _connector="OR",
                ),
                name="source_fault_resolution_says_how",
            ),
        ),
    ]
