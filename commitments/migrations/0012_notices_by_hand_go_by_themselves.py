"""Reminders by hand keep going out by themselves; the column for it is new."""

from typing import Any

from django.db import migrations


def mark(apps: Any, _schema: Any) -> None:
    apps.get_model("commitments", "Notice").objects.filter(rule="N1").update(by_itself=True)


class Migration(migrations.Migration):
    dependencies = [("commitments", "0011_reminders_of_every_rule")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
