"""A sheet before anybody knows what its columns mean: names, and rows of cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from commitments.errors import Text
from commitments.imports.sheets.cells import Cell


@dataclass(slots=True)
class Grid:
    """A sheet of a file; `rows` gives numbered rows once, without those that are blank.

    `faults` are those of the sheet as a whole. A file that is one table has a sheet without a
    name, which its columns give.
    """

    name: str
    rows: Iterator[tuple[int, Sequence[Cell]]]
    faults: list[Text] = field(default_factory=list)
