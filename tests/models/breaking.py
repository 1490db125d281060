"""What the tests of constraints share: a rule, ways to break it, and who refused."""

import copy
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

Change = dict[str, Any]
"""Columns and their new values; a function in place of a value is called with the row."""

NONSENSE = "??"
"""A word that no vocabulary has, and short enough for every column."""

EARLY, LATE = date(2026, 1, 1), date(2026, 12, 31)


@dataclass(frozen=True)
class Rule:
    """A named constraint: changes of a valid row that break it, and neighbours that do not.

    A change is a plain UPDATE; for what exists once (`as_copy`), a changed copy of the row goes
    in by `bulk_create`. None of the models' own validation stands in between.
    """

    name: str
    factory: Callable[..., models.Model]
    row: Change
    broken: list[Change]
    allowed: list[Change]
    as_copy: bool = field(default=False, kw_only=True)

    def refused_by(self, change: Change) -> str | None:
        """The name of the constraint that refuses the change; None if it goes in."""
        row = self.factory(**self.row)
        values = {key: new(row) if callable(new) else new for key, new in change.items()}
        table = type(row)._default_manager
        try:
            with transaction.atomic():
                if self.as_copy:
                    table.bulk_create([_copy(row, values)])
                else:
                    table.filter(pk=row.pk).update(**values)
        except IntegrityError as error:
            return _constraint_of(error, type(row))
        return None


def _copy(row: models.Model, values: Change) -> models.Model:
    twin = copy.copy(row)
    twin.pk = None
    for key, value in values.items():
        setattr(twin, key, value)
    return twin


def _constraint_of(error: IntegrityError, model: type[models.Model]) -> str:
    """Who refused, as far as the database tells: SQLite lists the columns of unique ones."""
    if connection.vendor == "postgresql":
        return error.__cause__.diag.constraint_name
    said = str(error).partition("constraint failed: ")[2].removeprefix("index ").strip("'")
    return _unique_by_columns(model).get(said, said)


def _unique_by_columns(model: type[models.Model]) -> dict[str, str]:
    found = {}
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            columns = [model._meta.get_field(name).column for name in constraint.fields]
            found[", ".join(f"{model._meta.db_table}.{name}" for name in columns)] = constraint.name
    return found


def cases(rules: Iterable[Rule]) -> list[Any]:
    """Every change of every rule, with the name of the constraint that is to refuse it."""
    return list(_cases(rules))


def _cases(rules: Iterable[Rule]) -> Iterator[Any]:
    for rule in rules:
        for number, change in enumerate(rule.broken, start=1):
            yield pytest.param(rule, change, rule.name, id=f"{rule.name}-broken-{number}")
        for number, change in enumerate(rule.allowed, start=1):
            yield pytest.param(rule, change, None, id=f"{rule.name}-kept-{number}")


def once(name: str, factory: Any, row: Change, *, but: Change, also: Change | None = None) -> Rule:
    """A second row alike is refused, one that differs in `but` is not.

    `also` changes what other constraints would refuse in either copy.
    """
    also = also or {}
    return Rule(name, factory, row, [also], [also | but], as_copy=True)


def known(name: str, factory: Any, column: str, word: str, **row: Any) -> Rule:
    """The column takes `word`, but none that its vocabulary does not have."""
    return Rule(name, factory, row, [{column: NONSENSE}], [{column: word}])


def in_a_language(name: str, factory: Any, column: str) -> Rule:
    """One of the two languages is enough, none is too few."""
    vi, en = f"{column}_vi", f"{column}_en"
    allowed = [{vi: "Chữ thử", en: ""}, {vi: "", en: "Test text"}]
    return Rule(name, factory, {}, [{vi: "", en: ""}], allowed)


def whole(name: str, factory: Any, column: str, *, required: bool = False) -> Rule:
    """A less precise date has its text and both ends in order; or, unless required, nothing."""
    text, earliest, latest = column, f"{column}_earliest", f"{column}_latest"
    year = {text: "2026", earliest: EARLY, latest: LATE}
    broken = [year | {text: ""}, year | {earliest: LATE, latest: EARLY}]
    if required:
        return Rule(name, factory, {}, broken, [year])
    nothing = {text: "", earliest: None, latest: None}
    broken += [year | {earliest: None}, year | {latest: None}, nothing | {text: "2026"}]
    return Rule(name, factory, {}, broken, [year, nothing])
