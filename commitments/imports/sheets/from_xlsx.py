"""XLSX workbooks: read row by row, without what could run or reach out."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

import openpyxl
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Text
from commitments.imports.sheets.bounds import (
    MOST_COLUMNS,
    MOST_UNPACKED,
    unreadable,
)
from commitments.imports.sheets.cells import BLANK, Cell, Turned, date_cell, number_cell
from commitments.imports.sheets.grid import Grid
from commitments.sheets.as_xlsx import LISTS

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
_CHUNK = 1024 * 1024
LAST_ROW = 1_048_576
"""No workbook has more; a file that numbers one higher would be counted up to for ever."""
_BROKEN = (
    AttributeError, EOFError, IndexError, KeyError, OSError, ParseError, RuntimeError, TypeError,
    ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What the libraries raise for a file that is no whole workbook, or one with entities."""


def grids_of(content: BinaryIO) -> Iterator[Grid]:
    """The sheets that a person sees, one after the other.

    Raises Invalid at `upload` for a workbook that unpacks to too much or cannot be read.
    """
    with _whole():
        merged = _Merged(content)
        book = openpyxl.load_workbook(content, read_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            if sheet.title == LISTS:
                continue
            faults: list[Text] = list(merged.of(sheet))
            if sheet.sheet_state != "visible":
                faults.append(_("This sheet is hidden. Please show it, or delete it."))
            yield Grid(sheet.title, _rows(sheet), faults)
    finally:
        book.close()


@contextmanager
def _whole() -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        text = _(
            "This workbook is damaged or holds what no workbook needs. Please open it in your "
            "spreadsheet and save it anew as XLSX."
        )
        raise unreadable("xlsx_broken", text) from error


class _Merged:
    """The merged cells of each sheet, which the library does not tell while it streams."""

    def __init__(self, content: BinaryIO) -> None:
        self._content = content
        content.seek(0)
        with zipfile.ZipFile(content) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                text = _("This file would unpack to far more than it seems to hold.")
                raise unreadable("file_bomb", text)

    def of(self, sheet: Any) -> Iterator[Text]:
        with zipfile.ZipFile(self._content) as packed, packed.open(sheet._worksheet_path) as part:
            before = b""
            while chunk := part.read(_CHUNK):
                found = _MERGED.search(before + chunk)
                if found:
                    text = _("The cells {cells} are merged. Please split them.")
                    yield format_lazy(text, cells=found[1].decode())
                    return
                before = chunk[-200:]


def _rows(sheet: Any) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Every row that says something; one that the file leaves out is the same object each time."""
    with _whole():
        sheet.reset_dimensions()
        last: Any = None
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1):
            if number > LAST_ROW:
                raise ValueError(number)
            if row is last:
                continue
            last = row
            cells = [_cell(cell) for cell in row]
            if any(cell.text.strip() for cell in cells):
                yield number, cells


def _cell(cell: Any) -> Cell:
    value = cell.value
    match value:
        case None:
            return BLANK
        case _ if cell.data_type == "f":
            return Cell(str(value), Turned.FORMULA)
        case bool():
            return Cell(str(value).upper(), Turned.TRUTH)
        case str():
            return _text(value, is_error=cell.data_type == "e")
        case int() | float():
            return number_cell(value, cell.number_format or "")
        case datetime() if (value.hour, value.minute, value.second) == (0, 0, 0):
            return date_cell(value.date(), cell.number_format or "")
        case date() if not isinstance(value, datetime):
            return date_cell(value, cell.number_format or "")
        case _:  # an hour of a day, or a span of hours
            return Cell(str(value), Turned.DATE)


def _text(value: str, *, is_error: bool) -> Cell:
    if is_error:
        return Cell(value, Turned.ERROR)
    return Cell(_ESCAPED.sub(_character, value))


def _character(found: re.Match[str]) -> str:
    """The character that an escape stands for; one that no database keeps stays an escape."""
    character = chr(int(found[1], 16))
    return found[0] if character == "\0" or "\ud800" <= character <= "\udfff" else character
