"""The first rows of a sheet: which column is which, and which sheet it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from xlsxwriter.utility import xl_col_to_name

from commitments.imports.sheets.bounds import MOST_COLUMNS
from commitments.imports.sheets.cells import Cell
from commitments.sheets.plan import SHEETS, Field, Sheet
from commitments.sheets.said import LONGEST_VALUE, Fault
from commitments.text.display import LANGUAGES
from commitments.text.folding import fold


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of a sheet by their place, counted from 0."""

    sheet: Sheet
    fields: Mapping[int, Field]

    @property
    def letters(self) -> dict[str, str]:
        return {field.key: xl_col_to_name(place) for place, field in self.fields.items()}


def sheet_called(name: str) -> Sheet | None:
    """The sheet of that name, as a program or either language calls it."""
    wanted = fold(name)
    for sheet in SHEETS.values():
        if wanted in {fold(sheet.name), *_words(sheet.title)}:
            return sheet
    return None


def sheet_of_columns(cells: Sequence[Cell], file_name: str) -> Sheet | None:
    """The sheet that has all these columns; of several, the one that the file is named for."""
    keys = [fold(cell.text) for cell in cells if cell.text.strip()]
    fits = [sheet for sheet in SHEETS.values() if _fits(sheet, keys)]
    named = [sheet for sheet in fits if sheet.name in file_name.lower()]
    best = named or fits
    return best[0] if len(best) == 1 else None


def _fits(sheet: Sheet, keys: Sequence[str]) -> bool:
    found = [_field_called(sheet, key) for key in keys]
    needed = {one.key for one in sheet.fields if one.needed}
    return all(found) and needed <= {one.key for one in found if one}


def _field_called(sheet: Sheet, folded: str) -> Field | None:
    """By its key; else by its heading in either language, where the row of keys was deleted."""
    for field in sheet.fields:
        if folded == fold(field.key):
            return field
    return next((field for field in sheet.fields if folded in _words(field.heading)), None)


def _words(text: object) -> set[str]:
    found = set()
    for language in LANGUAGES:
        with translation.override(language):
            found.add(fold(str(text)))
    return found


def head_of(sheet: Sheet, row: int, cells: Sequence[Cell]) -> tuple[Head, list[Fault]]:
    """The columns as they stand, and what is wrong with them."""
    fields: dict[int, Field] = {}
    faults: list[Fault] = []
    for place, cell in enumerate(cells):
        if not cell.text.strip():
            continue
        field = _field_called(sheet, fold(cell.text)) if place < MOST_COLUMNS else None
        if field is None or field in fields.values():
            faults.append(_wrong_column(sheet, row, place, cell, field))
        else:
            fields[place] = field
    return Head(sheet, fields), [*faults, *_missing(sheet, row, fields)]


def _wrong_column(sheet: Sheet, row: int, place: int, cell: Cell, field: Field | None) -> Fault:
    keys = ", ".join(one.key for one in sheet.fields)
    if field is not None:
        text = format_lazy(_("The column “{key}” stands here a second time."), key=field.key)
    else:
        asked = _("This column is not known. This sheet has the columns: {keys}.")
        text = format_lazy(asked, keys=keys)
    at = f"{xl_col_to_name(place)}{row}"
    return Fault(sheet.name, text, row, "", at, cell.text[:LONGEST_VALUE])


def _missing(sheet: Sheet, row: int, fields: Mapping[int, Field]) -> Iterator[Fault]:
    for field in sheet.fields:
        if field.needed and field not in fields.values():
            text = _("The column “{key}” is missing. Every row needs it.")
            yield Fault(sheet.name, format_lazy(text, key=field.key), row, field.key)


def is_headings(head: Head, cells: Sequence[Cell]) -> bool:
    """Whether a row repeats what its columns are called, as our files do in their second row."""
    said = [(head.fields[place], cell) for place, cell in enumerate(cells)
            if cell.text.strip() and place in head.fields]  # fmt: skip
    return bool(said) and all(
        fold(cell.text) in {fold(field.key), *_words(field.heading)} for field, cell in said[:3]
    )
