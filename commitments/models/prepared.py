"""Queries whose SQL is written once and asked many times, with other keys.

To write the SQL of a query costs Django several times what the database takes to answer it by an
index. A page of twenty small queries is made of little else. What is prepared here is an ordinary
queryset; only its SQL is kept, by connection, since each writes its own. PostgreSQL then plans it
once for each connection too (`planned`), which it would do before every answer otherwise.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Generic, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from django.db import connections, models
from django.db.models.query import ModelIterable, get_related_populators

Row = TypeVar("Row")

_FIRST = -(2**62)
"""Stands in the SQL where the first key goes, `_FIRST + 1` for the second: keys of no row."""
_FIRST_WORD = 0xE000
"""The same for words: characters that no folded text has."""


@contextmanager
def planned(connection: Any) -> Iterator[Any]:
    """A cursor for one question that is asked again and again in the same words.

    PostgreSQL plans it once and keeps the plan for the connection. Where the settings say that
    another server stands between, which may hand each question to another connection, and on
    SQLite, it is an ordinary cursor.
    """
    shares = connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS", False)
    if shares or connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            yield cursor
        return
    from django.db.backends.postgresql.base import ServerBindingCursor

    connection.close_if_health_check_failed()
    connection.ensure_connection()
    plain = connection.connection
    plain.prepare_threshold = 0  # at once; Django's own cursors never prepare
    with connection.wrap_database_errors:
        cursor = connection._prepare_cursor(ServerBindingCursor(plain))  # type: ignore[call-arg]
    with cursor:
        yield cursor


class _Written(NamedTuple):
    """A query as a connection writes it: its SQL, its values, and how rows are made of answers."""

    compiler: Any
    sql: str
    values: tuple[Any, ...]


class Prepared(Generic[Row]):
    """`build` gives a queryset for so many keys and words. It is called once, with others.

    Words are letters and digits only, and may be a part of a value. Of a query for values the
    rows are tuples.
    """

    def __init__(
        self, build: Callable[..., "models.QuerySet[Any, Row]"], keys: int = 1, words: int = 0
    ) -> None:
        self._build, self._keys = build, keys
        self._words = [chr(_FIRST_WORD + place) for place in range(words)]
        self._written: WeakKeyDictionary[Any, _Written] = WeakKeyDictionary()
        self._queryset: models.QuerySet[Any, Row] | None = None

    def of(self, *keys: int, words: Sequence[str] = ()) -> list[Row]:
        """The rows for these keys, or fewer: what is left over finds nothing.

        Asks the database that the router names now, as any query does.
        """
        if self._queryset is None:
            self._queryset = self._build(*range(_FIRST, _FIRST + self._keys), *self._words)
        connection = connections[self._queryset.db]
        written = self._written.get(connection) or self._write(connection)
        places = {_FIRST + place: 0 for place in range(self._keys)}
        places |= {_FIRST + place: key for place, key in enumerate(keys)}
        said = dict(zip(self._words, words, strict=True))
        # How often a word stands somewhere decides which plan is good: none is for all words.
        with connection.cursor() if self._words else planned(connection) as cursor:
            cursor.execute(written.sql, [_put(value, places, said) for value in written.values])
            found = cursor.fetchall()
        if not issubclass(self._queryset._iterable_class, ModelIterable):
            return list(written.compiler.results_iter(results=[found], tuple_expected=True))
        return _made(written.compiler, found, connection.alias)

    def _write(self, connection: Any) -> _Written:
        assert self._queryset is not None  # `of` has built it
        compiler = self._queryset.query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        written = _Written(compiler, sql, tuple(values))
        self._written[connection] = written
        return written


def _put(value: Any, keys: Mapping[int, int], words: Mapping[str, str]) -> Any:
    """A value with what is asked for now in its place, of the type that the database was told."""
    if isinstance(value, str):
        for place, word in words.items():
            value = value.replace(place, word)
        return value
    key = keys.get(value) if isinstance(value, int) else None
    return value if key is None else type(value)(key)


def _made(compiler: Any, found: Sequence[Any], alias: str) -> list[Any]:
    """Rows as `ModelIterable` of Django makes them: with what was selected along and annotated."""
    select, shape = compiler.select, compiler.klass_info
    fields = shape["select_fields"]
    first, end = fields[0], fields[-1] + 1
    names = [column[0].target.attname for column in select[first:end]]
    related = get_related_populators(shape, select, alias)  # type: ignore[call-arg]  # stubs of Django 6
    annotated = compiler.annotation_col_map or {}
    rows = []
    for values in compiler.results_iter(results=[found]):
        row = shape["model"].from_db(alias, names, values[first:end])
        for populator in related:
            populator.populate(values, row)
        for name, place in annotated.items():
            setattr(row, name, values[place])
        rows.append(row)
    return rows


def keep(row: models.Model, name: str, rows: Sequence[models.Model]) -> None:
    """Let `row.<name>.all()` answer these rows, as if they had been prefetched."""
    found = getattr(row, name).get_queryset()
    found._result_cache = list(rows)
    if not hasattr(row, "_prefetched_objects_cache"):
        row._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    row._prefetched_objects_cache[name] = found  # type: ignore[attr-defined]
