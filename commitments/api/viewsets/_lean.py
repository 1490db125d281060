"""Rows without the columns that no answer shows: of a linked row mostly its slug is said."""

from django.db.models import Model


def all_but(model: type[Model], path: str, *shown: str) -> list[str]:
    """What to defer of the row at the end of a path, beside its key and the columns shown."""
    columns = (field for field in model._meta.concrete_fields if not field.primary_key)
    return [f"{path}__{column.name}" for column in columns if column.name not in shown]
