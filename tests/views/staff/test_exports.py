"""Lists as files: exactly what is filtered, in the chosen columns, and nothing that runs."""

import csv
import io
import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from commitments.models import Commitment
from tests import factories
from tests.factories.clock import TODAY
from tests.views.staff.test_register import draft, fill, led

EXPORT = "/en/staff/exports/commitments."
pytestmark = pytest.mark.usefixtures("monday")


def file_of(response):
    return b"".join(response.streaming_content)


def lines(response):
    return list(csv.reader(io.StringIO(file_of(response).decode("utf-8-sig"))))


def cells(response):
    [sheet] = load_workbook(io.BytesIO(file_of(response))).worksheets
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


KEYS = ["reference", "title", "lead", "due", "stage", "forecast", "reporting", "as_of"]
HEADINGS = ["Reference", "Title", "Responsible body", "Due", "Stage", "Forecast", "Reporting",
            "Last update as of"]  # fmt: skip
FIRST = ["CPT26-001", "Test commitment", "Test lead", "", "No stage stated", "Not given",
         "Not asked", ""]  # fmt: skip


def test_export_csv_holds_what_the_list_shows(erin, world, as_):
    led(
        world, reference="Z-1", title_en="Test dated", due="2026-Q2", due_earliest=TODAY,
        due_latest=TODAY, last_as_of_on=TODAY, stage="in_progress", stage_as_of_on=TODAY,
    )  # fmt: skip

    answer = as_(erin).get(f"{EXPORT}csv")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="commitments-2026-06-01.csv"'
    content = file_of(answer)
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == [
        KEYS, HEADINGS, FIRST,
        ["Z-1", "Test dated", "Test lead", "2026-Q2", "In progress", "Not given", "Not asked",
         "2026-06-01"],
    ]  # fmt: skip


def test_export_xlsx_holds_the_same(erin, world, as_):
    answer = as_(erin).get(f"{EXPORT}xlsx")

    assert answer["Content-Type"] == (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    assert answer["Content-Disposition"] == 'attachment; filename="commitments-2026-06-01.xlsx"'
    assert cells(answer) == [KEYS, HEADINGS, [value or None for value in FIRST]]


def test_export_speaks_the_language_of_the_page(erin, world, as_):
    type(world.body).objects.filter(pk=world.body.pk).update(name_vi="Đơn vị thử nghiệm")

    found = lines(as_(erin).get("/vi/staff/exports/commitments.csv", {"columns": "lead"}))

    assert found[0] == ["reference", "title", "lead"]
    assert found[2][2] == "Đơn vị thử nghiệm"


def test_export_keeps_filters_order_and_columns(alice, erin, world, as_):
    factories.AssignmentFactory(commitment=world.commitment, person=alice)
    led(world, reference="Z-1", title_en="Test b", kind="national_mission")
    led(world, reference="Z-2", title_en="Test a", kind="national_mission")

    asked = {"kind": "national_mission", "sort": "-reference", "columns": ["charged", "kind"]}
    found = lines(as_(erin).get(f"{EXPORT}csv", asked))

    assert found[2:] == [
        ["Z-2", "Test a", "National mission", ""], ["Z-1", "Test b", "National mission", ""],
    ]  # fmt: skip
    everything = {"columns": ["charged", "programme", "priority", "verification", "state"]}
    assert lines(as_(erin).get(f"{EXPORT}csv", everything))[2] == [
        "CPT26-001", "Test commitment", "Test programme", "", "Alice", "",
        "Published 2026-06-01",
    ]  # fmt: skip


FORMULA = '=HYPERLINK("http://example.org/","Test")'


def test_export_runs_nothing(erin, world, as_):
    Commitment.objects.update(title_en=FORMULA)
    asked = {"columns": "kind"}

    assert lines(as_(erin).get(f"{EXPORT}csv", asked))[2][1] == f"'{FORMULA}"
    stream = io.BytesIO(file_of(as_(erin).get(f"{EXPORT}xlsx", asked)))
    cell = load_workbook(stream).worksheets[0]["B3"]
    assert (cell.value, cell.data_type) == (FORMULA, "s")


@pytest.mark.parametrize(("who", "seen"), [("alice", 2), ("erin", 2), ("bob", 1), ("carol", 1)])
def test_export_holds_no_drafts_of_others(who, seen, request, world, as_):
    person = request.getfixturevalue(who)
    draft(world, title_en="Test draft")

    found = lines(as_(person).get(f"{EXPORT}csv"))[2:]

    assert len(found) == seen
    assert ("Test draft" in {row[1] for row in found}) == (seen == 2)


@pytest.mark.parametrize(
    ("path", "status"),
    [("csv?stage=nonsense", 400), ("csv?columns=secret", 400), ("pdf", 404), ("csv?page=9", 200)],
)
def test_export_of_what_cannot_be_read(path, status, erin, world, as_):
    assert as_(erin).get(EXPORT + path).status_code == status


def test_export_is_for_those_who_logged_in(client, world):
    assert client.get(f"{EXPORT}csv").status_code == 302


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export_holds_every_row_in_bounded_memory(form, erin, world, as_):
    client = as_(erin)
    lines_of = {"csv": lines, "xlsx": cells}[form]
    fill(world, 1_500)

    assert len(lines_of(client.get(EXPORT + form))) == 1_503
    peaks = []
    for more in (0, 1_500):
        fill(world, more)
        tracemalloc.start()
        answer = client.get(EXPORT + form)
        for _piece in answer.streaming_content:
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5


def test_export_asks_as_often_for_a_chunk_as_for_a_row(erin, world, as_):
    client = as_(erin)

    def queries():
        with CaptureQueriesContext(connection) as found:
            file_of(client.get(f"{EXPORT}csv"))
        return len(found)

    one = queries()
    fill(world, 400)

    assert queries() == one
