"""Makes the files that tests of imports read."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl

from commitments.imports.sheets import read_file
from commitments.imports.sheets.kinds import CSV
from commitments.text.files import XLSX

Rows = Sequence[Iterable[Any]]


def workbook(sheets: dict[str, Rows]) -> Any:
    """A workbook as Excel would save it, to be changed further."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return book


def saved(book: Any) -> io.BytesIO:
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def xlsx(sheets: dict[str, Rows]) -> io.BytesIO:
    return saved(workbook(sheets))


def csv(text: str, encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO(text.encode(encoding))


def read_xlsx(sheets: dict[str, Rows] | io.BytesIO, language: str = "vi"):
    stream = sheets if isinstance(sheets, io.BytesIO) else xlsx(sheets)
    return read_file(stream, name="test.xlsx", media_type=XLSX, language=language)


def read_csv(content: str | io.BytesIO, name: str = "test.csv", language: str = "vi"):
    stream = csv(content) if isinstance(content, str) else content
    return read_file(stream, name=name, media_type=CSV, language=language)


def said(found) -> dict[str, list[tuple[int, dict[str, Any]]]]:
    """Sheets with their rows, as plain values."""
    return {
        name: [(row.number, dict(row.values)) for row in sheet.rows]
        for name, sheet in found.sheets.items()
    }


def told(found) -> list[tuple[str, int, str, str, str]]:
    """The errors: sheet, row, cell, what stands there, and the text."""
    return [(one.sheet, one.row, one.cell, one.value, str(one.text)) for one in found.faults]
