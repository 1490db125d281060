"""Rows out of what events say: the way back from `reports/public`."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import models

from commitments.errors import Refusal
from commitments.models import StoredFile, UpdateState
from commitments.reports.public import NOUNS
from commitments.reports.public._noun import Noun
from commitments.reports.public.references import REFERENCES, Json
from commitments.reports.replay import Moment, Stood, stood
from commitments.rules.dates import LimitedDate

SOMEBODY = 0
"""Stands where a row names a person: no event does."""

BATCH = 2_000
Row = tuple[Any, ...]


@dataclass(slots=True)
class Numbers:
    """The ids given out, by kind and key: in the order in which they were first named."""

    given: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    programmes: dict[str, str] = field(default_factory=dict)
    """The programme of each commitment: what is said of an obligation does not repeat it."""

    def of(self, kind: str, key: str) -> int:
        if kind == "change_request":  # its key ends with its number, which others name
            return int(key.rsplit("/", 1)[1])
        known = self.given[kind]
        return known.setdefault(key, len(known) + 1)


def restore(moment: Moment, database: sqlite3.Connection) -> None:
    """Write every public row of that moment; what names something that was not there yet stays
    away with it, or without it where it can do so."""
    numbers = Numbers()
    for noun in NOUNS:
        _write_noun(noun, moment, numbers, database)
    _let_go(database)


def _write_noun(
    noun: Noun[Any], moment: Moment, numbers: Numbers, database: sqlite3.Connection
) -> None:
    model: Any = noun.model  # a generic type is no key of a cache to mypy
    shape = Shape.of(model)
    links: dict[str, list[Row]] = defaultdict(list)
    rows: list[Row] = []
    for one in stood(moment, noun.kind):
        number = numbers.of(noun.kind, one.key)
        values = values_of(noun.kind, one, numbers)
        if noun.kind == "source" and one.data.get("file_sha256"):
            values["file_id"] = _file(one, numbers, database)
        rows.append(shape.row(number, values))
        for name, kind in shape.links.items():
            links[name] += [(number, numbers.of(kind, key)) for key in one.data.get(name) or ()]
        if len(rows) >= BATCH:
            _insert(database, shape.table, shape.columns, rows)
            rows = []
    _insert(database, shape.table, shape.columns, rows)
    for name, pairs in links.items():
        table, columns = shape.through[name]
        _insert(database, table, columns, pairs)


def _insert(
    database: sqlite3.Connection, table: str, columns: Iterable[str], rows: list[Row]
) -> None:
    names = list(columns)
    places = ",".join("?" * len(names))
    quoted = ",".join(f'"{name}"' for name in names)
    database.executemany(f'INSERT INTO "{table}" ({quoted}) VALUES ({places})', rows)


def values_of(kind: str, one: Stood, numbers: Numbers) -> Json:
    """What the event says, and what follows from it, by column; but for a source's file."""
    values: Json = dict(one.data)
    if kind == "commitment":
        numbers.programmes[one.key] = one.data["programme"]
    elif kind == "obligation":
        values["programme"] = numbers.programmes.get(one.data["commitment"])
    for column, reference in REFERENCES.get(kind, {}).items():
        key = reference.key(values)
        values[f"{column}_id"] = None if key is None else numbers.of(reference.kind, key)
    values |= _FOLLOWS.get(kind, _nothing)(one.data)
    values["created_at"] = values["saved_at"] = values["changed_at"] = one.said_at.isoformat()
    return values


def _nothing(_data: Json) -> Json:
    return {}


_FOLLOWS: dict[str, Callable[[Json], Json]] = {
    "status_update": lambda _data: {"state": UpdateState.PUBLISHED},
    "change_request": lambda data: {"requested_at": data["decided_at"]},
}


def _file(one: Stood, numbers: Numbers, database: sqlite3.Connection) -> int:
    """The row of a source's file; its content stays where it is, under the present address."""
    shape = Shape.of(StoredFile)
    number = numbers.of("file", one.key)
    said = {name: one.data[f"file_{name}"] for name in ("name", "size", "sha256")}
    said |= {"media_type": one.data["file_type"], "uploaded_at": one.said_at.isoformat()}
    _insert(database, shape.table, shape.columns, [shape.row(number, said)])
    return number


@dataclass(frozen=True, slots=True)
class Shape:
    """A table as it is written: its columns, and how a value of an event becomes one of SQLite.

    `links` tells by name which kind of noun each many-to-many column names by its slug.
    """

    table: str
    writers: Mapping[str, Callable[[Json], Any]]
    links: Mapping[str, str]
    through: Mapping[str, tuple[str, list[str]]]

    @property
    def columns(self) -> list[str]:
        return ["id", *self.writers]

    def row(self, number: int, values: Json) -> Row:
        return (number, *(write(values) for write in self.writers.values()))

    @classmethod
    @cache
    def of(cls, model: type[models.Model]) -> "Shape":
        fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        linked = model._meta.local_many_to_many
        return cls(
            table=model._meta.db_table,
            writers={str(field.column): _writer(field) for field in fields},
            links={one.name: KIND_OF[one.related_model] for one in linked},
            through={one.name: _through(one) for one in linked},
        )


KIND_OF: dict[Any, str] = {noun.model: noun.kind for noun in NOUNS}


def _through(linked: Any) -> tuple[str, list[str]]:
    table = linked.remote_field.through._meta.db_table
    return table, [linked.m2m_column_name(), linked.m2m_reverse_name()]


def _writer(column: Any) -> Callable[[Json], Any]:
    """How one column is filled from the values of a row."""
    name = column.column
    if name.endswith(("_earliest", "_latest")):
        text, _dash, end = name.rpartition("_")
        return lambda values: end_of(values.get(text) or "", end)
    spell = _spelling(column)
    missing = _missing(column)
    return lambda values: missing if values.get(name) is None else spell(values[name])


def _spelling(column: Any) -> Callable[[Any], Any]:
    match column:
        case models.DateTimeField():  # SQLite's own spelling, in UTC
            return lambda said: said.replace("T", " ").removesuffix("Z").removesuffix("+00:00")
        case models.JSONField():
            return lambda said: json.dumps(said, ensure_ascii=False)
        case _:
            return lambda said: said


def _missing(column: Any) -> Any:
    """What stands where the event says nothing: nothing, where the table allows it."""
    if column.null:
        return None
    if isinstance(column, models.ForeignKey):
        return SOMEBODY
    if column.has_default():
        return column.get_default()
    return ""


@cache
def limited(text: str) -> LimitedDate | None:
    try:
        return LimitedDate.parse(text) if text else None
    except Refusal:
        return None


def end_of(text: str, end: str) -> str | None:
    said = limited(text)
    return getattr(said, end).isoformat() if said else None


def _let_go(database: sqlite3.Connection) -> None:
    """Take out what hangs on something that was not public then, until nothing does."""
    while sum(database.execute(sql).rowcount for sql in _loose()):
        pass


@cache
def _loose() -> tuple[str, ...]:
    return tuple(_statements())


def _statements() -> Iterator[str]:
    for noun in NOUNS:
        table = noun.model._meta.db_table
        for name in REFERENCES.get(noun.kind, {}):
            column: Any = noun.model._meta.get_field(name)
            home = column.related_model._meta.db_table
            hangs = f'"{column.column}" NOT IN (SELECT id FROM "{home}")'
            if column.null:
                named = f'"{column.column}" IS NOT NULL AND {hangs}'
                yield f'UPDATE "{table}" SET "{column.column}" = NULL WHERE {named}'
            else:
                yield f'DELETE FROM "{table}" WHERE {hangs}'
        for linked in noun.model._meta.local_many_to_many:
            through, (mine, other) = _through(linked)
            home = linked.related_model._meta.db_table
            yield f'DELETE FROM "{through}" WHERE "{other}" NOT IN (SELECT id FROM "{home}")'
            yield f'DELETE FROM "{through}" WHERE "{mine}" NOT IN (SELECT id FROM "{table}")'
