"""Briefs: the page to print, the PDF file, and what stands in where none can be made."""

import subprocess
from datetime import date

import pytest

from commitments import prints
from commitments.prints import pdf
from tests import factories
from tests.views.public.reading import sections


@pytest.fixture
def priority(world):
    """One task, past due, that says in Vietnamese what it is; and one thing said of it."""
    priority = factories.PriorityFactory(
        programme=world.programme, slug="first", number=1, title_vi="Ưu tiên thứ nhất", title_en="Test priority"
    )  # fmt: skip
    task = factories.CommitmentFactory(
        programme=world.programme, priority=priority, kind="government_task", slug="task",
        reference="GTT26-001", title_vi="Nghị quyết về khung pháp lý thử nghiệm", title_en="Test task",
        due="2026-05-31", due_earliest=date(2026, 5, 31), due_latest=date(2026, 5, 31),
        original_due="2026-05-31", original_due_earliest=date(2026, 5, 31),
        original_due_latest=date(2026, 5, 31),
    )  # fmt: skip
    factories.StatusUpdateFactory(commitment=task, is_published=True, summary_en="Test summary")
    return priority


def test_priority_brief_says_what_decides(client, priority):
    found = sections(client.get("/en/programmes/test/priorities/first/brief/"))

    assert found["Where it stands"] == (
        "1 task Worst first. Every commitment is counted once, and nothing is averaged."
        " Only tasks are counted; missions and pledges stand in the list."
    )
    assert found["Commitments"].endswith(
        "GTT26-001 Test task no body named 31 May 2026 Past due No stage stated No forecast given"
        " Not asked to report"
    )
    assert found["What changed in the last 30 days"].startswith(
        "1 June 2026 · GTT26-001 Test task: Test summary"
    )
    assert found["Next dates"] == "No due date lies ahead."


def test_programme_brief_holds_what_is_under_no_priority_too(client, priority):
    found = sections(client.get("/en/programmes/test/brief/"))

    assert "CPT26-001 Test commitment" in found["Commitments"]
    assert "GTT26-001 Test task" in found["Commitments"]


def test_brief_of_nothing_says_so(client, db):
    factories.ProgrammeFactory(slug="empty")

    found = sections(client.get("/en/programmes/empty/brief/"))

    assert found["Where it stands"].startswith("Nothing has been published here yet.")
    assert found["Commitments"] == "Nothing has been published here yet."


def test_brief_takes_as_many_queries_for_many(client, priority, django_assert_max_num_queries):
    for number in range(5):
        row = factories.CommitmentFactory(
            programme=priority.programme, priority=priority, kind="government_task"
        )
        factories.StatusUpdateFactory(commitment=row, is_published=True)
        factories.ParticipationFactory(commitment=row, role="lead")
        target = factories.TargetFactory(commitment=row, metric="a", unit="b", value=number + 1)
        factories.MeasurementFactory(
            update=factories.StatusUpdateFactory(commitment=row, is_published=True), target=target
        )

    with django_assert_max_num_queries(26):
        assert client.get("/en/programmes/test/priorities/first/brief/").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["programmes/never/brief", "programmes/test/priorities/never/brief"],
)
def test_brief_that_is_not_there_is_not_found(client, world, path):
    assert [client.get(f"/en/{path}{end}").status_code for end in ("/", ".pdf")] == [404, 404]


def test_brief_pdf_opens_with_its_fonts_and_vietnamese_text(client, priority, tmp_path):
    """Where the libraries are missing the print page stands in, and says so."""
    response = client.get("/vi/programmes/test/priorities/first/brief.pdf")
    if not prints.is_possible():
        assert response["Location"] == "/vi/programmes/test/priorities/first/brief/?pdf=missing"
        return
    file = tmp_path / "brief.pdf"
    file.write_bytes(response.content)

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="cam-ket-test-1-2026-06-01.pdf"'
    assert file.read_bytes()[:5] == b"%PDF-"
    text = " ".join(_asked("pdftotext", file, "-").split())
    assert "Ưu tiên thứ nhất" in text
    assert "Nghị quyết về khung pháp lý thử nghiệm" in text
    fonts = [line.split() for line in _asked("pdffonts", file).splitlines()[2:]]
    assert fonts
    assert {row[-5] for row in fonts} == {"yes"}  # embedded
    assert any("Be-Vietnam-Pro" in row[0] for row in fonts)
    said = _asked("pdfinfo", file)
    assert "Tagged:          yes" in said
    assert "Ưu tiên thứ nhất" in said


def _asked(program, *arguments):
    return subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout


def test_brief_pdf_is_made_once(client, priority, monkeypatch):
    if not prints.is_possible():
        return
    address = "/en/programmes/test/brief.pdf"
    first = client.get(address).content
    monkeypatch.setattr(pdf, "_library", None)  # whoever made another would fail

    monkeypatch.setattr("commitments.views.public.briefs.is_possible", lambda: True)
    assert client.get(address).content == first


def test_brief_page_stands_in_where_no_file_can_be_made(client, priority, monkeypatch):
    monkeypatch.setattr("commitments.views.public.briefs.is_possible", lambda: False)

    response = client.get("/en/programmes/test/brief.pdf")
    page = client.get(response["Location"]).content.decode()

    assert (response.status_code, response["Location"], response["Cache-Control"]) == (
        302, "/en/programmes/test/brief/?pdf=missing", "no-store",
    )  # fmt: skip
    assert "This page stands in for the PDF file" in page
    assert "brief.pdf" not in page
