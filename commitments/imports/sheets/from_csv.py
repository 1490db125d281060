"""CSV files: which encoding, which delimiter, and every cell as it was typed."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.imports.sheets.bounds import unreadable
from commitments.imports.sheets.cells import BLANK, Cell
from commitments.imports.sheets.grid import Grid
from commitments.sheets.cells import original

DELIMITERS = ",;\t"
LONGEST_CELL = 131_072
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def grid_of(content: bytes) -> Grid:
    """The one sheet of the file. Raises Invalid at `upload` for what is no text."""
    text = decoded(content)
    first, _break, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return Grid("", _rows(rest, first.strip()[-1], started=1))
    return Grid("", _rows(text, _delimiter(first), started=0))


def decoded(content: bytes) -> str:
    """The text of UTF-8 or UTF-16, with or without its mark; else a refusal that says where."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :], encoding, len(mark))
    return _decoded(content, _without_mark(content[:64]), 0)


def _without_mark(head: bytes) -> str:
    """UTF-16 of Latin letters has a zero in every second byte."""
    if len(head) >= 4 and head[1] == head[3] == 0 != head[0]:
        return "utf-16-le"
    if len(head) >= 4 and head[0] == head[2] == 0 != head[1]:
        return "utf-16-be"
    return "utf-8"


def _decoded(content: bytes, encoding: str, skipped: int) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        asked = _(
            "This file is neither UTF-8 nor UTF-16 text: byte {place} cannot be read. "
            "Please save it as “CSV UTF-8”, or as a workbook (XLSX)."
        )
        place = error.start + skipped + 1
        raise unreadable("csv_encoding", format_lazy(asked, place=place)) from error
    if "\0" in text:
        place = len(text[: text.index("\0")].encode(encoding)) + skipped + 1
        asked = _("Byte {place} of this file is zero, which no text holds. Is it a CSV file?")
        raise unreadable("csv_not_text", format_lazy(asked, place=place))
    return text


def _delimiter(first: str) -> str:
    return max(DELIMITERS, key=first.count)


def _rows(text: str, delimiter: str, started: int) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Each record with the number of the row that a spreadsheet puts it in."""
    number = started
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, record in enumerate(reader, start=started + 1):
            if any(cell.strip() for cell in record):
                yield number, [Cell(original(cell)) if cell else BLANK for cell in record]
    except csv.Error as error:
        asked = _(
            "Row {row} of this file cannot be taken apart: a quotation mark is not closed, or a "
            "cell is longer than {most} characters."
        )
        told = format_lazy(asked, row=number + 1, most=LONGEST_CELL)
        raise unreadable("csv_broken", told) from error
