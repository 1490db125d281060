"""One run of loading: its instant, its reason, the rows by slug, and the record it writes to."""

from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model

from commitments.models import Priority
from commitments.services import record
from commitments.services.facts.entries import OF_PRIORITIES
from commitments.services.record import EDITORS

Row = TypeVar("Row", bound=Model)

_AMONG: dict[type[Model], dict[str, str]] = {Priority: {"programme__slug": OF_PRIORITIES}}
"""Which rows of a table count, where a slug is not unique in it."""


def has_slug(model: type[Model]) -> bool:
    return any(field.name == "slug" for field in model._meta.fields)


class Load:
    """What the steps of one load share."""

    def __init__(self, *, now: datetime, today: date, reason: str, language: str) -> None:
        self.now, self.today = now, today
        self.reason, self.language = reason, language
        self._shelf: dict[type[Model], dict[str, Any]] = {}

    def find(self, model: type[Row], slug: str) -> Row | None:
        """The row with this slug, if any; all of a table are read once."""
        return self._rows(model).get(slug)

    def get(self, model: type[Row], slug: str) -> Row:
        row: Row = self._rows(model)[slug]
        return row

    def keep(self, row: Any) -> None:
        """Let later entries find a row that was just made."""
        if has_slug(type(row)):
            self._rows(type(row))[row.slug] = row

    def publish(self, row: Model, *, on: date, action: str = "loaded") -> None:
        """Write the event of a row that stands whole, its links included."""
        self.keep(row)
        record.publish(row, action=action, by=EDITORS, effective_on=on, now=self.now)

    def correct(self, row: Model) -> None:
        """Write the event of a corrected row; until today the record said what it said."""
        self.publish(row, on=self.today, action="corrected")

    def _rows(self, model: type[Model]) -> dict[str, Any]:
        if model not in self._shelf:
            rows: Any = model._default_manager.filter(**_AMONG.get(model, {}))
            self._shelf[model] = {row.slug: row for row in rows}
        return self._shelf[model]
