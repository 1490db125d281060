"""CSV files: encodings, delimiters, quotation, and which sheet they are."""

import csv as library
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.errors import Invalid
from commitments.imports.sheets.from_csv import grid_of
from commitments.sheets import Column, Table, write_csv
from tests.imports.sheets.files import csv, read_csv, said, told

HEAD = "commitment,number,text_en,value"
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)


def refusal(content):
    with pytest.raises(Invalid) as refused:
        read_csv(content)
    return (refused.value.code, refused.value.field, str(refused.value))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_read_file_finds_out_encoding_and_delimiter(encoding, delimiter):
    text = f'{HEAD.replace(",", delimiter)}\r\ntest-a{delimiter}1{delimiter}"Thử, ""hai""\r\ndòng"{delimiter}"22,5"\r\n'

    found = read_csv(csv(text, encoding))

    row = {"commitment": "test-a", "number": 1, "text_en": 'Thử, "hai"\ndòng', "value": Decimal("22.5")}  # fmt: skip
    assert (said(found), told(found)) == ({"targets": [(2, row)]}, [])


def test_read_file_heeds_the_line_that_names_the_delimiter():
    found = read_csv(f"sep=;\r\n{HEAD.replace(',', ';')}\r\na;1;Test;2\r\nb;x;Test;2\r\n")

    assert [row.number for row in found.rows("targets")] == [3, 4]
    assert [one[1:3] for one in told(found)] == [(4, "B4")]


@pytest.mark.parametrize(
    ("content", "code", "text"),
    [
        (
            b"commitment,number\r\nTh\xe9,1",
            "csv_encoding",
            "This file is neither UTF-8 nor UTF-16 text: byte 22 cannot be read. Please save it as "
            "“CSV UTF-8”, or as a workbook (XLSX).",
        ),
        (
            b"\xef\xbb\xbfcommitment,number\r\n\xff",
            "csv_encoding",
            "This file is neither UTF-8 nor UTF-16 text: byte 23 cannot be read. Please save it as "
            "“CSV UTF-8”, or as a workbook (XLSX).",
        ),
        (
            b"commitment,number\r\na\0,1",
            "csv_not_text",
            "Byte 21 of this file is zero, which no text holds. Is it a CSV file?",
        ),
        (
            b'commitment,number,value\r\na,1,2\r\n"b,2\r\n',
            "csv_broken",
            "Row 3 of this file cannot be taken apart: a quotation mark is not closed, or a cell "
            "is longer than 131072 characters.",
        ),
        (b"", "file_without_rows", "This file holds no rows. Please start from the template."),
    ],
)
def test_read_file_says_why_it_cannot_be_read(content, code, text):
    assert refusal(io.BytesIO(content)) == (code, "upload", text)


@pytest.mark.parametrize(
    ("head", "name", "sheet"),
    [
        ("slug,title_en", "any.csv", "commitments"),
        ("commitment,organisation,role", "any.csv", "participations"),
        ("commitment,number,metric", "any.csv", "targets"),
        ("commitment,number,title_en", "any.csv", "milestones"),
        ("commitment,target,as_of_on,value", "any.csv", "measurements"),
        ("commitment,number,due", "test-milestones-2026-01-01.csv", "milestones"),
    ],
)
def test_read_file_knows_the_sheet_by_its_columns(head, name, sheet):
    assert list(read_csv(f"{head}\r\n", name=name).sheets) == [sheet]


def test_read_file_asks_where_columns_do_not_tell_the_sheet():
    assert [one[:3] for one in told(read_csv("commitment,number,due\r\na,1,2026"))] == [("", 1, "")]


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_grid_of_reads_back_what_was_written(rows):
    table = Table("Test", [Column("one", "One"), Column("two", "Two")], rows)
    written = "".join(write_csv(table)).encode()

    read = [tuple(cell.text for cell in cells) for _number, cells in grid_of(written).rows]

    assert read[2:] == [row for row in rows if "".join(row).strip()]


def test_read_file_takes_back_what_export_disarmed():
    line = io.StringIO()
    library.writer(line).writerow(["a", 1, "'=1+1", ""])

    found = read_csv(f"{HEAD}\r\n{line.getvalue()}")

    assert found.rows("targets")[0].values["text_en"] == "=1+1"
