"""Workbooks: what Excel makes of cells, which sheets and columns there are, row by row."""

import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from commitments.errors import Invalid
from commitments.imports.sheets import bounds
from commitments.rules.dates import LimitedDate
from tests.imports.sheets.files import read_xlsx, said, saved, told, workbook, xlsx

TARGETS = ["commitment", "number", "text_en", "unit", "value", "due"]
NO_DAY = "The spreadsheet made a date of what was typed. Please set the cell to “Text” and type it again."


def target(**cells):
    row = {"commitment": "test-a", "number": 1, "text_en": "Test"} | cells
    return [row.get(key) for key in TARGETS]


def read(*rows, **options):
    return read_xlsx({"targets": [TARGETS, *rows]}, **options)


def test_read_file_takes_the_columns_that_there_are():
    found = read_xlsx({"milestones": [["commitment", "number"], ["test-a", 2]]})

    assert said(found) == {"milestones": [(2, {"commitment": "test-a", "number": 2})]}
    assert (told(found), found.sheets["milestones"].letters) == (
        [], {"commitment": "A", "number": "B"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (22.5, "General", Decimal("22.5")),
        (0.1 + 0.2, "General", Decimal("0.3")),
        (1234, "#,##0", Decimal(1234)),
        (1.234, "General", Decimal("1.234")),
        ("1.234,5", "General", Decimal("1234.5")),
        ("123456789012345678.123456", "@", Decimal("123456789012345678.123456")),
        (None, "General", None),
        (" ", "General", None),
    ],
)
def test_read_file_reads_figures_without_noise(value, number_format, expected):
    book = workbook({"targets": [TARGETS, target(value=value)]})
    book["targets"]["E2"].number_format = number_format

    found = read_xlsx(saved(book))

    assert told(found) == []
    assert found.rows("targets")[0].values["value"] == expected


@pytest.mark.parametrize(
    ("unit", "expected", "faults"),
    [
        ("percent", Decimal(25), []),
        ("%", Decimal(25), []),
        (
            "people",
            None,
            [(
                "targets", 2, "E2", "25%",
                "Please write the figure without a percent sign; the unit is given beside it.",
            )],
        ),
    ],
)  # fmt: skip
def test_read_file_reads_per_cent_where_the_unit_is(unit, expected, faults):
    book = workbook({"targets": [TARGETS, target(unit=unit, value=0.25)]})
    book["targets"]["E2"].number_format = "0%"

    found = read_xlsx(saved(book))

    assert (found.rows("targets")[0].values.get("value"), told(found)) == (expected, faults)


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (datetime(2026, 5, 31), "dd/mm/yyyy", "2026-05-31"),  # noqa: DTZ001
        (date(2026, 5, 1), "mmm-yy", "2026-05"),
        (date(2026, 1, 1), "yyyy", "2026"),
        (2026, "General", "2026"),
        ("Q2/2026", "General", "2026-Q2"),
        (" tháng 5/2026 ", "General", "2026-05"),
    ],
)
def test_read_file_reads_dates_as_exactly_as_they_are_shown(value, number_format, expected):
    book = workbook({"targets": [TARGETS, target(due=value)]})
    book["targets"]["F2"].number_format = number_format

    found = read_xlsx(saved(book))

    assert told(found) == []
    assert found.rows("targets")[0].values["due"] == LimitedDate.parse(expected)


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"value": "=1+1"}, ("E2", "=1+1", "This is a formula. Please write the value that it gives.")),
        ({"value": "#REF!"}, ("E2", "#REF!", "The spreadsheet shows an error here. Please write the value.")),
        ({"value": date(2026, 5, 1)}, ("E2", "1/5/2026", NO_DAY)),
        ({"text_en": date(2026, 5, 1)}, ("C2", "1/5/2026", NO_DAY)),
        ({"value": "1.234"}, ("E2", "1.234", None)),
        ({"value": "many"}, ("E2", "many", "Please write digits only, for example 1234 or 22.5; the unit is given beside it.")),
        ({"due": "31/2/2026"}, ("F2", "31/2/2026", "Month 2 of 2026 has no day 31.")),
        ({"number": "one"}, ("B2", "one", "Please write a whole number from 1 to 9999.")),
        ({"number": None}, ("B2", "", "This cell is empty. Every row needs it.")),
        ({"commitment": " "}, ("A2", " ", "This cell is empty. Every row needs it.")),
    ],
)  # fmt: skip
def test_read_file_says_what_to_write_instead(cells, fault):
    found = read(target(**cells), language="en" if cells.get("value") == "many" else "vi")

    if fault[2] is None:
        assert told(found) == []  # a thousand in Vietnamese
        assert found.rows("targets")[0].values["value"] == Decimal(1234)
    else:
        assert told(found) == [("targets", 2, *fault)]


def test_read_file_asks_back_for_what_can_be_read_in_two_ways():
    assert [one[-1] for one in told(read(target(value="1.234"), language="en"))] == [
        "“1.234” can be read in two ways. Please write 1234 if you mean a whole number, or "
        "1.2340 if you mean a decimal."
    ]


def test_read_file_refuses_formulas_over_several_cells():
    book = workbook({"targets": [TARGETS, target()]})
    book["targets"]["E2"] = ArrayFormula("E2:E3", "=1+1")

    assert [one[2] for one in told(read_xlsx(saved(book)))] == ["E2"]


@pytest.mark.parametrize("word", ["lead", "LEAD", "Đơn vị chủ trì", "don vi chu tri", " lead "])
def test_read_file_takes_a_choice_by_its_word_in_either_language(word):
    rows = [["commitment", "organisation", "role"], ["test-a", "test-body", word]]

    found = read_xlsx({"participations": rows})

    assert (told(found), found.rows("participations")[0].values.get("role")) == ([], "lead")


def test_read_file_names_the_choices():
    rows = [["commitment", "organisation", "role"], ["test-a", "test-body", "boss"]]

    assert told(read_xlsx({"participations": rows})) == [
        (
            "participations", 2, "C2", "boss",
            "“boss” is not known here. Please write one of: lead, partner, selected_by, assigned_by.",
        )
    ]  # fmt: skip


def test_read_file_counts_rows_as_the_spreadsheet_does():
    found = read(["Commitment", "Number"], [], target(), [None, "  "], target(number=2))

    assert [(row.number, row.values["number"]) for row in found.rows("targets")] == [(4, 1), (6, 2)]


def test_read_file_knows_columns_by_their_headings_too():
    found = read_xlsx(
        {"Targets": [["Commitment", "Number", "Nội dung tiếng Anh"], ["a", 1, "Test"]]}
    )

    assert said(found) == {"targets": [(2, {"commitment": "a", "number": 1, "text_en": "Test"})]}


def test_read_file_names_unknown_twofold_and_missing_columns():
    rows = [["commitment", "colour", "text_en", "text_en"], ["test-a", "red", "Test", "Test"]]

    keys = "commitment, number, text_vi, text_en, metric, unit, comparator, value, value_max, baseline, baseline_on, direction, cumulation, due"
    assert told(read_xlsx({"targets": rows})) == [
        ("targets", 1, "B1", "colour", f"This column is not known. This sheet has the columns: {keys}."),
        ("targets", 1, "D1", "text_en", "The column “text_en” stands here a second time."),
        ("targets", 1, "", "", "The column “number” is missing. Every row needs it."),
    ]  # fmt: skip


def test_read_file_names_cells_under_no_column():
    found = read([*target(), None, "left over"])

    assert told(found) == [
        ("targets", 2, "H2", "left over", "This cell stands under no column. Please delete it.")
    ]


def test_read_file_names_unknown_sheets():
    found = read_xlsx({"targets": [TARGETS, target()], "Notes": [["anything"]], "Empty": []})

    names = "commitments, participations, targets, milestones, measurements"
    assert told(found) == [
        ("Notes", 0, "", "", f"This sheet is not known, or stands here twice. The sheets are: {names}.")
    ]  # fmt: skip


def test_read_file_names_hidden_sheets_and_merged_cells():
    book = workbook({"targets": [TARGETS, target()]})
    book["targets"].sheet_state = "hidden"
    book["targets"].merge_cells("A3:B3")
    book.create_sheet("shown")

    assert told(read_xlsx(saved(book))) == [
        ("targets", 0, "", "", "The cells A3:B3 are merged. Please split them."),
        ("targets", 0, "", "", "This sheet is hidden. Please show it, or delete it."),
    ]


def test_read_file_takes_so_many_rows_and_no_more(monkeypatch):
    book = workbook({"targets": [TARGETS]})
    for row in (3, bounds.MOST_ROWS + 2, bounds.MOST_ROWS + 3):
        for column, value in enumerate(target(number=row % 100 + 1), start=1):
            book["targets"].cell(row, column, value)

    found = read_xlsx(saved(book))

    assert [row.number for row in found.rows("targets")] == [3, bounds.MOST_ROWS + 2]
    assert told(found) == [
        ("targets", 20003, "", "", "A sheet has 20000 rows at most. Please divide the file.")
    ]


def test_read_file_looks_past_a_million_blank_rows():
    book = workbook({"targets": [TARGETS]})
    book["targets"].cell(1_048_576, 1, "test-a")

    assert [one[1] for one in told(read_xlsx(saved(book)))] == [1_048_576]


def test_read_file_takes_so_many_columns_and_no_more():
    rows = [[*TARGETS, *[None] * 60, "number"], target()]
    wide = [[*TARGETS, *[None] * 54, "number"], target()]

    assert told(read_xlsx({"targets": rows})) == []
    assert [one[2] for one in told(read_xlsx({"targets": wide}))] == ["BI1"]


def changed(stream, name, change):
    """The same package with one part changed."""
    made = BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == name else content)
    made.seek(0)
    return made


SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY e "&a;&a;&a;&a;&a;&a;">]>',
)


@pytest.mark.parametrize("doctype", ENTITIES)
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
def test_read_file_reads_no_entities(doctype, part):
    def attack(content):
        head, mark, rest = content.partition(b"?>")
        if not mark:
            return doctype + content
        return head + mark + doctype + rest

    hostile = changed(xlsx({"targets": [TARGETS, target()]}), part, attack)

    with pytest.raises(Invalid) as refused:
        read_xlsx(hostile)
    assert (refused.value.code, refused.value.field) == ("xlsx_broken", "upload")


def test_read_file_counts_to_no_row_that_no_workbook_has():
    def attack(content):
        return content.replace(b'<row r="2"', b'<row r="99999999999999"')

    with pytest.raises(Invalid) as refused:
        read_xlsx(changed(xlsx({"targets": [TARGETS, target()]}), SHEET, attack))
    assert refused.value.code == "xlsx_broken"


def test_read_file_refuses_what_unpacks_to_too_much(monkeypatch):
    monkeypatch.setattr("commitments.imports.sheets.from_xlsx.MOST_UNPACKED", 10_000)
    bomb = changed(xlsx({"targets": [TARGETS]}), SHEET, lambda content: content + b" " * 20_000)

    with pytest.raises(Invalid) as refused:
        read_xlsx(bomb)
    assert refused.value.code == "file_bomb"


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04broken", b"", xlsx({"targets": [TARGETS]}).getvalue()[:-300]]
)
def test_read_file_refuses_a_damaged_workbook(content):
    with pytest.raises(Invalid) as refused:
        read_xlsx(BytesIO(content))
    assert refused.value.code == "xlsx_broken"


def test_read_file_refuses_a_workbook_without_rows():
    with pytest.raises(Invalid) as refused:
        read_xlsx({"guide": [["sheet"], ["targets"]]})
    assert refused.value.code == "file_without_rows"


def test_read_file_reads_control_characters_as_they_were_written():
    book = openpyxl.load_workbook(
        xlsx({"targets": [TARGETS, target(text_en="a_x000D_b_x0000_c_xD800_")]})
    )

    read_back = read_xlsx(saved(book)).rows("targets")[0].values["text_en"]
    assert read_back == "a\rb_x0000_c_xD800_"
