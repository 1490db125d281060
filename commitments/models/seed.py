"""What of the fact base was loaded, so that loading compares with it and never with the rows."""

from django.db import models


class LoadedEntry(models.Model):
    """The hash of an entry of the fact file when it was last loaded."""

    list_name = models.CharField(max_length=40)
    key = models.CharField(max_length=160)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list_name", "key"], name="loaded_entry_is_one")
        ]

    def __str__(self) -> str:
        return f"{self.list_name}/{self.key}"
