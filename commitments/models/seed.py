"""What of the fact base was loaded, so that loading compares with it and never with the rows."""

from django.db import models


class LoadedEntry(models.Model):
    """An entry of the fact file as it was last loaded, and what was corrected since.

    `content` is the entry as the file spells it and `digest` its hash; `corrections` holds one
    object for each `load_facts --correct`: when, why, and what the changed fields said before.
    """

    list_name = models.CharField(max_length=40)
    key = models.CharField(max_length=160)
    digest = models.CharField(max_length=64)
    content = models.JSONField(default=dict)
    corrections = models.JSONField(default=list)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list_name", "key"], name="loaded_entry_is_one")
        ]

    def __str__(self) -> str:
        return f"{self.list_name}/{self.key}"
