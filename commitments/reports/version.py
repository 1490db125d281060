"""The version of all that is public: one cheap question, asked before every public page."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.models import Count, Max, Model, Subquery, Value
from django.db.models.functions import Coalesce

from commitments.models import ErrorReportDeed, RecordHead, ReviewAction
from commitments.models.prepared import planned

WATCHED: list[type[Model]] = [ReviewAction, ErrorReportDeed]
"""The append-only tables beside the public events that a public page may rest on.

A deed of review makes no event, yet "submitted on …, in review" is said in public. Any other
table whose rows are shown in public without an event joins here; every change of what is shown
must be a new row of it.
"""

WINDOW = 128
"""How many of the newest rows of a watched table are counted.

Keys are given out before the rows are committed: of two deeds at once the second may be seen
first, and the greatest key does not change when the first follows. The count does.
"""


class PublicVersion(NamedTuple):
    """Two that are equal mean that nothing public changed between them.

    `marks` has one number for each table of `WATCHED`; of deeds of review it comes first.
    """

    sequence: int
    hash: str
    marks: tuple[int, ...]

    @property
    def review(self) -> int:
        return self.marks[WATCHED.index(ReviewAction)]


def public_version() -> PublicVersion | None:
    """The version as it is committed now, in one query; None while the record is empty."""
    found = _answered()
    return PublicVersion(found[0], found[1], tuple(found[2:])) if found else None


def _answered() -> Any:
    """The first question of nearly every request: it tells whether the connection still lives.

    Django would ask before it for nothing else, which costs as much as the answer.
    """
    connection: Any = connections[DEFAULT_DB_ALIAS]
    if connection.in_atomic_block or connection.connection is None:
        return _ask(connection)
    connection.health_check_done = True
    try:
        return _ask(connection)
    except (InterfaceError, OperationalError):
        connection.close()
        return _ask(connection)


def _ask(connection: Any) -> Any:
    sql, parameters = _question(connection.vendor)
    with planned(connection) as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()


def first_in_window(mark: int) -> int:
    """The least key that may have been unseen when `mark` was taken."""
    return mark // WINDOW - WINDOW + 1


@cache
def _question(_vendor: str) -> tuple[str, Sequence[Any]]:
    """The query as SQL: to put it together anew would cost more than the database's answer."""
    marks = {f"mark_{place}": _mark(model) for place, model in enumerate(WATCHED)}
    heads = RecordHead.objects.filter(pk=1, sequence__gt=0).annotate(**marks)
    sql, parameters = heads.values_list("sequence", "hash", *marks).query.sql_with_params()
    return sql, parameters


def _mark(model: type[Model]) -> Coalesce:
    """A number that is another one after every new row; see `WINDOW`."""
    every = model._default_manager.order_by().annotate(_of_all=Value(1)).values("_of_all")
    newest = every.annotate(newest=Max("pk")).values("newest")
    recent = every.filter(pk__gt=Subquery(newest) - (WINDOW - 1))
    counted = recent.annotate(mark=Max("pk") * WINDOW + Count("pk")).values("mark")
    return Coalesce(Subquery(counted), Value(0))
