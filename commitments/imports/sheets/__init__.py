"""Reads spreadsheets: from bytes to rows of values, with an error for each cell that is none."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from xlsxwriter.utility import xl_col_to_name

from commitments.errors import Invalid, Refusal
from commitments.imports.sheets.bounds import (
    HEAD,
    MOST_BYTES,
    MOST_FAULTS,
    MOST_ROWS,
    unreadable,
)
from commitments.imports.sheets.cells import BLANK, Cell, read_cell
from commitments.imports.sheets.from_csv import grid_of
from commitments.imports.sheets.from_xlsx import grids_of
from commitments.imports.sheets.grid import Grid
from commitments.imports.sheets.heads import (
    Head,
    head_of,
    is_headings,
    sheet_called,
    sheet_of_columns,
)
from commitments.imports.sheets.kinds import CSV, kind_of
from commitments.sheets.plan import GUIDE, SHEETS, Field, Sheet
from commitments.sheets.said import LONGEST_VALUE, Fault, FileSaid, Read, Row, SheetSaid

__all__ = ["CSV", "MOST_BYTES", "MOST_ROWS", "kind_of", "read_file"]


def read_file(content: BinaryIO, *, name: str, media_type: str, language: str) -> FileSaid:
    """Read every row of a workbook or CSV file; figures as somebody writes them in `language`.

    Raises Invalid at `upload` for a file that cannot be read at all.
    """
    said = FileSaid()
    content.seek(0)
    if media_type == CSV:
        _take(grid_of(content.read()), said, language, file_name=name)
    else:
        for grid in grids_of(content):
            _take(grid, said, language)
    if not said.sheets and not said.faults:
        raise unreadable("file_without_rows", _NOTHING)
    return said


_NOTHING = _("This file holds no rows. Please start from the template.")


def _take(grid: Grid, said: FileSaid, language: str, *, file_name: str = "") -> None:
    """Add what a sheet says, or what is wrong with it."""
    if len(said.faults) >= MOST_FAULTS:
        return
    rows = iter(grid.rows)
    first = next(rows, None)
    if first is None or grid.name.lower() == GUIDE:
        return
    number, cells = first
    sheet = sheet_called(grid.name) if grid.name else sheet_of_columns(cells, file_name)
    if sheet is None or sheet.name in said.sheets:
        said.faults.append(_unknown(grid))
        return
    said.faults += [Fault(sheet.name, text) for text in grid.faults]
    head, faults = head_of(sheet, number, cells)
    said.faults += faults
    said.sheets[sheet.name] = SheetSaid(sheet.name, head.letters)
    if not faults:
        _take_rows(head, rows, said, language)


def _unknown(grid: Grid) -> Fault:
    if grid.name:
        text = _("This sheet is not known, or stands here twice. The sheets are: {names}.")
        return Fault(grid.name, format_lazy(text, names=", ".join(SHEETS)))
    text = _(
        "The columns of the first row do not tell which sheet this is. Please keep the row of "
        "keys of the template, or name the file after the sheet: {names}."
    )
    return Fault("", format_lazy(text, names=", ".join(SHEETS)), 1)


def _take_rows(
    head: Head, rows: Iterator[tuple[int, Sequence[Cell]]], said: FileSaid, language: str
) -> None:
    into = said.sheets[head.sheet.name]
    for number, cells in rows:
        if number == HEAD and is_headings(head, cells):
            continue
        if number > MOST_ROWS + HEAD or len(said.faults) >= MOST_FAULTS:
            said.faults.append(_too_many(head.sheet, number))
            return
        into.rows.append(_row(head, number, cells, into, said.faults, language))


def _too_many(sheet: Sheet, number: int) -> Fault:
    if number > MOST_ROWS + HEAD:
        text = _("A sheet has {most} rows at most. Please divide the file.")
        return Fault(sheet.name, format_lazy(text, most=MOST_ROWS), number)
    return Fault(sheet.name, _("There are too many errors; from here on nothing was read."), number)


def _row(
    head: Head, number: int, cells: Sequence[Cell], into: SheetSaid,
    faults: list[Fault], language: str,
) -> Row:  # fmt: skip
    """Read each cell under a known column; one that stands under none is an error."""
    values: dict[str, Read] = {}
    unit = _unit(head, cells)
    for place, field in head.fields.items():
        cell = cells[place] if place < len(cells) else BLANK
        if field.shown and field.key != "reference":
            continue
        try:
            values[field.key] = _needed(field, read_cell(field, cell, language, unit))
        except Refusal as refused:
            faults.append(into.fault(number, field.key, refused.text, cell.text))
    for place, cell in enumerate(cells):
        if place not in head.fields and cell.text.strip():
            text = _("This cell stands under no column. Please delete it.")
            at = f"{xl_col_to_name(place)}{number}"
            faults.append(Fault(head.sheet.name, text, number, "", at, cell.text[:LONGEST_VALUE]))
    return Row(number, values)


def _unit(head: Head, cells: Sequence[Cell]) -> str:
    for place, field in head.fields.items():
        if field.key == "unit" and place < len(cells):
            return cells[place].text
    return ""


def _needed(field: Field, value: Read) -> Read:
    """The key of a commitment may be blank, where its reference is given instead."""
    if field.needed and field.key != "slug" and value in ("", None):
        raise Invalid("cell_missing", _("This cell is empty. Every row needs it."))
    return value
