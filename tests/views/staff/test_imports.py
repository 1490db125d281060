"""The pages of imports: for officers only, nothing written before it was seen, every error named."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Commitment, ImportRun, StoredFile
from tests import factories
from tests.imports.sheets.files import xlsx
from tests.services.imports.asking import PLAN, counts
from tests.views.staff.reading import errors, refusal, rows, sections, told, words

pytestmark = pytest.mark.usefixtures("monday")

LIST, ADD = "/en/staff/imports/", "/en/staff/imports/add/"
OTHERS = ["alice", "dan", "bob", "carol"]
BAD = PLAN | {"targets": [PLAN["targets"][0], ["test-new", "one", "Test target", *[""] * 5]]}


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def uploaded(sheets=PLAN, name="test.xlsx", content=None):
    return SimpleUploadedFile(name, xlsx(sheets).getvalue() if content is None else content)


def send(browser, world, **about):
    return browser.post(ADD, {"programme": world.programme.pk, "upload": uploaded(**about)})


def run_of(browser, world, sheets=PLAN):
    send(browser, world, sheets=sheets)
    return ImportRun.objects.latest("pk")


def at(run, deed=""):
    return f"{LIST}{run.pk}/{deed}"


# Uploading


def test_import_create_offers_programmes_and_workbooks(erin, world, as_):
    page = as_(erin).get(ADD)

    assert [label for _key, label in page.context["form"]["programme"].field.choices] == [
        "Please choose", "Test programme",
    ]  # fmt: skip
    assert "/en/staff/programmes/test/template.xlsx" in page.text


def test_import_create_checks_and_shows_what_would_change(erin, world, as_):
    answer = send(as_(erin), world)

    run = ImportRun.objects.get()
    assert (answer.status_code, answer.url) == (302, at(run))
    page = as_(erin).get(at(run))
    assert "Targets 1 0 0 0" in sections(page)["Rows of each sheet"]
    assert (
        "test-new milestones · row 2 · new number – 1 title_en – Test milestone due – 2027-05"
        in sections(page)["What would change"]
    )
    assert "Import all of it" in page.text
    assert not Commitment.objects.filter(slug="test-new").exists()


@pytest.mark.parametrize(
    ("about", "found"),
    [
        (
            {"content": b"%PDF-1.7 test", "name": "a.xlsx"},
            "This is no spreadsheet that can be read. Please choose an XLSX or CSV file.",
        ),
        ({"content": b"", "name": "a.csv"}, "This file is empty."),
        (
            {"content": b"Th\xe9,1", "name": "a.csv"},
            "This file is neither UTF-8 nor UTF-16 text: byte 3 cannot be read. Please save it as "
            "“CSV UTF-8”, or as a workbook (XLSX).",
        ),
        (
            {"content": b"a" * (20 * 1024 * 1024 + 1), "name": "a.csv"},
            "This file has 20 MB; 20 MB is the limit.",
        ),
        (
            {"sheets": {"guide": [["sheet"]]}},
            "This file holds no rows. Please start from the template.",
        ),
    ],
)
def test_import_create_answers_at_the_file(about, found, erin, world, as_):
    answer = send(as_(erin), world, **about)

    assert (answer.status_code, errors(answer)) == (422, [("id_upload", found)])
    assert (ImportRun.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_import_create_asks_for_both(erin, world, as_):
    assert errors(as_(erin).post(ADD, {})) == [
        ("id_programme", "Please choose the programme."),
        ("id_upload", "Please choose a file."),
    ]


def test_import_create_knows_no_programme_of_others(erin, world, as_):
    other = factories.ProgrammeFactory(code="O")

    answer = as_(erin).post(ADD, {"programme": other.pk, "upload": uploaded()})

    assert (answer.status_code, [field for field, _text in errors(answer)]) == (422, ["id_programme"])  # fmt: skip


# Errors


def test_import_detail_names_every_cell_with_an_error(erin, world, as_):
    run = run_of(as_(erin), world, BAD)

    page = as_(erin).get(at(run))

    assert (run.state, counts(run)["targets"]) == ("faulty", (0, 0, 0, 1))
    assert (
        "targets 2 number B2 one Please write a whole number from 1 to 9999."
        in sections(page)["1 error: nothing was imported"]
    )
    assert "Import all of it" not in page.text


def test_import_detail_speaks_the_language_of_its_reader(erin, world, as_):
    run = run_of(as_(erin), world, BAD)

    assert run.faults[0]["text_en"] in as_(erin).get(at(run)).text
    assert run.faults[0]["text_vi"] in as_(erin).get(at(run).replace("/en/", "/vi/")).text


def test_import_errors_are_saved_as_a_file(erin, world, as_):
    run = run_of(as_(erin), world, BAD)

    answer = as_(erin).get(at(run, "errors.csv"))

    assert answer.getvalue().decode().splitlines()[1:] == [
        "Sheet,Row,Column,Cell,What stands there,What to write instead",
        "targets,2,number,B2,one,Please write a whole number from 1 to 9999.",
    ]


def test_import_detail_pages_and_filters(erin, world, as_):
    plan = {name: [sheet[0]] for name, sheet in PLAN.items()}
    for number in range(60):
        for name, (_head, row) in PLAN.items():
            plan[name].append([f"test-{number}", *row[1:]])
    run = run_of(as_(erin), world, plan)

    first = as_(erin).get(at(run))
    second = as_(erin).get(at(run, "?sheet=targets&page=2"))

    assert [len(page.context["page"].object_list) for page in (first, second)] == [50, 10]
    assert {one["sheet"] for one in second.context["page"]} == {"targets"}


# Applying


def test_import_apply_does_it_once(erin, world, as_):
    run = run_of(as_(erin), world)

    first, second = as_(erin).post(at(run, "apply/")), as_(erin).post(at(run, "apply/"))

    assert (first.url, told(first), second.url) == (
        at(run),
        [("success", "Imported. New commitments are drafts until you publish them.")],
        at(run),
    )
    assert Commitment.objects.filter(slug="test-new", published_at=None).count() == 1
    assert "Imported 1 June 2026 by Erin · 09:00" in words(as_(erin).get(at(run)).text)


def test_import_apply_shows_again_what_moved_on(erin, world, as_):
    made = factories.CommitmentFactory(is_draft=True, programme=world.programme, slug="test-draft")
    run = run_of(
        as_(erin), world, {"commitments": [["slug", "title_en"], ["test-draft", "Test new"]]}
    )
    Commitment.objects.filter(pk=made.pk).update(title_en="Test of somebody else")

    answer = as_(erin).post(at(run, "apply/"))

    assert answer.status_code == 409
    assert "Nothing was imported: the record has changed since the file was checked" in answer.text
    assert "Test of somebody else" in answer.text
    made.refresh_from_db()
    assert made.title_en == "Test of somebody else"


def test_import_apply_with_errors_is_refused(erin, world, as_):
    run = run_of(as_(erin), world, BAD)

    answer = as_(erin).post(at(run, "apply/"))

    assert (answer.status_code, refusal(answer)) == (
        409,
        "This was not done Only an import without errors can be carried out. Please upload the "
        "file again.",
    )


def test_import_apply_by_another_officer_of_the_unit(erin, world, as_):
    run = run_of(as_(erin), world)
    other = factories.UserFactory(full_name="Test other officer")
    factories.MembershipFactory(user=other, organisation=world.unit, role="officer")

    assert "test.xlsx" in as_(other).get(LIST).text
    assert as_(other).post(at(run, "apply/")).url == at(run)
    assert "Test other officer" in as_(erin).get(at(run)).text


def test_import_discard_puts_it_away(erin, world, as_):
    run = run_of(as_(erin), world)

    answer = as_(erin).post(at(run, "discard/"))

    assert (answer.url, told(answer)) == (LIST, [("success", "Discarded. Nothing was imported.")])
    assert rows(as_(erin).get(LIST), "runs")[0].endswith("Discarded")


@pytest.mark.parametrize("deed", ["apply/", "discard/"])
def test_import_deeds_are_never_done_by_a_link(deed, erin, world, as_):
    run = run_of(as_(erin), world)

    assert as_(erin).get(at(run, deed)).status_code == 405


# Rights


@pytest.mark.parametrize("who", OTHERS)
def test_imports_are_for_officers(who, erin, world, as_, request):
    run = run_of(as_(erin), world)
    browser = as_(request.getfixturevalue(who))

    answers = [
        browser.get(LIST),
        browser.get(ADD),
        send(browser, world),
        browser.get(at(run)),
        browser.get(at(run, "errors.csv")),
        browser.post(at(run, "apply/")),
        browser.post(at(run, "discard/")),
    ]

    assert [answer.status_code for answer in answers] == [403] * 7
    assert (ImportRun.objects.get().state, ImportRun.objects.count()) == ("checked", 1)


def test_imports_of_another_unit_are_not_seen(erin, world, as_):
    run = run_of(as_(erin), world)
    unit = factories.OrganisationFactory(kind="ministry")
    factories.ProgrammeFactory(code="O", delivery_unit=unit)
    other = factories.UserFactory()
    factories.MembershipFactory(user=other, organisation=unit, role="officer")

    answers = [
        as_(other).get(at(run)), as_(other).post(at(run, "apply/")),
        as_(other).post(at(run, "discard/")), as_(other).get(at(run, "errors.xlsx")),
    ]  # fmt: skip

    assert [answer.status_code for answer in answers] == [404] * 4
    assert "test.xlsx" not in as_(other).get(LIST).text


def test_import_pages_ask_whoever_is_not_logged_in(world, client):
    assert client.get(LIST).url == f"/en/staff/log-in/?next={LIST}"


def test_import_list_takes_as_many_queries_for_many(erin, world, as_):
    run_of(as_(erin), world)
    as_(erin).get(LIST)
    with CaptureQueriesContext(connection) as one:
        as_(erin).get(LIST)
    factories.ImportRunFactory.create_batch(9, programme=world.programme)
    with CaptureQueriesContext(connection) as ten:
        page = as_(erin).get(LIST)

    assert (len(page.context["page"].object_list), len(ten)) == (10, len(one))


def test_import_list_before_anything_was_imported(erin, world, as_):
    assert sections(as_(erin).get(LIST))["Imports so far"] == "Nothing was imported yet"
