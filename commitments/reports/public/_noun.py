"""How the public view of a noun is described: which rows, under which key, with which columns."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

from commitments.models import Commitment
from commitments.text.canonical import decimal_text, instant

Row = TypeVar("Row", bound=Model)
Json = dict[str, Any]


@dataclass(frozen=True)
class Noun(Generic[Row]):
    """What is public of one table.

    `rows` gives the public rows with everything loaded that `key`, `data`, `commitment` and
    `is_demo` read, so that a whole table costs the same few queries however long it is.
    """

    kind: str
    model: type[Row]
    rows: Callable[[], "QuerySet[Row, Row]"]
    key: Callable[[Row], str]
    data: Callable[[Row], Json]
    commitment: Callable[[Row], Commitment | None] = lambda _row: None
    demo: Callable[[Row], bool] = lambda _row: False

    def is_demo(self, row: Row) -> bool:
        commitment = self.commitment(row)
        return commitment.programme.is_demo if commitment else self.demo(row)


def plain(value: Any) -> Any:
    """A column's value as JSON that canonical spelling accepts; numbers and dates as text."""
    match value:
        case Decimal():
            return decimal_text(value)
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
        case _:
            return value


def columns(row: Model, *names: str) -> Json:
    """The named columns in plain values. A choice is given as its stored word."""
    return {
        name: str(value) if isinstance(value, str) else plain(value)
        for name in names
        for value in [getattr(row, name)]
    }


def slugs(rows: Iterable[Any]) -> list[str]:
    """Sorted slugs of linked rows; read from what was prefetched."""
    return sorted(row.slug for row in rows)


def public_slugs(commitments: Iterable[Commitment]) -> list[str]:
    """Sorted slugs of the published ones: no public row tells that a draft exists."""
    return slugs(commitment for commitment in commitments if commitment.published_at)


def slug_of(row: Any) -> str | None:
    return row.slug if row is not None else None
