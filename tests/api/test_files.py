"""Whole lists as files: every row once, nothing that a program would run, JSON all the same."""

import gzip
import io
from csv import DictReader

import orjson
import pytest
from openpyxl import load_workbook

from commitments.rules.negotiation import MEDIA_TYPES
from tests import factories as make
from tests.api.paths import LISTS

PAGE = "/api/v1/updates/"


def body(answer):
    return b"".join(answer) if answer.streaming else answer.content


def rows_of_csv(answer):
    text = body(answer).decode()
    assert text.startswith("\ufeff")
    return list(DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.fixture
def many(everything):
    """More updates than a page holds, and a text that a spreadsheet would take for a formula."""
    commitment = make.CommitmentFactory(slug="many", title_en="=1+1")
    for number in range(60):
        make.StatusUpdateFactory(commitment=commitment, is_published=True, number=number + 1,
                                 summary_en="@SUM(A1)" if number else "-1")  # fmt: skip
    return commitment


def test_files_hold_the_whole_list_in_every_form(client, many):
    pages = [client.get(PAGE, {"page_size": 200, "as_of_after": "2026"}).json()["results"]]
    lines = body(client.get(PAGE, {"format": "ndjson", "as_of_after": "2026"})).splitlines()
    table = rows_of_csv(client.get(PAGE, {"as_of_after": "2026"}, headers={"Accept": "text/csv"}))
    book = load_workbook(io.BytesIO(body(client.get(PAGE, {"format": "xlsx"}))))
    sheet = [[cell.value for cell in row] for row in book.active.iter_rows()]

    assert [orjson.loads(line) for line in lines] == pages[0]
    assert [row["number"] for row in table] == [str(row["number"]) for row in pages[0]]
    assert list(table[0]) == list(pages[0][0]) == sheet[0]
    assert len(sheet) == len(pages[0]) + 2
    texts = {row["summary_en"] for row in table if row["commitment"] == "many"}
    assert texts == {"'@SUM(A1)", "-1"}
    assert [cell.data_type for cell in book.active[5]].count("f") == 0


def test_cells_hold_lists_and_objects(client, everything):
    (row,) = rows_of_csv(client.get("/api/v1/commitments/?format=csv"))
    (short,) = rows_of_csv(client.get("/api/v1/commitments/?format=csv&fields=title,slug&lang=en"))

    assert (row["sources"], row["is_demo"], row["note"]) == ("test-source", "false", "")
    assert orjson.loads(row["participations"])[0]["organisation"] == "test-lead"
    assert list(short) == ["slug", "title"]


def test_every_list_comes_in_every_form(client, everything):
    make.PublicEventFactory(sequence=1)
    found = {
        (name, form): (
            answer.status_code,
            answer["Content-Type"].partition(";")[0],
            bool(body(answer)),
        )
        for name in LISTS
        for form in MEDIA_TYPES
        for answer in [client.get(f"/api/v1/{name}/", {"format": form})]
    }

    assert found == {(name, form): (200, kind, True) for name in LISTS for form, kind in MEDIA_TYPES.items()}  # fmt: skip


def test_files_say_what_they_are(client, everything, today):
    path = "/api/v1/commitments/"
    packed = client.get(path, {"format": "ndjson"}, headers={"Accept-Encoding": "gzip"})
    plain = client.get(path, {"format": "ndjson"})
    head = client.head(path, {"format": "csv"})

    assert gzip.decompress(body(packed)) == body(plain)
    assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", "Accept-Encoding, Accept")
    assert plain["Content-Disposition"] == 'attachment; filename="commitments-2026-06-01.ndjson"'
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Type"] == "text/csv; charset=utf-8"


def test_forms_that_are_not_there_are_not_acceptable(client, everything):
    """Refused as JSON; what is no list is JSON only."""
    asked = [("commitments/", "application/xml"), ("commitments/test-commitment/", "text/csv"),
             ("search/?q=test", "text/csv"), ("", "image/png")]  # fmt: skip
    answers = [client.get(f"/api/v1/{path}", headers={"Accept": accept}) for path, accept in asked]
    wrong = client.get("/api/v1/gaps/?stage=1", headers={"Accept": "text/csv"})

    assert [(one.status_code, one["Content-Type"]) for one in answers] == [
        (406, "application/problem+json")
    ] * 4
    assert answers[0].json()["type"].endswith("/api/problems/not-acceptable/")
    assert (wrong.status_code, wrong["Content-Type"]) == (400, "application/problem+json")


def test_workbooks_are_bounded(client, many, monkeypatch):
    monkeypatch.setattr("commitments.api.exporting.MOST_IN_A_BOOK", 10)
    answers = {form: client.get(PAGE, {"format": form}) for form in ("xlsx", "csv")}

    assert (answers["xlsx"].status_code, answers["csv"].status_code) == (413, 200)
    assert "10" in answers["xlsx"].json()["detail"]
    assert len(rows_of_csv(answers["csv"])) == 62


@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_files_cost_the_same_queries_for_rows_of_one_chunk(
    many, client, django_assert_num_queries, form
):
    with django_assert_num_queries(6):
        body(client.get(PAGE, {"format": form}))
