"""What a file said: its rows as values, and what is wrong at which cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from commitments.errors import Text
from commitments.rules.dates import LimitedDate

LONGEST_VALUE = 200
"""How much of a cell is shown beside what is wrong with it."""

Read = str | int | Decimal | date | LimitedDate | tuple[str, ...] | None
"""A cell that was read. A blank one is "" for words, () for several, None for all else."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row by the number that the spreadsheet shows, with the columns that the file has."""

    number: int
    values: Mapping[str, Read]

    def text(self, key: str) -> str:
        return str(self.values.get(key) or "")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a cell, what stands there, and what to write instead.

    `column` is the key of the column and `cell` its place as the spreadsheet names it, `H7`.
    Row 0 is the sheet or the file as a whole.
    """

    sheet: str
    text: Text
    row: int = 0
    column: str = ""
    cell: str = ""
    value: str = ""


@dataclass(slots=True)
class SheetSaid:
    """The rows of one sheet; `letters` names the column of each key as the spreadsheet does."""

    name: str
    letters: Mapping[str, str]
    rows: list[Row] = field(default_factory=list)

    def fault(self, row: int, key: str, text: Text, value: str = "") -> Fault:
        """Something wrong in a row, at the cell of that column where the file has it."""
        letter = self.letters.get(key, "")
        return Fault(
            self.name, text, row, key, f"{letter}{row}" if letter else "", value[:LONGEST_VALUE]
        )


@dataclass(slots=True)
class FileSaid:
    """Everything that was read of a file."""

    sheets: dict[str, SheetSaid] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def rows(self, name: str) -> list[Row]:
        return self.sheets[name].rows if name in self.sheets else []
