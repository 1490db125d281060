"""What a table is, before it becomes a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from commitments.errors import Text

Value = str | int | Decimal | date | None
"""What a cell holds. Dates of limited precision are text: `2026-Q2`. No floats."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a key that never changes, for programs, and a heading in the reader's language.

    `choices` are the only values it takes, offered by the spreadsheet where one fills it in.
    What is typed into a column stays as it is typed, unless `is_figure` lets it be calculated with.
    """

    key: str
    heading: Text
    width: int = 20
    choices: Sequence[str] = ()
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its columns, and rows with a value for each of them, read once."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]

    @property
    def keys(self) -> list[str]:
        return [column.key for column in self.columns]

    @property
    def headings(self) -> list[str]:
        return [str(column.heading) for column in self.columns]
