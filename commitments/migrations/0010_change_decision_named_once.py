"""Take away a constraint on the words of a decision: another one knows them all already."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("commitments", "0009_deeds_on_many")]

    operations = [
        migrations.RemoveConstraint(model_name="changerequest", name="change_decision_is_known"),
    ]
