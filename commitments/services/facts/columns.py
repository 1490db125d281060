"""Turns what an entry says into the columns of a row."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Model

from commitments.services.facts.load import Load


def spread(
    model: type[Model],
    columns: Mapping[str, str],
    said: Mapping[str, Any],
    load: Load,
    only: Collection[str] | None = None,
) -> dict[str, Any]:
    """The values of the columns that the fields of an entry fill; of the fields `only`, if given.

    A reference becomes the row, a limited date its three columns, silence the column's empty value.
    """
    values: dict[str, Any] = {}
    for field, column in columns.items():
        if only is None or field in only:
            values |= _filled(model, column, said.get(field), load)
    return values


def limited(column: str, said: Any) -> dict[str, Any]:
    """The three columns of a date of limited precision, or their emptiness."""
    return {
        column: said.text if said else "",
        f"{column}_earliest": said.earliest if said else None,
        f"{column}_latest": said.latest if said else None,
    }


def _filled(model: type[Model], column: str, said: Any, load: Load) -> dict[str, Any]:
    field: Any = model._meta.get_field(column)
    if hasattr(model, f"{column}_earliest"):
        return limited(column, said)
    if said is None:
        return {column: None if field.null else field.get_default()}
    if field.is_relation:
        return {column: load.get(field.related_model, said)}
    return {column: said}
