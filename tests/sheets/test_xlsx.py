"""XLSX: text stays text, figures stay exact, headings stand still."""

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from commitments.sheets import Column, Table, write_xlsx
from commitments.sheets.as_xlsx import LONGEST_TEXT

ONE = Column("one", "Một")
KINDS = Column("kind", "Loại", choices=["a", "b"])


def book(*tables):
    stream = io.BytesIO()
    write_xlsx(tables, stream)
    return openpyxl.load_workbook(stream)


def column_of(values, column=ONE):
    sheet = book(Table("Test", [column], [(value,) for value in values]))["Test"]
    return [cell.value for (cell,) in sheet.iter_rows(min_row=3)]


def test_write_xlsx_has_keys_headings_and_rows():
    made = book(Table("First", [ONE, KINDS], [("a", "b"), (None, "a")]), Table("Second", [ONE], []))

    assert {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in made
    } == {
        "First": [["one", "kind"], ["Một", "Loại"], ["a", "b"], [None, "a"]],
        "Second": [["one"], ["Một"]],
    }
    assert made["First"].freeze_panes == "B3"
    assert made["First"]["A2"].font.bold is True


@pytest.mark.parametrize("text", ["=1+1", "+1", "@a", "https://example.org/", "007", "1e5", "'=1"])
def test_write_xlsx_stores_text_as_text(text):
    cell = book(Table("Test", [ONE], [(text,)]))["Test"]["A3"]

    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_write_xlsx_keeps_every_digit():
    figures = [Decimal("22.50"), Decimal("123456789012345.123456"), Decimal("0.1"), 7]

    assert column_of(figures) == [22.5, "123456789012345.123456", 0.1, 7]


def test_write_xlsx_writes_days_as_days_and_less_as_text():
    assert column_of([date(2026, 5, 31), "2026-Q2"]) == [datetime(2026, 5, 31), "2026-Q2"]  # noqa: DTZ001


def test_write_xlsx_cuts_what_no_cell_holds_and_says_so():
    assert column_of(["a" * (LONGEST_TEXT + 1)]) == ["a" * (LONGEST_TEXT - 1) + "…"]


def test_write_xlsx_offers_choices():
    long = [f"test-body-{number}" for number in range(60)]
    made = book(Table("Test", [KINDS, Column("body", "Cơ quan", choices=long)], []))

    offered = {str(one.sqref): one.formula1 for one in made["Test"].data_validations.dataValidation}
    assert offered == {"A3:A20003": '"a,b"', "B3:B20003": "_choices!$A$1:$A$60"}
    assert made["_choices"].sheet_state == "hidden"
    assert [cell.value for cell in made["_choices"]["A"]] == long


def test_write_xlsx_names_sheets_as_a_program_takes_them():
    assert book(Table("Test: a/b [c] " + "d" * 40, [ONE], [])).sheetnames == [
        "Test  a b  c  ddddddddddddddddd"
    ]


def test_write_xlsx_lets_figures_be_calculated_with():
    figure = Column("value", "Giá trị", is_figure=True)
    sheet = book(Table("Test", [ONE, figure], [("a", Decimal(1))]))["Test"]

    assert (sheet.column_dimensions["A"].number_format, sheet["B3"].number_format) == ("@", "General")  # fmt: skip
