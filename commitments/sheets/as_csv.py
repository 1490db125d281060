"""CSV as RFC 4180 has it, streamed row by row, with a mark that tells Excel it is UTF-8."""

import csv
from collections.abc import Iterable, Iterator

from commitments.sheets.cells import spelled
from commitments.sheets.tables import Table

BOM = "\ufeff"


def write_csv(table: Table) -> Iterator[str]:
    """The file in pieces: the keys, the headings, then a line for each row."""
    yield BOM + line(table.keys)
    yield line(table.headings)
    for row in table.rows:
        yield line(spelled(value) for value in row)


class _Last:
    """The last line that the writer of the library made."""

    line = ""

    def write(self, line: str) -> None:
        self.line = line


def line(cells: Iterable[str]) -> str:
    """One line, with its end; the cells stand as they are given."""
    last = _Last()
    csv.writer(last, lineterminator="\r\n").writerow(cells)
    return last.line
