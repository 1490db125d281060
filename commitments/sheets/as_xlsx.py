"""XLSX workbooks, written row by row so that memory does not grow with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import IO, Any

import xlsxwriter

from commitments.sheets.cells import fits_a_number
from commitments.sheets.tables import Column, Table, Value
from commitments.text.canonical import decimal_text

LONGEST_TEXT = 32_767
LONGEST_NAME = 31
LISTS = "_choices"
"""The hidden sheet that holds choices too long to be named where they are offered."""

_INLINE = 255
_HEAD = 2
_FILLED_IN = 20_002
_NOT_IN_A_NAME = str.maketrans("[]:*?/\\'", "        ")
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(tables: Sequence[Table], stream: IO[bytes]) -> None:
    """Write a sheet for each table: the keys, the headings, then the rows.

    Whatever is text is stored as text, never as a formula or a link.
    """
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    formats = _Formats.of(book)
    lists = _Lists([column for table in tables for column in table.columns])
    for table in tables:
        _write_sheet(book, table, formats, lists)
    lists.write(book)
    book.close()


@dataclass(frozen=True, slots=True)
class _Formats:
    key: Any
    heading: Any
    text: Any
    day: Any
    figure: Any

    @classmethod
    def of(cls, book: Any) -> "_Formats":
        return cls(
            key=book.add_format({"font_color": "#595959", "num_format": "@"}),
            heading=book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            text=book.add_format({"num_format": "@"}),
            day=book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
            figure=book.add_format({"num_format": "General"}),
        )


class _Lists:
    """Where the choices of each column stand: beside it while they are short, else on a sheet."""

    def __init__(self, columns: Sequence[Column]) -> None:
        long = {tuple(one.choices) for one in columns if len(",".join(one.choices)) > _INLINE}
        self._long = sorted(long)

    def source(self, column: Column) -> Any:
        choices = tuple(column.choices)
        if choices not in self._long:
            return list(choices)
        letter = xlsxwriter.utility.xl_col_to_name(self._long.index(choices), col_abs=True)
        return f"={LISTS}!{letter}$1:{letter}${len(choices)}"

    def write(self, book: Any) -> None:
        if not self._long:
            return
        sheet = book.add_worksheet(LISTS)
        sheet.hide()
        for number, row in enumerate(zip_longest(*self._long, fillvalue="")):
            for place, choice in enumerate(row):
                sheet.write_string(number, place, choice)


def _write_sheet(book: Any, table: Table, formats: _Formats, lists: _Lists) -> None:
    sheet = book.add_worksheet(table.name.translate(_NOT_IN_A_NAME)[:LONGEST_NAME])
    sheet.freeze_panes(_HEAD, 1)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width, None if column.is_figure else formats.text)
        if column.choices:
            offer = {"validate": "list", "source": lists.source(column)}
            sheet.data_validation(_HEAD, place, _FILLED_IN, place, offer)
    for number, (line, style) in enumerate(
        [(table.keys, formats.key), (table.headings, formats.heading)]
    ):
        for place, text in enumerate(line):
            sheet.write_string(number, place, text, style)
    for number, row in enumerate(table.rows, start=_HEAD):
        for place, value in enumerate(row):
            _write(sheet, number, place, value, formats)


def _write(sheet: Any, row: int, place: int, value: Value, formats: _Formats) -> None:
    match value:
        case None | "":
            return
        case Decimal() if not fits_a_number(value):
            sheet.write_string(row, place, decimal_text(value), formats.text)
        case Decimal() | int():
            sheet.write_number(row, place, value, formats.figure)
        case date():
            sheet.write_datetime(row, place, value, formats.day)
        case _:
            sheet.write_string(row, place, _bounded(value), formats.text)


def _bounded(text: str) -> str:
    """A cell holds no more; what is cut says so."""
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"
