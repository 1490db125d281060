"""Workbooks of a programme: what one may see, in a shape that comes back without a change."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import ImportRun
from tests import deeds, factories
from tests.services.imports.asking import counts

pytestmark = pytest.mark.usefixtures("monday")

PLAN, TEMPLATE = "/en/staff/programmes/test/plan.xlsx", "/en/staff/programmes/test/template.xlsx"
NAMES = ["commitments", "participations", "targets", "milestones", "measurements"]


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def full(world, alice, dan, erin):
    """A public commitment and a draft with everything that a file may say, awkwardly worded."""
    target = factories.TargetFactory(
        commitment=world.commitment, metric="m", unit="percent", comparator="range",
        value=Decimal("1.234"), value_max=Decimal("123456789012345678.123456"),
        baseline=Decimal("-0.5"), baseline_on=date(2026, 1, 1), due="2026-Q2",
        due_earliest=date(2026, 4, 1), due_latest=date(2026, 6, 30), text_en="=1+1\r\n'Test'",
    )  # fmt: skip
    deeds.published(alice, dan, erin, world.commitment, measured={target.pk: "1.234"}, forecast="on_track")  # fmt: skip
    draft = factories.CommitmentFactory(
        is_draft=True, programme=world.programme, slug="test-draft", title_en=" @Test ",
        title_vi="+Chữ thử", note="-1\n\n=2", due="2026-05", due_earliest=date(2026, 5, 1),
        due_latest=date(2026, 5, 31),
    )  # fmt: skip
    draft.sources.add(factories.SourceFactory(), factories.SourceFactory())
    factories.WordingFactory(
        commitment=draft, text_en="'=Test\twording", stated_on=date(2026, 1, 2)
    )
    factories.ParticipationFactory(commitment=draft, organisation=world.body, stage="selected")
    factories.MilestoneFactory(commitment=draft, title_en="007")
    return world


def bytes_of(answer):
    return b"".join(answer.streaming_content)


def book_of(answer):
    return openpyxl.load_workbook(io.BytesIO(bytes_of(answer)))


def brought_back(browser, world, name, content):
    upload = SimpleUploadedFile(name, content)
    browser.post("/vi/staff/imports/add/", {"programme": world.programme.pk, "upload": upload})
    return ImportRun.objects.latest("pk")


def unchanged(*numbers):
    return {name: (0, 0, n, 0) for name, n in zip(NAMES, numbers, strict=True) if n}


def test_workbook_comes_back_without_a_change(full, erin, as_):
    content = bytes_of(as_(erin).get(PLAN))

    run = brought_back(as_(erin), full, "test.xlsx", content)

    assert (run.faults, run.preview, counts(run)) == ([], [], unchanged(2, 2, 1, 1, 1))


@pytest.mark.parametrize(("name", "rows"), list(zip(NAMES, [2, 2, 1, 1, 1], strict=True)))
def test_sheet_comes_back_without_a_change(name, rows, full, erin, as_):
    content = bytes_of(as_(erin).get(f"/en/staff/programmes/test/plan/{name}.csv"))

    run = brought_back(as_(erin), full, f"{name}.csv", content)

    assert (run.faults, run.preview, counts(run)) == ([], [], {name: (0, 0, rows, 0)})


def test_workbook_holds_what_the_person_may_see(full, erin, alice, bob, as_):
    def slugs(person):
        sheet = book_of(as_(person).get(PLAN))["commitments"]
        return [(row[0], row[-1]) for row in sheet.iter_rows(min_row=3, values_only=True)]

    both = [("test-commitment", "published"), ("test-draft", "draft")]
    assert (slugs(erin), slugs(alice), slugs(bob)) == (both, both, both[:1])


def test_template_explains_itself(world, erin, as_):
    book = book_of(as_(erin).get(TEMPLATE))

    assert book.sheetnames == [*NAMES, "guide"]
    assert [[cell.value for cell in row] for row in book["milestones"].iter_rows()] == [
        ["commitment", "number", "title_vi", "title_en", "due"],
        ["Commitment", "Number", "Title in Vietnamese", "Title in English", "Present due date"],
    ]
    told = {row[:2]: row for row in book["guide"].iter_rows(min_row=3, values_only=True)}
    assert told["participations", "role"][2:] == (
        "Role", "always", None,
        "lead (lead), partner (partner), selected_by (selected by), assigned_by (assigned by)",
    )  # fmt: skip
    offered = book["participations"].data_validations.dataValidation
    assert [str(one.formula1) for one in offered] == [
        '"test-lead,test-unit"',
        '"lead,partner,selected_by,assigned_by"',
        '"announced,registered,selected,assigned,accepted"',
        '"confirmed,probable,unverified"',
    ]


def test_template_without_rows_is_no_import(world, erin, as_):
    content = bytes_of(as_(erin).get(TEMPLATE))

    run = brought_back(as_(erin), world, "test.xlsx", content)

    assert (run.faults, run.counts) == ([], {})


def test_workbooks_are_for_people_who_log_in(world, client):
    assert [client.get(one).status_code for one in (PLAN, TEMPLATE)] == [302, 302]


def test_workbook_of_nothing(world, erin, as_):
    factories.ProgrammeFactory(slug="hidden", code="H", published_at=None)

    addresses = ["hidden/plan.xlsx", "hidden/template.xlsx", "test/plan/nothing.csv"]
    answers = [as_(erin).get(f"/en/staff/programmes/{one}") for one in addresses]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_workbook_takes_as_many_queries_for_many(full, erin, as_):
    bytes_of(as_(erin).get(PLAN))
    with CaptureQueriesContext(connection) as one:
        bytes_of(as_(erin).get(PLAN))
    for _time in range(20):
        made = factories.CommitmentFactory(programme=full.programme)
        factories.ParticipationFactory(commitment=made)
        factories.TargetFactory(commitment=made)
    with CaptureQueriesContext(connection) as many:
        bytes_of(as_(erin).get(PLAN))

    assert len(one) == len(many)
